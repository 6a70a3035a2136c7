"""A kiosk in a browser: the sample clinic's, with a finger and a clock of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.phone.script.network import Network
from wayfinder.services.served import Served

PATIENCE_MS = 40_000
"""How long a test waits for what comes in a second where nothing else runs."""
PORTRAIT, LANDSCAPE, LARGE = (1080, 1920), (1920, 1080), (3840, 2160)

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def running(served_clinic: Served) -> Iterator[Network]:
    with Network([served_clinic]) as network:
        yield network


@pytest.fixture
def network(running: Network, served_clinic: Served) -> Iterator[Network]:
    """Return the network, whole again after each test; what it serves is the newest."""
    yield running
    running.venues.put(served_clinic)
    running.mend()


@pytest.fixture
def path(network: Network) -> str:
    """Return the address of the clinic's kiosk."""
    return find_path(network, "clinic")


def find_path(network: Network, slug: str) -> str:
    """Return the address of the first kiosk of a venue."""
    records = network.venues.list_displays(slug)
    return next(f"/kiosk/{record.id}" for record in records if record.kind == "kiosk")


def make_screen(
    browser: Browser,
    network: Network,
    size: tuple[int, int] = PORTRAIT,
    **options: Any,  # noqa: ANN401 - Playwright's options
) -> BrowserContext:
    """Switch a screen on: a browser with storage of its own."""
    context = browser.new_context(
        **{
            "base_url": network.url,
            "viewport": {"width": size[0], "height": size[1]},
            "locale": "zh-CN",
            "has_touch": True,
            "reduced_motion": "reduce",
            # the worker has tests of its own; here nothing is to change while one looks
            "service_workers": "block",
            **options,
        }
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture
def open_kiosk(browser: Browser, network: Network, path: str) -> Iterator[Open]:
    """Return what opens the kiosk, ready; with ``clock`` tests move its time."""
    opened: list[BrowserContext] = []

    def open_kiosk(size: tuple[int, int] = PORTRAIT, *, clock: bool = False) -> Page:
        context = make_screen(browser, network, size)
        opened.append(context)
        page = context.new_page()
        if clock:
            page.clock.install()
        page.goto(path)
        wait_ready(page)
        return page

    yield open_kiosk
    for context in opened:
        context.close()


@pytest.fixture
def kiosk(open_kiosk: Open) -> Page:
    """Return the kiosk as it waits for somebody."""
    return open_kiosk()


def wait_ready(page: Page) -> None:
    """Wait until the script has taken the page over."""
    page.wait_for_selector("html[data-script=ready]", state="attached")


def begin(page: Page, language: str = "zh-Hans") -> None:
    """Walk up to a kiosk and touch it, in a language."""
    page.locator(f".k-begin[lang={language}]").tap()
    wait_view(page, "home")


def wait_view(page: Page, name: str) -> None:
    """Wait until a view is shown."""
    page.wait_for_selector(f"html[data-view={name}]", state="attached")


def press(page: Page, name: str) -> None:
    """Touch a button of the bar by its name in the script."""
    page.locator(f"[data-key={name}]").tap()


def type_text(page: Page, text: str) -> None:
    """Type on the keyboard on the screen."""
    for letter in text:
        page.locator(f'.k-cap[data-cap="{letter.upper()}"]').tap()
