"""The server is killed while displays hang: none goes blank, all are back soon after it is."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import serving
from tests.serving import Server, find_port, list_children, serve_store
from tests.web.displays.frame.conftest import NAME, PATIENCE_MS, wait_kept
from tests.web.pages import LIFT
from tests.web.waiting import wait_until
from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, releases
from wayfinder.services.display_registry import read_displays
from wayfinder.store import Store, open_store
from wayfinder.store.conditions import CLOSURE, ConditionDraft

BACK_S = 30.0
CLOSED_S = 10.0
WATCH = """() => {
  window.blank = 0;
  const look = () => {
    if (!document.querySelector("main")?.innerText.trim()) window.blank += 1;
    setTimeout(look, 100);
  };
  addEventListener("load", look);
}"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture
def screens(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    context.set_default_timeout(2 * PATIENCE_MS)
    context.add_init_script(f"({WATCH})()")
    yield context
    context.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "wayfinder.sqlite3"))
    releases.import_plan(opened, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(opened, "clinic")
    yield opened
    opened.close()


def kill(server: Server) -> None:
    """End a server and its workers as a power cut does."""
    for pid in (server.process.pid, *list_children(server.process.pid)):
        os.kill(pid, signal.SIGKILL)
    server.process.wait()


def list_paths(store: Store) -> list[str]:
    with store.read() as connection:
        return [f"/{record.kind}/{record.id}" for record in read_displays(connection)]


def wait_contact(page: Page, *, online: bool) -> None:
    """Wait until a page's questions are answered, or are not."""
    wait_until(
        page,
        """async ([online]) => {
          const own = new URL("frame.js", document.querySelector("script[type=module]").src);
          return (await import(own.href)).state().online === online;
        }""",
        [online],
        timeout_s=2 * BACK_S,
    )


@pytest.mark.long
def test_displays_outlive_a_server_that_is_killed_and_started_again(
    screens: BrowserContext,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = find_port()
    monkeypatch.setattr(serving, "find_port", lambda: port)
    pages: list[Page] = []
    with ExitStack() as first:
        server = first.enter_context(serve_store(tmp_path, tmp_path, workers=2))
        for path in list_paths(store):
            page = screens.new_page()
            page.goto(f"{server.url}{path}")
            wait_kept(page)
            wait_contact(page, online=True)
            pages.append(page)
        kill(server)
        for page in pages:
            wait_contact(page, online=False)
        # one is switched off and on meanwhile
        path = pages[0].url
        pages[0].close()
        pages[0] = screens.new_page()
        pages[0].goto(path)
        assert NAME in pages[0].title()
        first.pop_all()  # there is nothing left to stop
    with serve_store(tmp_path, tmp_path, workers=2):
        begun = time.monotonic()
        for page in pages:
            wait_contact(page, online=True)
        assert time.monotonic() - begun < BACK_S
        for page in pages:
            assert page.evaluate("window.blank") == 0
        # and what closes now shows
        begun = time.monotonic()
        conditions.add(store, "clinic", ConditionDraft(CLOSURE, (LIFT,), {"en": "Repair"}))
        for page in pages:
            wait_until(
                page,
                """async () => {
                  const own = document.querySelector("script[type=module]").src;
                  const { now } = (await import(new URL("frame.js", own).href)).state();
                  return now.closures["zh-Hans"].length > 0;
                }""",
            )
        assert time.monotonic() - begun < CLOSED_S
