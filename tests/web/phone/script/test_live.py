"""How old is what is shown; what happens when something is closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.web.contexts import Open
from tests.web.network import Network
from tests.web.phone.script.conftest import SCAN, WAY, close, find_lift, wait_ready
from tests.web.phone.script.test_steps import LISTEN
from wayfinder.model import Plan, Release
from wayfinder.services.served import Served, make_served

MINUTE, HOUR = 60_000, 3_600_000


@pytest.fixture
def page(open_phone: Open) -> Page:
    """Return a page whose clock is ours."""
    opened = open_phone(service_workers="block").new_page()
    opened.clock.install(time=datetime.now(UTC))
    return opened


def open_page(page: Page, path: str) -> None:
    page.goto(path)
    wait_ready(page)
    page.clock.fast_forward(2_000)
    page.wait_for_selector("html[data-contact=fresh]", state="attached")


def set_clock(page: Page, by: timedelta) -> None:
    """Let the phone's clock jump, and its steady clock go on."""
    now = datetime.fromtimestamp(page.evaluate("Date.now()") / 1000, UTC)
    page.clock.set_system_time(now + by)


def expect_age(page: Page, age: str) -> None:
    page.wait_for_selector(f"html[data-contact={age}]", state="attached")


def test_a_closure_on_the_way_is_told_and_the_new_way_offered(
    page: Page, network: Network, served_clinic: Served
) -> None:
    open_page(page, WAY)
    close(network, find_lift(served_clinic))
    page.clock.fast_forward(5_000)
    notice = page.locator('.notice[data-kind="closure"]')
    expect(notice).to_contain_text("is out of service. Something on your way has just changed.")
    expect(page.locator("[data-notices]")).to_have_attribute("aria-live", "polite")
    notice.get_by_role("link", name="Show the new way").click()
    page.wait_for_selector("body[data-page=no-route]")
    wait_ready(page)
    page.clock.fast_forward(2_000)
    close(network, number=2)
    page.clock.fast_forward(5_000)
    told = page.locator('[data-notices] .notice[data-kind="closure"]')
    expect(told).to_contain_text("is no longer marked as out of service.")
    page.get_by_role("link", name="Show the new way").click()
    page.wait_for_selector("body[data-page=route]")


def test_a_closure_that_is_taken_back_leaves_no_message(
    page: Page, network: Network, served_clinic: Served
) -> None:
    open_page(page, WAY)
    notice = page.locator('.notice[data-kind="closure"]')
    close(network, find_lift(served_clinic))
    page.clock.fast_forward(5_000)
    expect(notice).to_be_visible()
    close(network, number=2)
    page.clock.fast_forward(5_000)
    expect(notice).to_have_count(0)
    expect(page.locator(".is-void, .void, [data-void]")).to_have_count(0)
    expect(page.locator("[data-steps] > li:visible")).to_have_count(count_steps(page))
    page.get_by_role("button", name="Go step by step").click()
    expect(page.locator(".stepper-text")).to_have_text(read_step(page, 0))


def count_steps(page: Page) -> int:
    return page.locator("[data-steps] > li[data-level]").count()


def read_step(page: Page, index: int) -> str:
    return page.locator("[data-steps] .step-text").nth(index).inner_text()


def test_no_step_of_a_way_that_is_no_more_is_offered(
    page: Page, network: Network, served_clinic: Served
) -> None:
    page.add_init_script(LISTEN)
    open_page(page, WAY)
    page.get_by_role("button", name="Go step by step").click()
    page.get_by_role("button", name="Read aloud").click()
    close(network, find_lift(served_clinic))
    page.clock.fast_forward(5_000)
    bar = page.locator(".stepper")
    expect(bar).to_contain_text("is out of service. Please do not follow this way any further.")
    expect(bar.get_by_role("button")).to_have_count(0)
    expect(bar.get_by_role("link", name="Show the new way")).to_be_visible()
    steps = page.locator("[data-steps] > li:visible")
    expect(steps).to_have_count(1)
    expect(steps).to_contain_text("Please do not follow this way any further.")
    expect(page.locator("figure[data-map]:visible .void-note")).to_be_visible()
    said = page.evaluate("window.said.map(([, text]) => text)")
    assert said[-1] == bar.locator(".stepper-text").inner_text()
    bar.get_by_role("link").click()
    page.wait_for_selector("body[data-page=no-route]")


def test_a_closure_elsewhere_disturbs_nobody(
    page: Page, network: Network, served_clinic: Served
) -> None:
    open_page(page, WAY)
    office = next(u.id for u in served_clinic.plan.units if u.category == "office")
    close(network, office)
    with page.expect_response(lambda answer: answer.url.endswith("/now")):
        page.clock.fast_forward(5_000)
    page.wait_for_timeout(300)
    expect(page.locator('.notice[data-kind="closure"]')).to_have_count(0)
    expect_age(page, "fresh")


def test_what_is_shown_ages_and_says_so(page: Page, network: Network) -> None:
    open_page(page, WAY)
    shown = page.locator(".map-time time").inner_text()
    network.cut()
    page.clock.fast_forward(95_000)
    expect_age(page, "late")
    expect(page.locator(".map-time .contact-mark")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(0)
    page.clock.fast_forward(9 * MINUTE)
    expect_age(page, "old")
    banner = page.locator('.notice[data-kind="contact"]')
    expect(banner).to_contain_text(f"No network since {shown}")
    marks = page.locator("[data-steps] .unconfirmed")
    expect(marks).to_have_count(page.locator("[data-unsure]").count())
    expect(marks.first).to_have_text(f"not confirmed since {shown}")
    page.locator("[data-steps] > [data-unsure] .step-text").first.click()
    expect(page.locator(".stepper .unconfirmed")).to_be_visible()
    expect(page.locator("[data-steps]")).to_be_visible()
    page.clock.fast_forward(24 * HOUR)
    expect_age(page, "stale")
    expect(banner).to_contain_text("ask a member of staff")
    expect(page.locator("[data-steps]")).to_be_visible()
    page.clock.fast_forward(48 * HOUR)
    expect_age(page, "ended")
    expect(banner).to_contain_text("more than three days old")
    expect(page.locator("[data-steps]")).to_be_hidden()
    expect(page.locator("figure[data-map]").first).to_be_hidden()
    network.mend()
    page.clock.fast_forward(MINUTE)
    expect_age(page, "fresh")
    expect(page.locator("[data-steps]")).to_be_visible()
    expect(page.locator(".notice, .unconfirmed, .contact-mark")).to_have_count(0)
    expect(page.locator(".stepper-text")).not_to_be_empty()


@pytest.mark.parametrize(("hours", "age"), [(3, "old"), (30, "stale")])
def test_a_server_without_its_database_does_not_make_an_old_map_young(
    page: Page, network: Network, hours: int, age: str
) -> None:
    confirmed = datetime.now(UTC) - timedelta(hours=hours)
    network.venues.confirm(confirmed)
    page.goto(WAY)
    shown = page.locator(".map-time time").inner_text()
    wait_ready(page)
    page.clock.fast_forward(2_000)
    expect_age(page, age)
    assert page.locator(".map-time time").inner_text() == shown
    network.venues.confirm(datetime.now(UTC))
    page.clock.fast_forward(6_000)
    expect_age(page, "fresh")


def test_the_desk_can_be_called_when_the_map_is_old(
    page: Page, network: Network, served_clinic: Served
) -> None:
    plan = give_desk(served_clinic.plan, "010-5555 0100")
    network.venues.put(make_served("clinic", Release(plan, 2)))
    open_page(page, WAY)
    network.cut()
    page.clock.fast_forward(11 * MINUTE)
    call = page.locator('.notice[data-kind="contact"] a')
    expect(call).to_contain_text("010-5555 0100")
    assert (call.get_attribute("href") or "").startswith("tel:010")


def give_desk(plan: Plan, phone: str) -> Plan:
    desk = next(f for f in plan if getattr(f, "category", "") == "information")
    known = replace(desk, properties={**desk.properties, "phone": phone})
    return replace(plan, features={**plan.features, desk.id: known})


def test_a_clock_that_is_set_back_does_not_make_an_old_map_young(
    page: Page, network: Network
) -> None:
    open_page(page, WAY)
    network.cut()
    page.clock.fast_forward(11 * MINUTE)
    expect_age(page, "old")
    set_clock(page, timedelta(hours=-5))
    page.clock.fast_forward(MINUTE)
    expect_age(page, "old")
    expect(page.locator('.notice[data-kind="contact"]')).to_be_visible()


def test_a_clock_that_jumps_ahead_is_told_by_the_next_answer(page: Page, network: Network) -> None:
    open_page(page, WAY)
    network.cut()
    set_clock(page, timedelta(hours=80))
    page.clock.fast_forward(10_000)
    # nobody can tell a jump from a night in a drawer: the careful reading holds
    expect_age(page, "ended")
    network.mend()
    page.clock.fast_forward(MINUTE)
    expect_age(page, "fresh")


def test_a_phone_whose_clock_is_wrong_is_not_told_that_its_map_is_old(
    page: Page, network: Network
) -> None:
    page.clock.set_system_time("2026-01-01T00:00:00Z")
    open_page(page, WAY)
    network.cut()
    page.clock.fast_forward(30_000)
    expect_age(page, "fresh")
    assert network.venues.list()


def test_a_hidden_page_asks_nobody_and_asks_at_once_when_seen(page: Page) -> None:
    open_page(page, f"/s/{SCAN}?lang=en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hide = """hidden => {
      Object.defineProperty(document, 'visibilityState',
                            {value: hidden ? 'hidden' : 'visible', configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
    }"""
    page.evaluate(hide, True)  # noqa: FBT003 - an argument of the script
    page.clock.fast_forward(10 * MINUTE)
    assert not [url for url in asked if url.endswith("/now")]
    with page.expect_request(lambda request: request.url.endswith("/now")):
        page.evaluate(hide, False)  # noqa: FBT003 - likewise
        page.clock.fast_forward(100)


@pytest.mark.long
def test_without_network_it_asks_less_and_less(page: Page, network: Network) -> None:
    open_page(page, f"/s/{SCAN}?lang=en")
    network.cut()
    asked: list[float] = []
    page.on("requestfailed", lambda _: asked.append(page.evaluate("Date.now()")))
    for _ in range(60):
        page.clock.run_for(5_000)
    assert 4 <= len(asked) <= 12


@pytest.mark.parametrize("path", [f"/s/{SCAN}", "/v/clinic", WAY, "/v/clinic/emergency"])
def test_the_map_s_time_is_there_without_a_script(open_phone: Open, path: str) -> None:
    page = open_phone(java_script_enabled=False).new_page()
    page.goto(path)
    expect(page.locator("time[data-map-time]")).to_be_visible()
