"""The marks of age on the page itself, and how soon a display is back."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.displays.frame.conftest import wait_kept
from tests.web.displays.frame.weather import Storm, Weather

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
BACK_MS = 30_000


@pytest.fixture
def page(screen: BrowserContext, board: str) -> Page:
    """Return the page of a board whose clock is ours; it has been answered once."""
    page = screen.new_page()
    page.clock.install(time=datetime.now(UTC))
    page.goto(f"{board}?lang=en")
    wait_online(page)
    return page


def wait_online(page: Page) -> None:
    expect_contact(page, "fresh")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':now'))")


def expect_contact(page: Page, contact: str) -> None:
    page.wait_for_selector(f"html[data-contact={contact}]", state="attached")


def pass_time(page: Page, ms: int) -> None:
    """Let time go by, with what it brings; what is asked for meanwhile is answered."""
    page.clock.fast_forward(ms)
    page.wait_for_timeout(150)


def test_the_longer_nobody_answers_the_less_is_promised(page: Page, storm: Storm) -> None:
    banner = page.locator('.frame-notice[data-kind="contact"]')
    expect(banner).to_have_count(0)
    storm.cut()
    pass_time(page, 95_000)
    expect_contact(page, "late")
    expect(page.locator("[data-time-mark]").first).to_have_text("not updated just now")
    expect(banner).to_have_count(0)
    pass_time(page, 10 * MINUTE_MS)
    expect_contact(page, "old")
    time = page.locator("time[data-map-time]").first.text_content()
    expect(banner).to_contain_text(f"Not confirmed since {time}")
    expect(banner).to_contain_text("Information desk 010-6000 1000")
    pass_time(page, 24 * HOUR_MS)
    expect_contact(page, "stale")
    expect(banner).to_contain_text("Please ask staff")
    page.evaluate("document.querySelector('main').toggleAttribute('data-until-ended')")
    expect(page.locator("main")).to_be_visible()
    pass_time(page, 48 * HOUR_MS)
    expect_contact(page, "ended")
    expect(banner).to_contain_text("ways are no longer shown")
    # nobody can choose the language of a board
    expect(banner).to_contain_text("不再显示路线")
    expect(page.locator("main")).to_be_hidden()
    box, height = banner.bounding_box(), page.evaluate("innerHeight")
    assert box is not None
    assert box["height"] > 0.9 * height, "then it is all there is to be read"
    storm.mend()
    for _ in range(BACK_MS // 5_000):
        pass_time(page, 5_000)
    expect_contact(page, "fresh")
    expect(banner).to_have_count(0)
    expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize(
    "jump",
    [
        timedelta(days=3653),
        pytest.param(None, marks=pytest.mark.long),
        pytest.param(timedelta(hours=1), marks=pytest.mark.long),
        pytest.param(timedelta(hours=-1), marks=pytest.mark.long),
    ],
    ids=str,
)
def test_a_clock_that_jumps_changes_nothing_while_the_server_answers(
    page: Page, storm: Storm, jump: timedelta | None
) -> None:
    before = page.locator("time[data-map-time]").first.text_content()
    now = datetime.fromtimestamp(page.evaluate("Date.now()") / 1000, UTC)
    page.clock.set_system_time(datetime(1970, 1, 1, tzinfo=UTC) if jump is None else now + jump)
    for _ in range(4):
        pass_time(page, 3_000)
        assert page.locator("html").get_attribute("data-contact") == "fresh"
    shown = page.locator("time[data-map-time]").first.text_content() or ""
    # the server's time, not ours
    assert abs(to_minutes(shown) - to_minutes(before or "")) <= 1
    storm.cut()
    pass_time(page, 9 * MINUTE_MS)
    expect_contact(page, "late")


def to_minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.long
@pytest.mark.parametrize("weather", [Weather.TROUBLE, Weather.PORTAL])
def test_after_ten_minutes_of_trouble_a_display_is_back_in_half_a_minute(
    page: Page, storm: Storm, weather: Weather
) -> None:
    shown = page.locator("main").inner_text()
    storm.weather = weather
    for _ in range(20):
        pass_time(page, 30_000)
        assert page.locator("main").inner_text() == shown
    expect_contact(page, "old")
    # asked less and less, but never less than twice a minute
    storm.asked.clear()
    for _ in range(6):
        pass_time(page, 10_000)
    assert 2 <= len([path for path in storm.asked if path.endswith("/now")]) <= 6
    storm.weather = Weather.FINE
    for _ in range(BACK_MS // 5_000):
        pass_time(page, 5_000)
    expect_contact(page, "fresh")


def test_a_server_that_lost_its_store_confirms_nothing(page: Page, storm: Storm) -> None:
    storm.venues.confirm(datetime.now(UTC) - timedelta(minutes=30))
    try:
        for _ in range(8):
            pass_time(page, 20_000)
        expect_contact(page, "late")
    finally:
        storm.venues.confirm(datetime.now(UTC))


def test_what_was_known_survives_a_power_cut(page: Page, storm: Storm, board: str) -> None:
    wait_kept(page)
    storm.cut()
    pass_time(page, 20 * MINUTE_MS)
    expect_contact(page, "old")
    expect(page.locator('.frame-notice[data-kind="contact"]')).to_be_visible()
    context = page.context
    page.close()
    again = context.new_page()
    again.clock.install(time=datetime.now(UTC) - timedelta(days=20_000))
    again.goto(board)
    expect_contact(again, "old")
    expect(again.locator("[data-notices]")).to_contain_text("未更新")
