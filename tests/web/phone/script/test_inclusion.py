"""What a script adds keeps nobody out: axe-core on steps, messages, the way without network."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.contexts import Open
from tests.web.network import Network
from tests.web.phone.script.conftest import (
    OTHER,
    WAY,
    close,
    find_lift,
    visit,
    wait_ready,
    wait_worker,
)
from tests.web.phone.test_axe import RULES, TOO_WIDE
from wayfinder.services.served import Served

PLAIN = pytest.param("", id="plain")
ELDER = pytest.param("&look=elder-30&theme=dark&lang=zh-Hans", id="elder")


def find_wrong(page: Page) -> list[Any]:
    response = Axe().run(page, options=RULES).response
    found = [
        (violation["id"], [node["html"] for node in violation["nodes"]][:3])
        for violation in response["violations"]
    ]
    return found + list(page.evaluate(TOO_WIDE))


def open_narrow(open_phone: Open) -> Page:
    return open_phone(viewport={"width": 360, "height": 740}).new_page()


@pytest.mark.long
@pytest.mark.parametrize("mode", [PLAIN, ELDER])
def test_steps_and_messages(
    open_phone: Open, network: Network, served_clinic: Served, mode: str
) -> None:
    page = open_narrow(open_phone)
    page.goto(WAY + mode)
    wait_ready(page)
    page.locator(".stepper .is-next").click()
    page.locator(".stepper .is-next").click()
    page.locator(".map-tools .is-plus").first.click()
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    close(network, find_lift(served_clinic))
    expect(page.locator(".notice[data-kind=closure]")).to_be_visible()
    assert find_wrong(page) == []


@pytest.mark.long
@pytest.mark.parametrize("mode", [PLAIN, ELDER])
def test_a_way_without_network(open_phone: Open, network: Network, mode: str) -> None:
    page = open_narrow(open_phone)
    visit(page, WAY + mode)
    wait_worker(page)
    network.cut()
    page.goto(f"/s/{OTHER}?{mode.lstrip('&')}")
    expect(page.locator("figure[data-map] .wf-map path.r").first).to_be_attached()
    expect(page.locator(".stepper")).to_be_visible()
    assert find_wrong(page) == []
