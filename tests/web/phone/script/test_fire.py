"""An open page when a fire breaks out: the texts at once, the way gone; later it is back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.services.fire.people import make_zone
from tests.services.fire.test_ways import make_zones
from tests.web.network import Network
from tests.web.phone.script.conftest import SCAN, WAY, visit, wait_ready
from tests.web.phone.script.test_inclusion import find_wrong
from wayfinder.services.fire.state import Alarm

AT = "&at=2026-11-23T09:30%2B08:00"
ASK = "() => document.dispatchEvent(new Event('visibilitychange'))"
"""A page that is looked at again asks at once; else it does every five seconds."""


def burn(network: Network, version: str = "v1") -> None:
    now = datetime.now(UTC)
    alarm = Alarm(version, make_zones(make_zone()), now, now + timedelta(hours=1))
    network.venues.put_alarm("clinic", alarm)


@pytest.fixture(autouse=True)
def calm(network: Network) -> Iterator[None]:
    """Put every fire out again."""
    yield
    network.venues.put_alarm("clinic", None)


def test_an_open_way_gives_way_to_the_texts_and_comes_back(
    page: Page, network: Network, *, run_all: bool
) -> None:
    page.goto(WAY + "&lang=en" + AT)
    wait_ready(page)
    page.wait_for_selector("html[data-contact=fresh]", state="attached")
    burn(network)
    page.evaluate(ASK)
    expect(page.get_by_role("heading", name="Fire alarm in Building A")).to_be_visible()
    expect(page.locator("[data-steps]")).to_have_count(0)
    wait_ready(page)
    if run_all:
        assert find_wrong(page) == []
    network.venues.put_alarm("clinic", None)
    page.evaluate(ASK)
    expect(page.locator("[data-steps]")).to_be_visible()


@pytest.mark.long
def test_a_page_that_is_kept_shows_the_texts_above_itself(page: Page, network: Network) -> None:
    """The network is too slow for pages; what the phone has heard of the fire is shown."""
    visit(page, WAY + "&lang=en")
    network.slow = frozenset({f"/v/clinic/go/{SCAN}/PED"})
    burn(network)
    notice = page.locator('.notice[data-kind="fire"]')
    expect(notice).to_contain_text("Fire alarm in Building A Follow the staff")
    expect(page.locator(".route")).to_be_hidden()
    network.slow = frozenset()


@pytest.mark.long
def test_pages_of_a_fire_are_not_kept_for_later(page: Page, network: Network) -> None:
    visit(page, WAY + "&lang=en")
    burn(network)
    expect(page.get_by_role("heading", name="Fire alarm in Building A")).to_be_visible()
    wait_ready(page)
    network.venues.put_alarm("clinic", None)
    expect(page.locator("[data-steps]")).to_be_visible()
    kept = page.evaluate(
        """async () => {
          const cache = await caches.open('wayfinder-1');
          const texts = [];
          for (const request of await cache.keys()) {
            const answer = await cache.match(request, { ignoreVary: true });
            texts.push([request.url, await answer.text()]);
          }
          const marks = ['data-fire', 'fire-here'];
          return texts.filter(([, text]) => marks.some((mark) => text.includes(mark)));
        }"""
    )
    assert [url for url, _ in kept if not url.endswith(".js")] == []
