"""What changes while a kiosk waits, or is used, is told: notices, what is closed."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.web.displays.kiosk.conftest import begin, press, type_text, wait_view
from tests.web.network import Network
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


@pytest.mark.long
def test_news_take_the_focus_from_nobody(
    kiosk: Page, network: Network, served_clinic: Served
) -> None:
    begin(kiosk)
    news = kiosk.locator(".k-news")
    for number, stop in enumerate((".k-lists button >> nth=1", "[data-key=language]")):
        text = f"{number} 号窗口今天不开。"
        kiosk.locator(stop).focus()
        change(network, served_clinic, Conditions(notices=(Notice("n", {"zh-Hans": text}),)))
        expect(news).to_contain_text(text, timeout=20_000)
        expect(kiosk.locator(stop)).to_be_focused()


def test_who_cannot_go_is_told_what_is_in_the_way(
    kiosk: Page, network: Network, served_clinic: Served
) -> None:
    lifts = [unit.id for unit in served_clinic.plan.units if unit.category == "elevator"]
    change(network, served_clinic, Conditions(closures=tuple(map(Closure, lifts))))
    begin(kiosk, "en")
    kiosk.locator(".k-search").tap()
    type_text(kiosk, "paed")
    kiosk.locator(".k-row", has_text="Paediatrics").first.tap()
    wait_view(kiosk, "place")
    kiosk.locator(".k-primary").first.tap()
    wait_view(kiosk, "way")
    kiosk.locator(".w-profiles button").nth(2).tap()
    expect(kiosk.locator(".w-way .k-notice")).to_contain_text(re.compile("Lift.*: closed"))


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
    kiosk.locator(".k-primary").first.tap()
    wait_view(kiosk, "way")
    # once, in the words of the place, not "something on the way"
    note = kiosk.locator(".w-way .k-notice")
    expect(note).to_contain_text("关闭")
    expect(note).to_have_count(1)
    expect(note).not_to_contain_text("途中")
    press(kiosk, "back")
    press(kiosk, "home")
