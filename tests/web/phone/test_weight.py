"""The first view after a scan is small, stays where it is, and the next one is smaller still."""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.web.network import Network
from tests.web.pages import SIGN
from wayfinder.services.served import Served

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FIRST_BYTES, FIRST_REQUESTS, NEXT_BYTES = 100_000, 6, 30_000
MOST_SHIFT = 0.02
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture
def phone(browser: Browser, *, scripted: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripted
    )
    yield context
    context.close()


@pytest.mark.parametrize("scripted", [True, False], ids=["with a script", "without"])
def test_the_first_view_is_small_and_the_next_smaller(
    phone: BrowserContext, site_url: str, *, scripted: bool
) -> None:
    page = phone.new_page()
    seen: list[Request] = []
    # Playwright looks at what it is given: a built-in function will not do
    page.on("requestfinished", lambda request: seen.append(request))  # noqa: PLW0108
    show(page, f"{site_url}/s/{SIGN}", scripted=scripted)
    first = [one for one in seen if "/api/" not in one.url]
    assert all(one.url.startswith(site_url) for one in seen)
    assert sum(measure(one) for one in first) < FIRST_BYTES
    assert len(first) <= FIRST_REQUESTS, [one.url for one in first]
    seen.clear()
    show(page, f"{site_url}/v/clinic/go/{SIGN}/PED", scripted=scripted)
    assert sum(measure(one) for one in seen) < NEXT_BYTES
    page.close()


def show(page: Page, address: str, *, scripted: bool) -> None:
    """Open a page and wait for all of it, but not for what it then keeps for a day offline."""
    page.goto(address, wait_until="load")
    if scripted:
        page.wait_for_selector("html[data-script=ready]", state="attached")


def measure(request: Request) -> int:
    """Return the bytes of an answer as they were sent; none where the phone had it already."""
    return max(0, request.sizes()["responseBodySize"])


@pytest.mark.parametrize("address", [f"/s/{SIGN}", f"/v/clinic/go/{SIGN}/PED", "/v/clinic/floors"])
def test_nothing_moves_while_a_page_loads(browser: Browser, network: Network, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{network.url}{address}", wait_until="load")
    page.wait_for_timeout(300)
    assert page.evaluate(SHIFTS) < MOST_SHIFT
    page.close()


class Halting(Network):
    """Sends pages up to a text, and the rest when told to."""

    def __init__(self, served: Served, until: str) -> None:
        super().__init__([served])
        self._until = until.encode()
        self._whole = self._app.wsgi_app
        self._app.wsgi_app = self._answer  # type: ignore[assignment,method-assign]
        self.go_on = threading.Event()

    def _answer(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        first, until, rest = b"".join(self._whole(environ, start)).partition(self._until)
        yield first
        if until:
            self.go_on.wait(20)
            yield until + rest


def test_what_is_painted_of_half_a_page_stays_where_it_is(
    browser: Browser, served_clinic: Served
) -> None:
    """A slow phone, or a slow line, paints what it has read so far."""
    with Halting(served_clinic, '<p class="swap"') as network:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        address = f"{network.url}/v/clinic/go/{SIGN}/PED?lang=zh-Hans"
        page.goto(address, wait_until="commit")
        page.wait_for_function(
            "() => performance.getEntriesByName('first-contentful-paint').length"
        )
        assert page.locator(".goal-where").is_visible()
        assert page.locator(".swap").count() == 0
        network.go_on.set()
        page.wait_for_load_state("load")
        assert page.evaluate(SHIFTS) < MOST_SHIFT / 10
        page.close()
