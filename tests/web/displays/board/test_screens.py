"""Boards on screens: they fill them, nothing is over the edge, pages turn, the clock goes."""

import re
import time
from collections.abc import Iterator
from itertools import product
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.contexts import PATIENCE_MS, open_contexts
from tests.web.displays.board.conftest import SIZES, find_path
from tests.web.network import Network
from wayfinder.model import Closure, Conditions
from wayfinder.services.served import Served

TIME = re.compile(r"\d\d:\d\d")
OUTSIDE = """() => [...document.querySelectorAll('.board > g, .board > g > *, .clock, .frame-foot')]
  .map(e => e.getBoundingClientRect())
  .filter(r => r.left < -1 || r.top < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1)
  .length"""
SHOWN = """() => ['page', 'note'].map(kind => [...document.querySelectorAll(`.${kind}`)]
  .map((e, n) => getComputedStyle(e).visibility === 'visible' ? n : -1).filter(n => n >= 0))"""
SEEK = "at => document.getAnimations().forEach(a => { a.pause(); a.currentTime = at; })"
QUICK = {("across", "zh-Hans"), ("upright", "en")}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # a board is not touched: nobody could zoom it, and nobody needs to
    "rules": {"meta-viewport": {"enabled": False}},
}


class OpenBoard(Protocol):
    """Opens a board by its name, with options of Playwright's."""

    def __call__(self, name: str, language: str = "", *, wait: bool = True, **options: Any) -> Page:  # noqa: ANN401 - Playwright's
        """Return its page; not to wait leaves it to the test to go there."""


@pytest.fixture
def open_board(browser: Browser, network: Network) -> Iterator[OpenBoard]:
    with open_contexts(browser, base_url=network.url, service_workers="block") as open_screen:

        def open_board(
            name: str,
            language: str = "",
            *,
            wait: bool = True,
            **options: Any,  # noqa: ANN401 - Playwright's
        ) -> Page:
            width, height = SIZES[name]
            page = open_screen(
                **{"viewport": {"width": width, "height": height}, **options}
            ).new_page()
            if wait:
                page.goto(find_address(network, name, language))
            return page

        yield open_board


def find_address(network: Network, name: str, language: str = "") -> str:
    return find_path(network.venues, name) + (f"?lang={language}" if language else "")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(*mode, marks=() if mode in QUICK else pytest.mark.long)
        for mode in product(SIZES, ("zh-Hans", "en"))
    ],
)
def test_it_fills_the_screen_and_nothing_is_over_its_edge(
    open_board: OpenBoard, network: Network, name: str, language: str
) -> None:
    page = open_board(name, language, wait=False)
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - Playwright marks it
    page.goto(find_address(network, name, language))
    box = page.locator(".board").bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == SIZES[name]
    expect(page.locator(".clock")).to_have_text(TIME)
    pages = page.locator(".page").count()
    for number in range(pages):
        page.evaluate(SEEK, number * 10_000 + 5_000)
        (shown, notes) = page.evaluate(SHOWN)
        assert shown == [number]
        assert len(notes) == 1
        assert page.evaluate(OUTSIDE) == 0
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert errors == []


def test_without_a_script_pages_turn_and_no_clock_stands_still(open_board: OpenBoard) -> None:
    page = open_board("across", java_script_enabled=False)
    assert page.locator(".clock").inner_html() == ""
    first, second = page.locator(".page.at-0"), page.locator(".page.at-1")
    for at, seen, unseen in ((9_900, first, second), (10_100, second, first)):
        page.evaluate(SEEK, at)
        expect(seen).to_have_css("visibility", "visible")
        expect(unseen).to_have_css("visibility", "hidden")


@pytest.mark.parametrize("size", [(1366, 700), (1080, 1920)])
def test_a_screen_of_another_size_shows_all_of_it(
    open_board: OpenBoard, size: tuple[int, int]
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    page = open_board("across", viewport=viewport)
    assert page.evaluate(OUTSIDE) == 0


def test_a_banner_takes_its_room_and_covers_nothing(open_board: OpenBoard) -> None:
    page = open_board("across")
    expect(page.locator(".clock")).to_have_text(TIME)
    page.evaluate(
        """() => {
          const note = document.createElement('div');
          note.className = 'frame-notice';
          note.textContent = 'Not confirmed since 10:42';
          document.querySelector('[data-notices]').append(note);
        }"""
    )
    top = page.locator(".frame-notice").bounding_box()
    board = page.locator(".b-stage").bounding_box()
    assert top is not None
    assert board is not None
    assert board["y"] >= top["y"] + top["height"] - 1
    assert page.evaluate(OUTSIDE) == 0


def test_it_reports_notices_that_were_in_sight_and_a_screen_that_is_another(
    open_board: OpenBoard, network: Network
) -> None:
    reports: list[dict[str, Any]] = []
    viewport = {"width": 1280, "height": 720}
    page = open_board("across", wait=False, viewport=viewport)
    page.clock.install()

    def take(route: Route) -> None:
        reports.append(route.request.post_data_json or {})
        route.fulfill(status=204)

    page.route("**/report", take)
    path = find_path(network.venues)
    page.add_init_script(
        f"localStorage.setItem('wf-frame:{path.rpartition('/')[2]}:token', '\"wfd_x\"')"
    )
    page.goto(path)
    expect(page.locator(".clock")).to_have_text(TIME)
    seen: set[str] = set()
    # answers take a real while, the time between questions none
    for _ in range(60):
        page.clock.run_for(5_000)
        page.wait_for_timeout(100)
        seen = {key for report in reports for key, count in report["plays"].items() if count}
        if seen:
            break
    assert seen
    assert seen <= {"mask", "party", "works"}
    # the screen has other pixels than the plan says: nobody knows how high its letters are
    assert reports[-1]["remarks"] == ["size-differs"]


def test_what_is_closed_is_said_within_ten_seconds_and_kept_without_a_network(
    open_board: OpenBoard, network: Network, boards: Served
) -> None:
    page = open_board("across", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    said = page.locator("main li", has_text="眼科关闭。")
    assert said.count() == 0
    network.venues.put(boards.with_conditions(Conditions((Closure("eye"),)), 1))
    began = time.monotonic()
    expect(said).to_have_count(1)
    # ten seconds where nothing else runs
    assert time.monotonic() - began < PATIENCE_MS / 2_000
    network.cut()
    page.goto(page.url)
    expect(said).to_have_count(1)
    assert page.locator(".page").count() >= 1
