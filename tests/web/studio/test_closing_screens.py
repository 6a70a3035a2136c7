"""Closing in a browser: two taps from where one stands, and who is on the way learns of it."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from werkzeug.serving import make_server

from tests.services.people.conftest import HERE
from tests.web.contexts import PATIENCE_MS
from tests.web.pages import SIGN
from tests.web.phone.conftest import Silent
from tests.web.phone.script.conftest import WAY, wait_kept, wait_ready
from tests.web.studio.conftest import find_room, hire
from tests.web.studio.test_screens import look
from wayfinder.services import conditions
from wayfinder.services.background import run_waiting
from wayfinder.services.condition_sets import prepare_set
from wayfinder.services.follow import Follower
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sign_in import complete
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.people import find_person
from wayfinder.web.app import create_app

DONE = 'main > .notice[data-kind="done"]'
"""What was done just now."""
SOON_S = 10.0
"""Within so much every open page knows what was closed."""
MODES = (("en", "dark", 360), ("zh-Hans", "light", 1280))


@dataclass(frozen=True)
class House:
    """The studio and the pages of phones over a port, kept up to date with the store."""

    url: str
    desk: Desk
    staff: Staff
    lift: str

    def open_phone(self, browser: Browser, *, inside: bool) -> BrowserContext:
        """Open a phone; inside: whose owner is signed in to the studio."""
        context = browser.new_context(
            viewport={"width": 360, "height": 740},
            locale="en-GB",
            has_touch=True,
            reduced_motion="reduce",
            base_url=self.url,
        )
        context.set_default_timeout(PATIENCE_MS)
        if inside:
            with self.desk.store.write() as connection:
                person = find_person(connection, self.staff.id)
                assert person is not None
                entered = complete(connection, self.desk, person, HERE)
            cookie = {"name": "wayfinder", "value": entered.secret, "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    def open_all(self) -> None:
        """Let nothing be closed."""
        for record in conditions.list_all(self.desk.store, "clinic"):
            if record.set is None:
                conditions.remove(self.desk.store, "clinic", record.id)


@pytest.fixture(scope="module")
def house(
    studio_template: Path, tmp_path_factory: pytest.TempPathFactory, passwords: Passwords
) -> Iterator[House]:
    path = tmp_path_factory.mktemp("closing") / "store.sqlite3"
    shutil.copyfile(studio_template, path)
    store, venues = open_store(str(path)), Venues()
    follower = Follower(store, venues)
    follower.start()
    assert follower.wait_until_loaded(60)
    app = create_app(venues, Settings(access_log=False), store=store, follower=follower)
    room = find_room(app)
    room.desk = desk = Desk(store, Policy(second_factor=True), passwords)
    # what is worked out beside the server is done by hand here
    room.background._poke = lambda: None  # type: ignore[method-assign]
    served = venues.find("clinic")
    assert served is not None
    lift = next(unit.id for unit in served.plan.units if unit.lift)
    staff = hire(desk, "Bo", Role.ADMIN)
    prepare_set(store, "clinic", "Night")
    draft = ConditionDraft("closure", (lift,), {"en": "Night"})
    conditions.add(store, "clinic", draft, set_name="Night")
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield House(f"http://127.0.0.1:{server.server_port}", desk, staff, lift)
    server.shutdown()
    thread.join()
    server.server_close()
    follower.stop()
    store.close()


def test_two_taps_close_a_lift_and_who_is_on_the_way_learns_of_it(
    browser: Browser, house: House
) -> None:
    patient = house.open_phone(browser, inside=False).new_page()
    patient.goto(f"{WAY}&lang=en")
    wait_ready(patient)
    page = house.open_phone(browser, inside=True).new_page()
    page.goto(f"/s/{SIGN}?lang=en")
    page.get_by_role("link", name="Close Lift 1").tap()
    # the figure is there at once, and the button without scrolling
    expect(page.locator("[aria-labelledby=reach-title]")).to_contain_text("lose step-free access")
    button = page.get_by_role("button", name="Take Lift 1 out of service")
    expect(button).to_be_in_viewport(ratio=1)
    button.tap()
    began = time.monotonic()
    expect(page.locator(DONE)).to_contain_text("Lift 1 is out of service")
    notice = patient.locator('[data-notices] .notice[data-kind="closure"]')
    expect(notice).to_contain_text(
        "Lift 1 is out of service. Something on your way has just changed.", timeout=SOON_S * 1000
    )
    assert time.monotonic() - began < SOON_S
    notice.get_by_role("link", name="Show the new way").click()
    patient.wait_for_selector("body[data-page=no-route]")
    # and the sign says how to open it again
    page.get_by_role("link", name="Back to the sign").tap()
    page.get_by_role("link", name="Lift 1: out of service. Reopen").tap()
    page.get_by_role("button", name="Lift 1 works again").tap()
    expect(page.locator(DONE)).to_contain_text("Lift 1 is open again")
    expect(notice).to_contain_text(
        "Lift 1 is no longer marked as out of service.", timeout=SOON_S * 1000
    )
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator(DONE)).to_contain_text("taken back")
    assert len([r for r in conditions.list_all(house.desk.store, "clinic") if not r.set]) == 1
    house.open_all()
    for opened in (patient, page):
        opened.context.close()


@pytest.mark.long
def test_the_whole_impact_comes_into_the_page_by_itself(browser: Browser, house: House) -> None:
    page = house.open_phone(browser, inside=True).new_page()
    page.goto(f"/studio/v/clinic/conditions/close?feature={house.lift}&lang=en")
    page.get_by_text("Own words, a later start, into a set").tap()
    page.get_by_label("English").last.fill("Parts are on their way")
    page.wait_for_selector("#impact[data-background=waiting] progress")
    assert run_waiting(house.desk.store)
    page.wait_for_selector("#impact[data-background=done]")
    # what was typed meanwhile is there still
    assert page.get_by_label("English").last.input_value() == "Parts are on their way"
    page.locator("#impact summary").first.tap()
    expect(page.locator("#impact li li").first).to_be_visible()
    page.context.close()


@pytest.mark.long
def test_no_phone_keeps_what_staff_are_shown(browser: Browser, house: House) -> None:
    page = house.open_phone(browser, inside=True).new_page()
    page.goto(f"/v/clinic/place/{house.lift}?lang=en")
    wait_ready(page)
    expect(page.locator(".staff-strip")).to_be_visible()
    wait_kept(page, "/emergency")
    page.reload()
    wait_ready(page)
    wait_kept(page, "/map/")
    kept = page.evaluate(
        """async () => {
          const texts = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const key of await cache.keys()) texts.push(await (await cache.match(key)).text());
          }
          return texts;
        }"""
    )
    assert len(kept) > 3
    assert not [text for text in kept if 'class="staff-strip"' in text]
    page.context.close()


@pytest.mark.long
def test_axe_finds_nothing(browser: Browser, house: House) -> None:
    store, base = house.desk.store, "/studio/v/clinic/conditions"
    conditions.add(store, "clinic", ConditionDraft("notice", (), {"en": "Masks, please"}))
    (night,) = conditions.list_all_sets(store, "clinic")
    found: dict[str, object] = {}
    page = house.open_phone(browser, inside=True).new_page()
    number = conditions.list_all(store, "clinic")[-1].id
    paths = (
        f"{base}/close?feature={house.lift}",
        f"{base}/map",
        f"{base}/sets/{night.id}",
        base,
        f"/v/clinic/place/{house.lift}",
        f"{base}/hours?feature={house.lift}",
        f"{base}/{number}",
        f"{base}/choose",
        f"{base}/close?feature={house.lift}&set=Night",
        f"{base}/notice",
        f"{base}/sets",
        "/studio/o/default/tokens",
    )
    for path, mode in product(paths, MODES):
        found |= look(page, house.url, path, mode)
    page.context.close()
    house.open_all()
    assert found == {}
