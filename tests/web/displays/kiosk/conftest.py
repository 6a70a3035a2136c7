"""A kiosk in a browser: the sample clinic's, with a finger and a clock of its own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page

from tests.web.contexts import Open as OpenScreen
from tests.web.contexts import open_contexts
from tests.web.network import Network

PORTRAIT, LANDSCAPE, LARGE = (1080, 1920), (1920, 1080), (3840, 2160)

Open = Callable[..., Page]


@pytest.fixture
def path(network: Network) -> str:
    """Return the address of the clinic's kiosk."""
    return find_path(network, "clinic")


def find_path(network: Network, slug: str) -> str:
    """Return the address of the first kiosk of a venue."""
    records = network.venues.list_displays(slug)
    return next(f"/kiosk/{record.id}" for record in records if record.kind == "kiosk")


def open_screens(browser: Browser, network: Network) -> AbstractContextManager[OpenScreen]:
    """Give what switches screens on, closed in the end: contexts, with options of Playwright's."""
    return open_contexts(
        browser,
        base_url=network.url,
        viewport={"width": PORTRAIT[0], "height": PORTRAIT[1]},
        locale="zh-CN",
        has_touch=True,
        reduced_motion="reduce",
        # the worker has tests of its own; here nothing is to change while one looks
        service_workers="block",
    )


@pytest.fixture
def open_screen(browser: Browser, network: Network) -> Iterator[OpenScreen]:
    """Return what switches a screen on, off again after the test."""
    with open_screens(browser, network) as open_screen:
        yield open_screen


@pytest.fixture
def open_kiosk(open_screen: OpenScreen, path: str) -> Open:
    """Return what opens the kiosk, ready; with ``clock`` tests move its time."""

    def open_kiosk(size: tuple[int, int] = PORTRAIT, *, clock: bool = False) -> Page:
        width, height = size
        page = open_screen(viewport={"width": width, "height": height}).new_page()
        if clock:
            page.clock.install()
        page.goto(path)
        wait_ready(page)
        return page

    return open_kiosk


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
