"""A day before a display: people come and go, things close and open, its memory stays flat."""

import random
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

from tests.web.contexts import Open
from tests.web.displays.frame.conftest import find_path, wait_kept
from tests.web.displays.frame.weather import Storm
from tests.web.pages import LIFT
from wayfinder.model import Closure, Conditions
from wayfinder.services.served import Served

STEP_S = 5
VISIT_S = 30
PAUSE_S = 105
"""Between two visitors: after 60 s the kiosk asks who is there, 25 s later it forgets."""
SETTLED = "window.hasRendered && !window.flying"
WATCH = """(() => {
  window.flying = 0;
  const own = window.fetch.bind(window);
  window.fetch = (...given) => {
    window.flying += 1;
    return own(...given).finally(() => { window.flying -= 1; });
  };
  const post = ServiceWorker.prototype.postMessage;
  window.hasRendered = false;
  ServiceWorker.prototype.postMessage = function (message, ...more) {
    window.hasRendered ||= message?.do === "rendered";
    return post.call(this, message, ...more);
  };
  window.print = () => {};
  window.failures = [];
  addEventListener("error", (event) => window.failures.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => window.failures.push(String(event.reason)));
})()"""
BUTTONS = """() => [...document.querySelectorAll("button, a[href], [role=button]")]
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.width > 8 && box.height > 8 && box.bottom > 0 && box.right > 0
    && box.top < innerHeight && box.left < innerWidth)
  .map((box) => [box.left + box.width / 2, box.top + box.height / 2])"""


@dataclass(frozen=True)
class Usage:
    """What a page takes after its garbage was collected."""

    heap_mb: float
    nodes: int
    listeners: int
    documents: int


class Day:
    """A page whose time is ours."""

    def __init__(self, page: Page, storm: Storm) -> None:
        self.page = page
        self._storm = storm
        self.seconds = 0
        self.random = random.Random(5)  # the same people each time
        self.session: CDPSession = page.context.new_cdp_session(page)

    def pass_time(self, seconds: int) -> None:
        """Let time go by; whatever is asked for is answered within each step."""
        for _ in range(0, seconds, STEP_S):
            self._storm.venues.confirm(datetime.now(UTC))  # nobody follows a store here
            self.page.clock.run_for(STEP_S * 1000)
            with suppress(PlaywrightError):  # it is just being opened anew
                self._settle()
        self.seconds += seconds

    def pass_until(self, condition: str) -> None:
        """Let time go by until something holds: more of it on a slow machine."""
        for _ in range(120):
            with suppress(PlaywrightError):  # as in `pass_time`
                if self.page.evaluate(condition):
                    return
            self.pass_time(STEP_S)
        pytest.fail(f"in ten minutes it never came to {condition}")

    def _settle(self) -> None:
        """Let the machine keep up: a page that shows nothing in its time counts as broken."""
        for _ in range(2_000):
            if self.page.evaluate(SETTLED):
                return

    def visit(self) -> None:
        """Let somebody touch this and that, then go away."""
        for _ in range(VISIT_S // STEP_S):
            places = self.page.evaluate(BUTTONS)
            x, y = self.random.choice(places) if places else (5, 5)
            self.page.mouse.click(x, y)
            self.pass_time(STEP_S)
        self.pass_time(PAUSE_S)

    def measure(self) -> Usage:
        """Tell what a page takes that shows something: one that is being opened has little."""
        while True:
            self.pass_until(SETTLED)
            with suppress(PlaywrightError):  # it is opened anew after all
                self.page.evaluate("window.isMeasured = true")
                usage = self._count()
                if self.page.evaluate(f"window.isMeasured && {SETTLED}"):
                    return usage

    def _count(self) -> Usage:
        """Collect the garbage, and tell what is left."""
        for _ in range(3):
            self.session.send("HeapProfiler.collectGarbage")
        heap = self.session.send("Runtime.getHeapUsage")
        counted = self.session.send("Memory.getDOMCounters")
        return Usage(
            heap["usedSize"] / 1e6,
            counted["nodes"],
            counted["jsEventListeners"],
            counted["documents"],
        )


@pytest.fixture
def context(open_screen: Open) -> BrowserContext:
    """Return a screen as it hangs: upright."""
    context = open_screen(viewport={"width": 1080, "height": 1920}, reduced_motion="reduce")
    context.add_init_script(WATCH)
    return context


def open_day(context: BrowserContext, storm: Storm, path: str) -> Day:
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC))
    page.goto(path)
    wait_kept(page)
    return Day(page, storm)


def choose_long(busy: str, other: str) -> list[Any]:
    """Give a whole day to the display that does more then, and an afternoon to the other."""
    chosen = ((busy, 24), (other, 4))
    return [pytest.param(kind, hours, marks=pytest.mark.long) for kind, hours in chosen]


def expect_flat(found: list[Usage]) -> None:
    """Whatever grows with every visitor would have doubled many times over."""
    early, late = found[: len(found) // 2], found[len(found) // 2 :]
    for name, slack in (("heap_mb", 2.0), ("nodes", 400), ("listeners", 100), ("documents", 2)):
        before = max(getattr(one, name) for one in early)
        after = max(getattr(one, name) for one in late)
        assert after <= before * 1.15 + slack, (name, found)


@pytest.mark.parametrize(("kind", "hours"), choose_long("kiosk", "board"))
def test_after_a_day_of_use_a_page_takes_no_more_than_before(
    context: BrowserContext, storm: Storm, kind: str, hours: float
) -> None:
    storm.install()
    day = open_day(context, storm, find_path(storm, kind))
    day.page.evaluate("window.same = true")
    found: list[Usage] = []
    pause = hours * 3600 / 12
    while day.seconds < hours * 3600:
        day.visit() if kind == "kiosk" else day.pass_time(VISIT_S + PAUSE_S)
        if day.seconds >= pause * (len(found) + 1):
            found.append(day.measure())
    assert day.page.evaluate("window.failures") == []
    assert day.page.evaluate("window.same"), "it was opened anew meanwhile"
    assert day.page.locator("html").get_attribute("data-contact") == "fresh"
    expect_flat(found)


@pytest.mark.parametrize(("kind", "hours"), choose_long("board", "kiosk"))
def test_a_day_on_which_things_close_and_open_leaves_nothing_behind(
    context: BrowserContext, storm: Storm, clinic: Served, kind: str, hours: float
) -> None:
    storm.install()
    day = open_day(context, storm, find_path(storm, kind))
    found: list[Usage] = []
    number = 0
    pause = hours * 3600 / 12
    while day.seconds < hours * 3600:
        number += 1
        closures = (Closure(LIFT),) if number % 2 else ()
        conditions = replace(Conditions(), closures=closures)
        storm.venues.put(clinic.with_conditions(conditions, number))
        day.pass_time(VISIT_S + PAUSE_S)
        if day.seconds >= pause * (len(found) + 1):
            found.append(day.measure())
    assert day.page.evaluate("window.failures") == []
    day.pass_until(f"document.body.dataset.version.split('-')[2] === '{number}'")
    assert day.page.evaluate("caches.keys().then((names) => names.length)") == 3
    expect_flat(found)
