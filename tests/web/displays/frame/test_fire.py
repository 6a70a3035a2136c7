"""The takeover on displays: within five seconds, whatever is on the screen, and nothing else."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.services.fire.people import People, make_zone
from tests.services.fire.test_ways import make_zones
from tests.web.contexts import Open
from tests.web.displays.frame.conftest import reopen, wait_kept
from tests.web.displays.frame.weather import Storm, Weather
from wayfinder.services.fire.folder import write_message
from wayfinder.services.fire.messages import sign_trigger
from wayfinder.services.fire.state import Alarm, FireZone
from wayfinder.services.fire.watch import FireWatch

IN_TIME_S = 5.0
"""So soon every display of the zone shows the takeover (the hospital's requirement)."""


@pytest.fixture(autouse=True)
def calm(storm: Storm) -> Iterator[None]:
    """Put every fire out again; what is served is the newest."""
    storm.venues.confirm(datetime.now(UTC))
    yield
    storm.venues.put_alarm("clinic", None)


def burn(
    storm: Storm,
    *zones: FireZone,
    version: str = "v1",
    lasting: timedelta = timedelta(hours=1),
    since: timedelta = timedelta(0),
) -> None:
    now = datetime.now(UTC)
    found = zones or make_zones(make_zone())
    storm.venues.put_alarm("clinic", Alarm(version, found, now - since, now + lasting))


def expect_fire(page: Page) -> None:
    cover = page.locator(".fire")
    expect(cover).to_be_visible()
    expect(cover).to_contain_text("A 楼火警")
    expect(cover).to_contain_text("Fire alarm in Building A")
    expect(cover).to_contain_text("Do not use the lifts.")


def expect_calm(page: Page) -> None:
    expect(page.locator(".fire")).to_have_count(0)
    expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("kind", ["kiosk", pytest.param("board", marks=pytest.mark.long)])
def test_a_signed_file_is_on_the_screen_within_five_seconds(
    screen: BrowserContext, storm: Storm, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    """From the file that another process writes, with no database anywhere, to what people see."""
    people = People(tmp_path / "fire")
    people.write(zones=[make_zone(zone) for zone in "ABC"])
    page = screen.new_page()
    page.goto(request.getfixturevalue(kind))
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    watch = FireWatch(people.folder, venues=storm.venues)
    watch.start()
    took_s = []
    try:
        for zone in "ABC":
            message = sign_trigger(people.keys["Panel"], "clinic", (zone,))
            write_message(people.folder / "clinic", message)
            started = time.monotonic()
            expect(page.locator(".fire")).to_contain_text(f"Fire alarm in Building {zone}")
            took_s.append(time.monotonic() - started)
        expect_fire(page)
    finally:
        watch.stop()
    # of three one at least was not held up by whatever else this machine does
    assert min(took_s) < IN_TIME_S


def test_it_covers_everything_and_takes_every_touch(
    screen: BrowserContext, storm: Storm, kiosk: str
) -> None:
    page = screen.new_page()
    page.goto(kiosk)
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    address = page.url
    burn(storm)
    expect_fire(page)
    assert page.locator("body > :not(.fire):not([inert])").count() == 0
    for x, y in ((100, 100), (960, 540), (1800, 1000)):
        page.mouse.click(x, y)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert page.url == address
    assert page.evaluate("document.activeElement.className") == "fire"
    seen = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, svg, img')]
          .filter((one) => one.checkVisibility({ visibilityProperty: true })).length"""
    )
    assert seen == 0, "text and nothing else"
    storm.venues.put_alarm("clinic", None)
    expect_calm(page)
    assert page.locator("body > [inert]").count() == 0


@pytest.mark.long
def test_no_key_and_no_finger_reaches_what_is_below(
    open_screen: Open, storm: Storm, kiosk: str
) -> None:
    """Somebody at the keypad is not led through views nobody sees, nor spoken to by them."""
    page = open_screen(has_touch=True).new_page()
    page.goto(kiosk)
    page.wait_for_selector("html[data-view=attract]", state="attached")
    hand = page.context.new_cdp_session(page)
    touch = "Input.dispatchTouchEvent"
    down = [{"x": 1400, "y": 400, "id": 0}]
    hand.send(touch, {"type": "touchStart", "touchPoints": down})
    burn(storm)
    expect_fire(page)
    hand.send(touch, {"type": "touchEnd", "touchPoints": []})
    for key in ("F1", "x", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.get_attribute("html", "data-view") == "attract"
    assert page.get_attribute("html", "data-audio") is None
    storm.venues.put_alarm("clinic", None)
    expect_calm(page)
    page.touchscreen.tap(1400, 400)
    page.wait_for_selector("html[data-view=home]", state="attached")
    page.keyboard.press("x")
    page.wait_for_selector("html[data-view=search]", state="attached")


@pytest.mark.long
@pytest.mark.parametrize(
    "size",
    [
        (1080, 1920),
        (1920, 1080),
        (3840, 2160),
    ],
)
def test_all_of_it_is_in_sight_in_letters_as_large_as_can_be(
    open_screen: Open, storm: Storm, board: str, size: tuple[int, int]
) -> None:
    long = make_zone(
        texts={
            "zh-Hans": {
                "title": "门诊楼发生火警",
                "lines": ["请听从工作人员指挥，从最近的安全出口离开。"] * 6,
            },
            "en": {
                "title": "Fire alarm in the Outpatient Building",
                "lines": ["Follow the staff."] * 6,
            },
        }
    )
    page = open_screen(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(board)
    sizes = []
    for number, zone in enumerate((make_zone(), long)):
        burn(storm, *make_zones(zone), version=f"v{number}")
        title = zone["texts"]["en"]["title"]
        expect(page.locator(".fire")).to_contain_text(title)
        page.wait_for_function("document.querySelector('.fire').scrollHeight <= innerHeight")
        sizes.append(
            page.evaluate("parseFloat(getComputedStyle(document.querySelector('.fire')).fontSize)")
        )
        response = Axe().run(page).response
        assert [v["id"] for v in response["violations"] if v["impact"] == "serious"] == []
    assert sizes[0] >= sizes[1] >= min(size) * 0.03
    assert sizes[0] >= min(size) * 0.05


@pytest.mark.long
def test_words_are_not_broken(open_screen: Open, storm: Storm, board: str) -> None:
    page = open_screen(viewport={"width": 1080, "height": 1920}).new_page()
    page.goto(board)
    burn(storm, FireZone("A", {"und": "A"}, ("*",), (), {}))
    last = page.locator(".fire-text[lang=en] p").last
    expect(last).to_contain_text("announcements.")
    rows = last.evaluate(
        """(place) => {
          const text = place.firstChild, range = document.createRange();
          range.setStart(text, text.data.lastIndexOf(" ") + 1);
          range.setEnd(text, text.data.length);
          return range.getClientRects().length;
        }"""
    )
    assert rows == 1
    assert page.evaluate("document.querySelector('.fire').scrollWidth <= innerWidth")


def test_elsewhere_it_says_not_to_go_there_and_goes_on(
    screen: BrowserContext, storm: Storm, board: str
) -> None:
    """The clinic has one building: the display is told of a second one as a server would."""
    now = datetime.now(UTC)
    zone = {"id": "B", "name": {"zh-Hans": "住院楼", "en": "the Tower"}, "texts": {"en": {}}}
    fire = {
        "version": "v",
        "since": now.isoformat(),
        "until": (now + timedelta(hours=1)).isoformat(),
        "here": False,
        "zones": [zone],
    }
    screen.add_init_script(
        f"localStorage.setItem('wf-frame:{board.rpartition('/')[2]}:now', "
        f"JSON.stringify({json.dumps({'fire': fire, 'confirmed': True})}))"
    )
    page = screen.new_page()
    page.goto(board)
    wait_kept(page)
    storm.cut()
    again = reopen(page, board)
    expect(again.locator('.frame-notice[data-kind="fire"]')).to_contain_text("住院楼有火警")
    expect(again.locator('.frame-notice[data-kind="fire"]')).to_contain_text("the Tower")
    expect_calm(again)


def test_a_screen_that_starts_without_network_remembers(
    kept: Page, storm: Storm, board: str
) -> None:
    burn(storm)
    expect_fire(kept)
    storm.cut()
    page = reopen(kept, board)
    expect_fire(page)
    storm.mend()
    storm.venues.put_alarm("clinic", None)
    expect_calm(page)


def test_a_clock_that_lied_until_the_first_answer_keeps_it_from_nobody(
    screen: BrowserContext, storm: Storm, board: str
) -> None:
    """After a restart with a clock five hours ahead what is remembered seems to be over."""
    now = datetime.now(UTC)
    burn(storm)
    fire = {
        "version": "v1",
        "since": now.isoformat(),
        "until": (now + timedelta(hours=1)).isoformat(),
        "here": True,
        "zones": [{"id": "A", "name": {"en": "Building A"}, "texts": make_zone()["texts"]}],
    }
    ahead_ms = (now + timedelta(hours=5)).timestamp() * 1000
    kept = {
        "now": {"fire": fire, "confirmed": True},
        "contact": {"server": ahead_ms, "age": 0, "at": now.timestamp() * 1000, "unsure": False},
    }
    for key, value in kept.items():
        name = f"wf-frame:{board.rpartition('/')[2]}:{key}"
        screen.add_init_script(f"localStorage.setItem('{name}', {json.dumps(json.dumps(value))})")
    page = screen.new_page()
    page.goto(board)
    expect_fire(page)


@pytest.mark.long
@pytest.mark.parametrize(
    "weather",
    [
        Weather.TROUBLE,
        Weather.PORTAL,
        Weather.HALF,
    ],
)
def test_bad_weather_does_not_put_it_out(kept: Page, storm: Storm, weather: Weather) -> None:
    burn(storm)
    expect_fire(kept)
    storm.weather = weather
    kept.wait_for_timeout(4_000)
    expect_fire(kept)


@pytest.mark.long
def test_it_runs_out_without_network(kept: Page, storm: Storm) -> None:
    burn(storm, lasting=timedelta(seconds=6))
    expect_fire(kept)
    storm.cut()
    expect_calm(kept)


@pytest.mark.long
def test_texts_that_the_server_has_lost_are_those_that_the_display_has_kept(
    screen: BrowserContext, storm: Storm, board: str
) -> None:
    page = screen.new_page()
    page.goto(board)
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    kept = {"A": {"name": {"en": "Building A"}, "here": True, "texts": make_zone()["texts"]}}
    page.evaluate(
        "([id, zones]) =>"
        " localStorage.setItem(`wf-frame:${id}:fire-texts`, JSON.stringify({ zones }))",
        [board.rpartition("/")[2], kept],
    )
    burn(storm, FireZone("A", {"und": "A"}, (), (), {}))
    expect_fire(page)


@pytest.mark.long
def test_without_any_text_it_says_so_plainly(
    screen: BrowserContext, storm: Storm, board: str
) -> None:
    page = screen.new_page()
    page.goto(board)
    burn(storm, FireZone("A", {"und": "A"}, (), (), {}))
    expect(page.locator(".fire")).to_contain_text("Please follow the staff and the announcements.")
    expect(page.locator(".fire")).to_contain_text("请听从工作人员和现场广播的指引。")


@pytest.mark.long
def test_the_texts_are_kept_beforehand(screen: BrowserContext, board: str) -> None:
    page = screen.new_page()
    page.goto(board)
    page.wait_for_function(
        "(id) => localStorage.getItem(`wf-frame:${id}:fire-texts`) !== null",
        arg=board.rpartition("/")[2],
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("here", "shown"),
    [
        ({"A": False, "B": True}, "B"),
        ({"A": True}, "AB"),
        ({}, "AB"),
    ],
    ids=["as it knows", "a zone that is new to it", "knowing nothing"],
)
def test_a_screen_that_a_release_has_dropped_shows_what_concerned_it(
    screen: BrowserContext, storm: Storm, board: str, here: dict[str, bool], shown: str
) -> None:
    """It hangs there still; which zone it was in the server knows no more, but the display does."""
    page = screen.new_page()
    page.goto(board)
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    page.wait_for_function(
        "id => localStorage.getItem(`wf-frame:${id}:fire-texts`)", arg=board.rpartition("/")[2]
    )
    zones = {zone: {"name": {"en": zone}, "here": is_here} for zone, is_here in here.items()}
    page.evaluate(
        "([id, zones]) =>"
        " localStorage.setItem(`wf-frame:${id}:fire-texts`, JSON.stringify({ zones }))",
        [board.rpartition("/")[2], zones],
    )
    records = storm.venues.list_displays("clinic")
    try:
        storm.venues.put_displays([replace(one, feature="gone") for one in records])
        burn(storm, *make_zones(make_zone("A"), make_zone("B")))
        cover = page.locator(".fire")
        for zone in "AB":
            text = f"Fire alarm in Building {zone}"
            if zone in shown:
                expect(cover).to_contain_text(text)
            else:
                expect(cover).not_to_contain_text(text)
        storm.venues.put_alarm("clinic", None)
        expect_calm(page)
    finally:
        storm.venues.put_displays(records)
