"""A display enrols at its screen, once, and reports from then on; its code and token stay in it."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask, request
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.web.phone.conftest import Silent
from wayfinder.formats import read_plan
from wayfinder.model.sign_codes import ALPHABET
from wayfinder.resources import floorplans_dir, static_dir
from wayfinder.services import displays, releases
from wayfinder.services.display_watch import list_statuses
from wayfinder.services.follow import Follower
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import ConflictError, Store, open_store
from wayfinder.store.displays import DisplayRecord
from wayfinder.web.app import create_app

READ_STORE = """() => JSON.parse(localStorage.getItem(
  Object.keys(localStorage).find((key) => key.endsWith(':token')) || '') || 'null')"""


@dataclass
class Hospital:
    """A clinic with a store, over a real port."""

    store: Store
    url: str
    board: DisplayRecord
    asked: list[str]

    @property
    def path(self) -> str:
        """Address of its board."""
        return f"{self.url}/board/{self.board.id}"

    def is_green(self) -> bool:
        """Tell whether the board shows what it should, by its own report."""
        found = list_statuses(self.store, "clinic", at=datetime.now(UTC))
        return next(one.is_green for one in found if one.record.id == self.board.id)


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    store = open_store(str(tmp_path_factory.mktemp("store") / "wayfinder.sqlite3"))
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    venues = Venues()
    follower = Follower(store, venues)
    follower.refresh()
    probe = make_server("127.0.0.1", 0, Flask(__name__))
    port = probe.server_port
    probe.server_close()
    url = f"http://127.0.0.1:{port}"
    app = create_app(
        venues, Settings(base_url=url, access_log=False), store=store, follower=follower
    )
    asked: list[str] = []
    app.before_request(lambda: asked.append(request.full_path))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    board = next(one for one in venues.list_displays("clinic") if one.kind == "board")
    yield Hospital(store, url, board, asked)
    server.shutdown()
    thread.join()
    server.server_close()
    follower.stop()
    store.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="en-GB")
    yield context.new_page()
    context.close()


def open_form(page: Page, hospital: Hospital) -> None:
    page.goto(f"{hospital.path}?lang=en#enrol")
    expect(page.get_by_role("dialog")).to_contain_text(hospital.board.id)


def test_a_code_is_typed_on_the_screen_and_the_display_is_green(
    page: Page, hospital: Hospital
) -> None:
    with suppress(ConflictError):  # of another test, which came before on this machine
        displays.revoke_display(hospital.store, hospital.board.id)
    assert not hospital.is_green()
    open_form(page, hospital)
    code = displays.make_code(hospital.store, hospital.board.id).code
    for key in code.replace("-", ""):
        page.get_by_role("dialog").get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^Enrolled"))
    token = page.evaluate(READ_STORE)
    assert token
    until = time.monotonic() + 20
    while not hospital.is_green():
        assert time.monotonic() < until, "it does not report"
        page.wait_for_timeout(100)
    assert not any(code in path or token in path for path in hospital.asked)
    # nobody who passes sees a form for long
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=20_000)


@pytest.mark.long
def test_a_code_may_stand_in_the_address_that_the_browser_starts_with(
    page: Page, hospital: Hospital
) -> None:
    code = displays.make_code(hospital.store, hospital.board.id).code
    address = f"{hospital.path}#enrol={code}"
    page.goto(address)
    page.wait_for_function(f"() => ({READ_STORE})()")
    token = page.evaluate(READ_STORE)
    assert page.url == hospital.path
    # at the next start of the browser the code is used up, and nobody is asked anything
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("() => document.body.dataset.display && !location.hash")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate(READ_STORE) == token
    # what was taken back is got anew by a new code in the same place
    displays.revoke_display(hospital.store, hospital.board.id)
    fresh = displays.make_code(hospital.store, hospital.board.id).code
    page.goto("about:blank")
    page.goto(f"{hospital.path}#enrol={fresh}")
    page.wait_for_function(f"(token) => ({READ_STORE})() !== token", arg=token)


def test_a_wrong_code_is_refused_in_words_and_may_be_typed_again(
    page: Page, hospital: Hospital
) -> None:
    open_form(page, hospital)
    page.keyboard.type("3333-3333")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Please make a new one")
    assert page.evaluate(READ_STORE) is None
    page.keyboard.type(displays.make_code(hospital.store, hospital.board.id).code)
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({READ_STORE})()")


def test_a_display_whose_token_was_taken_back_goes_on_showing(
    page: Page, hospital: Hospital
) -> None:
    code = displays.make_code(hospital.store, hospital.board.id).code
    page.goto(f"{hospital.path}#enrol={code}")
    page.wait_for_function(f"() => ({READ_STORE})()")
    displays.revoke_display(hospital.store, hospital.board.id)
    page.goto(hospital.path)
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    assert page.evaluate("document.querySelector('main').innerText")
    assert not hospital.is_green()


def test_the_keys_are_those_of_the_codes() -> None:
    script = (static_dir() / "display" / "enrol.js").read_text("utf-8")
    assert f'const KEYS = "{ALPHABET}";' in script
