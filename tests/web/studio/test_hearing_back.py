"""From a sign to the inbox and back: told on a phone, answered by staff, read at the sign."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.services.people.conftest import HERE
from tests.web.contexts import PATIENCE_MS
from tests.web.displays.kiosk.conftest import LANDSCAPE, PORTRAIT, begin, wait_view
from tests.web.displays.kiosk.test_sizes import MEASURE, SHOW
from tests.web.displays.kiosk.test_sizes import RULES as KIOSK_RULES
from tests.web.phone.conftest import Silent
from tests.web.phone.script.conftest import OTHER, wait_kept, wait_ready, wait_worker
from tests.web.phone.test_axe import RULES, TOO_WIDE
from tests.web.studio.conftest import find_room, hire
from tests.web.studio.test_screens import CUT
from wayfinder.services.counts.counter import Counts
from wayfinder.services.follow import Follower
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Staff
from wayfinder.services.people.sign_in import complete
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.daily_counts import CountKey, add_counts
from wayfinder.store.feedback import ReportRecord, list_reports
from wayfinder.store.people import find_person
from wayfinder.store.venues import get_venue
from wayfinder.web.app import create_app
from wayfinder.web.site import KEY

SIGN = "VQAFYHP"
JUDGE = """async (steps) => {
  const own = document.querySelector('script[type=module]').src;
  const { judge } = await import(own.replace('page.js', 'lost.js'));
  let trail = [];
  return steps.map(([minute, code, to]) => {
    const found = judge(trail, { code, to, at: minute * 60000 });
    trail = found.trail;
    return found.lost;
  });
}"""


@dataclass(frozen=True)
class House:
    """A house with patients, kiosks and staff, over a port."""

    url: str
    desk: Desk
    admin: Staff
    kiosk: str
    counts: Counts

    def count_scans(self) -> int:
        """Count the scans that this process has counted."""
        return sum(count for key, count in self.counts._counts.items() if key.kind == "scan")

    def list_told(self) -> list[ReportRecord]:
        """List what was reported, the newest first."""
        with self.desk.store.read() as connection:
            return list_reports(connection, get_venue(connection, "clinic"))

    def wait_told(self, count: int) -> list[ReportRecord]:
        """Wait until so much was reported."""
        until = monotonic() + PATIENCE_MS / 1000
        while len(found := self.list_told()) < count:
            assert monotonic() < until, "nobody was told"
            sleep(0.1)
        return found


@pytest.fixture(scope="module")
def house(
    studio_template: Path, tmp_path_factory: pytest.TempPathFactory, passwords: Passwords
) -> Iterator[House]:
    path = tmp_path_factory.mktemp("hearing") / "store.sqlite3"
    shutil.copyfile(studio_template, path)
    store, venues = open_store(str(path)), Venues()
    follower = Follower(store, venues)
    follower.refresh()
    app = create_app(venues, Settings(access_log=False), store=store, follower=follower)
    room = find_room(app)
    room.desk = desk = Desk(store, Policy(), passwords)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    (kiosk,) = [one.id for one in venues.list_displays("clinic") if str(one.kind) == "kiosk"][:1]
    counts = app.extensions[KEY].counts
    yield House(f"http://127.0.0.1:{server.server_port}", desk, hire(desk, "李安"), kiosk, counts)
    server.shutdown()
    thread.join()
    server.server_close()
    follower.stop()
    store.close()


@contextmanager
def open_browser(
    browser: Browser,
    house: House,
    *,
    staff: bool = False,
    width: int = 360,
    **options: Any,  # noqa: ANN401 - Playwright's options
) -> Iterator[Page]:
    """Open a browser at 360 px, of a patient or of the admin; nothing may go wrong in it."""
    usual: dict[str, Any] = {"locale": "en-GB", "reduced_motion": "reduce", "base_url": house.url}
    size = {"width": width, "height": 740}
    context = browser.new_context(**{"viewport": size, **usual, **options})
    context.set_default_timeout(PATIENCE_MS)
    if staff:
        with house.desk.store.write() as connection:
            person = find_person(connection, house.admin.id)
            assert person is not None
            entered = complete(connection, house.desk, person, HERE)
        cookie = {"name": "wayfinder", "value": entered.secret, "url": house.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def look(page: Page) -> list[object]:
    """Return what axe finds in a page, and what is too wide or too small."""
    found = Axe().run(page, options=RULES).response["violations"]
    said: list[object] = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]
    wide = page.evaluate(TOO_WIDE.replace(".strip", ".side, .scrolls"))
    return [*said, *([wide] if wide else []), *page.evaluate(CUT)]


def test_told_at_a_sign_answered_in_the_studio_read_at_the_sign(
    browser: Browser, house: House
) -> None:
    with (
        open_browser(browser, house) as phone,
        open_browser(browser, house, staff=True) as staff,
    ):
        phone.goto(f"/S/{SIGN}")
        wait_ready(phone)
        phone.click(".report-link")
        wait_ready(phone)
        assert look(phone) == []
        phone.get_by_label("A lift or escalator is out of order").check()
        phone.fill("#text", "Lift 2 has stopped, call 138 0013 8000")
        phone.click("form.report [type=submit]")
        expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
        assert look(phone) == []
        assert phone.context.cookies() == []

        staff.goto("/studio/v/clinic?lang=en")
        expect(staff.locator(".nav-badge")).to_contain_text("1")
        staff.click("nav.side a:has-text('Feedback')")
        staff.wait_for_selector(".mark-report-new")
        assert look(staff) == []
        staff.click(".reports .row-main")
        expect(staff.locator("q")).to_have_text("Lift 2 has stopped, call ×××")
        assert look(staff) == []
        staff.select_option("#ready", "mended")
        staff.fill("#text-en", "Lift 2 runs again since noon")
        staff.click("button:has-text('Show the answer')")
        expect(staff.locator(".notice[data-kind=done]")).to_be_visible()
        expect(staff.locator(".nav-badge")).to_have_count(0)

        phone.goto(f"/S/{SIGN}?lang=en")
        expect(phone.locator(".notice[data-kind=answer]")).to_have_text(
            "Lift 2 runs again since noon"
        )
        phone.goto(f"/s/{SIGN}?lang=zh-Hans")
        expect(phone.locator(".notice[data-kind=answer]")).to_contain_text("已经修好")


@pytest.mark.long
def test_what_is_told_without_network_is_kept_and_sent(browser: Browser, house: House) -> None:
    before = len(house.list_told())
    with open_browser(browser, house) as phone:
        phone.goto(f"/S/{SIGN}")
        wait_worker(phone)
        wait_kept(phone, "clinic/report")
        # a scan counts through the worker as without it, and whatever scripts ask for does not
        before_scan = house.count_scans()
        phone.goto(f"/S/{SIGN}")
        wait_ready(phone)
        assert house.count_scans() == before_scan + 1
        phone.context.set_offline(offline=True)
        phone.click(".report-link")
        wait_ready(phone)
        # the form that was kept knows no place; the address does
        expect(phone.locator("#where")).to_have_value(SIGN)
        phone.get_by_label("I cannot get through").check()
        phone.click("form.report [type=submit]")
        expect(phone.get_by_role("heading", name="Kept on this phone")).to_be_visible()
        assert look(phone) == []
        assert len(house.list_told()) == before
        phone.context.set_offline(offline=False)
        phone.goto(f"/s/{SIGN}")
        told = house.wait_told(before + 1)[0]
        assert (told.report.kind, told.report.sign) == ("blocked", SIGN)


SENDING = """async () => {
  const own = document.querySelector('script[src*="/phone/page"]').src;
  const { keepReport, sendKept } = await import(own.replace('page.js', 'reports.js'));
  const { findJson } = await import(own.replace('page.js', 'shelf.js'));
  let answer;
  globalThis.fetch = () => new Promise((release) => (answer = release));
  const make = (key) => ({ address: '/v/clinic/report', fields: { key }, at: Date.now() });
  await keepReport(make('first'));
  const sent = sendKept();
  while (!answer) await new Promise((wait) => setTimeout(wait, 5));
  await keepReport(make('second'));
  answer({ status: 200 });
  await sent;
  return (await findJson('/kept/reports')).map(({ fields }) => fields.key);
}"""


def test_what_is_told_while_another_report_is_sent_is_kept_too(
    browser: Browser, house: House
) -> None:
    with open_browser(browser, house) as phone:
        phone.goto(f"/s/{SIGN}")
        wait_ready(phone)
        assert phone.evaluate(SENDING) == ["second"]


def test_whoever_gets_lost_says_no_more_than_after_which_sign(
    browser: Browser, house: House
) -> None:
    with open_browser(browser, house) as phone:
        phone.goto(f"/s/{SIGN}")
        wait_ready(phone)
        cases = {
            "one sign after the other": [[0, "A", ""], [3, "B", ""], [6, "C", ""]],
            "back at the first": [[0, "A", ""], [3, "B", ""], [6, "A", ""]],
            "closed the page": [[0, "A", ""], [1, "A", ""]],
            "the same again": [[0, "A", ""], [5, "A", ""]],
            "an hour later": [[0, "A", ""], [3, "B", ""], [60, "A", ""]],
            "one way, looked at twice": [[0, "A", "x"], [1, "A", "x"], [2, "A", "x"]],
            "the same way from three": [[0, "A", "x"], [4, "B", "x"], [9, "C", "x"]],
            "other ways": [[0, "A", "x"], [4, "B", "y"], [9, "C", "z"]],
            "told once": [[0, "A", ""], [3, "B", ""], [6, "A", ""], [9, "C", ""]],
        }
        found = {name: phone.evaluate(JUDGE, steps)[-1] for name, steps in cases.items()}
        assert found == {
            "one sign after the other": None,
            "back at the first": "B",
            "closed the page": None,
            "the same again": "A",
            "an hour later": None,
            "one way, looked at twice": None,
            "the same way from three": "B",
            "other ways": None,
            "told once": None,
        }
        phone.evaluate(
            """([sign, other]) => localStorage.setItem('wf.signs.clinic', JSON.stringify([
              { code: sign, to: '', at: Date.now() - 10 * 60000 },
              { code: other, to: '', at: Date.now() - 5 * 60000 }]))""",
            [SIGN, OTHER],
        )
        with phone.expect_request("**/v/clinic/lost") as told:
            phone.goto(f"/S/{SIGN}")
        assert told.value.post_data == f"sign={OTHER}"
        assert "cookie" not in told.value.headers


def test_a_kiosk_is_told_by_one_touch(browser: Browser, house: House) -> None:
    before = len(house.list_told())
    options: dict[str, Any] = {
        "viewport": {"width": PORTRAIT[0], "height": PORTRAIT[1]},
        "has_touch": True,
    }
    with open_browser(browser, house, service_workers="block", **options) as kiosk:
        kiosk.goto(f"/kiosk/{house.kiosk}")
        wait_ready(kiosk)
        begin(kiosk, "en")
        kiosk.locator(".k-report").tap()
        wait_view(kiosk, "wrong")
        kiosk.locator("[data-wrong=lift-out]").tap()
        expect(kiosk.locator(".k-wrong .k-notice")).to_contain_text("Thank you")
        told = house.wait_told(before + 1)[0].report
        assert (told.kind, told.source, told.text) == ("lift-out", "kiosk", None)
        assert told.place is not None


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "modes"),
    [
        (PORTRAIT, [("zh-Hans", ""), ("en", "big")]),
        (LANDSCAPE, [("en", "big contrast"), ("zh-Hans", "")]),
    ],
)
def test_kiosks_views_are_in_reach_and_whole(
    browser: Browser, house: House, size: tuple[int, int], modes: list[tuple[str, str]]
) -> None:
    options: dict[str, Any] = {"viewport": {"width": size[0], "height": size[1]}, "has_touch": True}
    found: dict[str, object] = {}
    with open_browser(browser, house, service_workers="block", **options) as kiosk:
        kiosk.goto(f"/kiosk/{house.kiosk}")
        wait_ready(kiosk)
        for language, look_of in modes:
            for name, given in (("home", {}), ("place", {"id": "PED"}), ("wrong", {"about": "x"})):
                kiosk.evaluate(SHOW, [name, given, language, look_of.split()])
                key = f"{name} {language} {look_of}"
                if faults := kiosk.evaluate(MEASURE):
                    found[key] = faults
                for one in Axe().run(kiosk, options=KIOSK_RULES).response["violations"]:
                    found[f"{key} {one['id']}"] = [node["html"][:200] for node in one["nodes"]]
    assert found == {}


@pytest.mark.long
def test_figures_are_for_everybody_on_the_staff(browser: Browser, house: House) -> None:
    with house.desk.store.write() as connection:
        days = [f"2026-0{month}-{day:02}" for month in (4, 5) for day in range(1, 29)]
        counts = {CountKey("clinic", day, "scan", SIGN): 11 + int(day[-1]) * 9 for day in days}
        counts[CountKey("clinic", "2026-05-05", "lost", SIGN)] = 40
        counts[CountKey("clinic", "2026-05-05", "goal", "restroom")] = 90
        add_counts(connection, counts)
    for width, theme in ((360, "dark"), (1280, "light")):
        with open_browser(browser, house, staff=True, width=width, color_scheme=theme) as staff:
            staff.goto("/studio/v/clinic/figures?lang=en&months=25")
            expect(staff.locator("svg.chart")).to_have_count(3)
            for details in staff.locator("details").all():
                details.evaluate("e => { e.open = true }")
            assert look(staff) == [], (width, theme)
