"""A context a test, a server whose network can be cut."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.phone.script.network import Network
from tests.web.waiting import wait_until
from wayfinder.model import Closure, Conditions
from wayfinder.services.served import Served

SCAN = "VQAFYHP"
"""Code of the sign in the clinic's lobby."""
OTHER = "MEVAMWK"
"""Code of the sign in the corridor."""
WAY = f"/v/clinic/go/{SCAN}/PED?profile=wheelchair"
"""The way by lift from the lobby to paediatrics."""

PATIENCE_MS = 40_000
"""How long a test waits for what comes in a second where nothing else runs."""
expect.set_options(timeout=PATIENCE_MS)

Open = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def running(served_clinic: Served) -> Iterator[Network]:
    with Network([served_clinic]) as network:
        yield network


@pytest.fixture
def network(running: Network, served_clinic: Served) -> Iterator[Network]:
    """Return the network, whole again after each test; what it serves is the newest."""
    running.venues.confirm(datetime.now(UTC))
    yield running
    running.venues.put(served_clinic)
    running.slow = frozenset()
    running.mend()


def make_phone(browser: Browser, network: Network, **options: Any) -> BrowserContext:  # noqa: ANN401
    """Make a phone: a context, with options of Playwright's."""
    context = browser.new_context(
        **{
            "base_url": network.url,
            "viewport": {"width": 390, "height": 800},
            "locale": "en-GB",
            "has_touch": True,
            "reduced_motion": "reduce",
            **options,
        }
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture
def open_phone(browser: Browser, network: Network) -> Iterator[Open]:
    """Return what opens a phone, closed after the test."""
    opened: list[BrowserContext] = []

    def open_phone(**options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's options
        opened.append(make_phone(browser, network, **options))
        return opened[-1]

    yield open_phone
    for context in opened:
        context.close()


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
