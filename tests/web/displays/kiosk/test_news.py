"""What changes while a kiosk waits, or is used, is told: notices, what is closed."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.web.displays.kiosk.conftest import begin, press, type_text, wait_view
from tests.web.phone.script.network import Network
from wayfinder.model import Closure, Conditions, Notice
from wayfinder.services.served import Served

SAID = {"zh-Hans": "今天下午停诊。", "en": "Closed this afternoon."}


def change(network: Network, served: Served, conditions: Conditions) -> None:
    network.venues.put(served.with_conditions(conditions, 1))
    network.venues.confirm(datetime.now(UTC))


def test_a_notice_is_read_by_who_passes_and_by_who_touches(
    kiosk: Page, network: Network, served_clinic: Served
) -> None:
    expect(kiosk.locator(".k-attract-news")).to_be_hidden()
    change(network, served_clinic, Conditions(notices=(Notice("n", SAID),)))
    expect(kiosk.locator(".k-attract-news")).to_contain_text(SAID["zh-Hans"], timeout=20_000)
    begin(kiosk, "en")
    kiosk.locator(".k-news").tap()
    wait_view(kiosk, "notices")
    expect(kiosk.locator(".k-notice")).to_contain_text(SAID["en"])


def test_a_lift_that_stops_is_told_of_within_seconds(
    kiosk: Page, network: Network, served_clinic: Served
) -> None:
    begin(kiosk)
    lift = next(unit.id for unit in served_clinic.plan.units if unit.category == "elevator")
    change(network, served_clinic, Conditions(closures=(Closure(lift),)))
    expect(kiosk.locator(".k-news")).to_contain_text("电梯", timeout=20_000)


def test_a_place_that_closes_says_so(kiosk: Page, network: Network, served_clinic: Served) -> None:
    (goal,) = served_clinic.directory.find_exact("PED")
    with kiosk.expect_response("**/details", timeout=20_000):
        change(network, served_clinic, Conditions(closures=(Closure(goal),)))
    begin(kiosk)
    kiosk.locator(".k-search").tap()
    type_text(kiosk, "ek")
    kiosk.locator(".k-row", has_text="儿科").first.tap()
    wait_view(kiosk, "place")
    expect(kiosk.locator(".k-place .k-notice").first).to_contain_text("关闭")
    press(kiosk, "home")
