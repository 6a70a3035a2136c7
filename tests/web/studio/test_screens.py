"""The studio in a browser: nobody is kept out, nothing is wider than a phone, keys are enough."""

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.services.people.conftest import GOOD, HERE, SHELL
from tests.web.phone.conftest import Silent
from tests.web.phone.test_axe import RULES, TOO_WIDE
from tests.web.studio.conftest import find_room, hire
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sign_in import complete
from wayfinder.services.people.totp import make_code
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.people import find_person
from wayfinder.web.app import create_app

OUTSIDE = ("/studio/sign-in", "/studio/invitation/{link}", "/studio/invitation/none")
INSIDE = (
    "/studio/",
    "/studio/v/clinic",
    "/studio/v/none",
    "/studio/account",
    "/studio/account/second-factor",
    "/studio/o/default/people",
    "/studio/o/default/people/{bo}",
    "/studio/o/default/log",
    "/studio/o/default/new",
    "/studio/v/clinic/import",
    "/studio/v/clinic/directory",
)
MODES = tuple(product(("zh-Hans", "en"), ("light", "dark"), (360, 1280)))
CUT = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter(e => e.offsetParent && !e.closest('.hidden, .skip'))
  .filter(e => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)
  .filter(e => getComputedStyle(e).display !== 'inline' && e.type !== 'checkbox')
  .map(e => e.outerHTML.slice(0, 100))"""
"""Targets smaller than WCAG 2.2 wants (2.5.8)."""


@dataclass(frozen=True)
class Site:
    """The studio over a port."""

    url: str
    desk: Desk
    admin: Staff
    bo: Staff
    link: str
    app: Flask

    def open_context(
        self, browser: Browser, width: int = 360, *, inside: bool = True
    ) -> BrowserContext:
        """Open a browser, in which the admin is signed in or nobody."""
        context = browser.new_context(
            viewport={"width": width, "height": 740}, reduced_motion="reduce"
        )
        if inside:
            cookie = {"name": "wayfinder", "value": self.enter(), "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    def enter(self) -> str:
        """Let the admin sign in, and return what their cookie holds."""
        with self.desk.store.write() as connection:
            person = find_person(connection, self.admin.id)
            assert person is not None
            return complete(connection, self.desk, person, HERE).secret

    def fill(self, path: str) -> str:
        return path.format(link=self.link, bo=self.bo.id)


@pytest.fixture(scope="module")
def site(
    studio_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    served_clinic: Served,
    passwords: Passwords,
) -> Iterator[Site]:
    path = tmp_path_factory.mktemp("screens") / "store.sqlite3"
    shutil.copyfile(studio_template, path)
    store = open_store(str(path))
    app = create_app(Venues([served_clinic]), Settings(access_log=False), store=store)
    room = find_room(app)
    room.desk = desk = Desk(store, Policy(second_factor=True), passwords)
    admin, bo = hire(desk, "李安"), hire(desk, "Bo", Role.EDITOR, venue="clinic")
    roster.set_role(desk, bo.id, Role.PUBLISHER, "default", "clinic", by=admin)
    link = roster.add(desk, "Chen Xiaoming", Role.VIEWER, "default", by=SHELL).secret
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", desk, admin, bo, link, app)
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()


def look(page: Page, url: str, path: str, mode: tuple[str, str, int]) -> dict[str, object]:
    """Open a page of a server in a language, theme and width; return what is wrong with it."""
    language, theme, width = mode
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{url}{path}{'&' if '?' in path else '?'}lang={language}")
    page.wait_for_selector("html[data-script=ready]", state="attached")
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    found: dict[str, object] = {}
    for violation in Axe().run(page, options=RULES).response["violations"]:
        found[f"{path} {mode}: {violation['id']}"] = [node["html"] for node in violation["nodes"]][
            :3
        ]
    wide = page.evaluate(TOO_WIDE.replace(".strip", ".side, .closing-map"))
    if wide:
        found[f"{path} {mode}: too wide"] = wide
    if small := page.evaluate(CUT):
        found[f"{path} {mode}: small"] = small
    return found


@pytest.mark.parametrize(
    "inside",
    [pytest.param(False, id="outside"), pytest.param(True, id="inside", marks=pytest.mark.long)],
)
def test_axe_finds_nothing(browser: Browser, site: Site, *, inside: bool, run_all: bool) -> None:
    context = site.open_context(browser, inside=inside)
    page = context.new_page()
    found: dict[str, object] = {}
    looks = list(product(INSIDE if inside else OUTSIDE, MODES))
    for path, mode in looks if run_all else looks[:1]:
        found |= look(page, site.url, site.fill(path), mode)
    context.close()
    assert found == {}


def test_a_new_admin_comes_in_and_adds_somebody_by_keys_alone(browser: Browser, site: Site) -> None:
    link = roster.add(site.desk, "Mei", Role.ADMIN, "default", by=SHELL).secret
    context = site.open_context(browser, 1280, inside=False)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{site.url}/studio/invitation/{link}?lang=en")
    reach(page, "#password")
    page.keyboard.type(GOOD)
    reach(page, "#again")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor*")
    secret = (page.locator(".secret").text_content() or "").replace(" ", "")
    reach(page, "#code")
    page.keyboard.type(make_code(secret, datetime.now(UTC)))
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    assert page.locator(".codes li").count() == 10
    reach(page, "a.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/studio/*")
    reach(page, "a[href*='/o/default/people']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people*")
    reach(page, "#name")
    page.keyboard.type("Newcomer")
    page.keyboard.press("Enter")
    address = page.wait_for_selector("#link")
    assert address is not None
    assert re.search(r"/studio/invitation/\S{43}$", address.input_value())
    context.close()
    assert problems == []


def reach(page: Page, selector: str) -> None:
    """Press the tab key until something has the focus."""
    for _ in range(60):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is out of reach of the keyboard")


def test_everything_works_without_a_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/studio/account?lang=en")
    page.fill("#name", "bo")
    page.fill("#password", GOOD)
    page.click("button[type=submit]")
    page.wait_for_url("**/second-factor*")
    assert page.locator(".qr").is_visible()
    page.click(".tools form button")
    page.wait_for_url("**/sign-in*")
    context.close()
