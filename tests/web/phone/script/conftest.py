"""A context a test, a server whose network can be cut."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page

from tests.web.contexts import Open, open_contexts
from tests.web.network import Network
from tests.web.waiting import wait_until
from wayfinder.model import Closure, Conditions
from wayfinder.services.served import Served

SCAN = "VQAFYHP"
"""Code of the sign in the clinic's lobby."""
OTHER = "MEVAMWK"
"""Code of the sign in the corridor."""
WAY = f"/v/clinic/go/{SCAN}/PED?profile=wheelchair"
"""The way by lift from the lobby to paediatrics."""


def open_phones(browser: Browser, network: Network) -> AbstractContextManager[Open]:
    """Give what opens phones, closed in the end: contexts, with options of Playwright's."""
    return open_contexts(
        browser,
        base_url=network.url,
        viewport={"width": 390, "height": 800},
        locale="en-GB",
        has_touch=True,
        reduced_motion="reduce",
    )


@pytest.fixture
def open_phone(browser: Browser, network: Network) -> Iterator[Open]:
    """Return what opens a phone, closed after the test."""
    with open_phones(browser, network) as open_phone:
        yield open_phone


@pytest.fixture
def page(open_phone: Open) -> Page:
    """Return a page of a phone with a script and a network."""
    return open_phone().new_page()


def wait_ready(page: Page) -> None:
    """Wait until the script has made the page what it makes of it."""
    page.wait_for_selector("html[data-script=ready]", state="attached")


def visit(page: Page, path: str = WAY) -> None:
    """Open a way, and wait until all that is kept of it is kept."""
    page.goto(path)
    wait_ready(page)
    page.wait_for_selector("html[data-kept=yes]", state="attached")


def wait_kept(page: Page, part: str) -> None:
    """Wait until an address that ends so is kept for when there is no network."""
    wait_until(
        page,
        """async (part) => {
          const cache = await caches.open('wayfinder-1');
          return (await cache.keys()).some(({ url }) => decodeURIComponent(url).includes(part));
        }""",
        part,
    )


def close(network: Network, *features: str, number: int = 1) -> None:
    """Close features of the clinic; none: everything is open."""
    served = network.venues.find("clinic")
    assert served is not None
    closures = tuple(Closure(feature) for feature in features)
    network.venues.put(served.with_conditions(Conditions(closures), number))


def find_lift(served: Served) -> str:
    """Return the id of the clinic's lift on the ground floor."""
    return next(unit.id for unit in served.plan.units if unit.category == "elevator")


def wait_worker(page: Page) -> None:
    """Wait until a service worker answers for the page."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
