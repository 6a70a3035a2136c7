"""A closure is everywhere within ten seconds and ends by itself: several workers, open pages."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Server, serve_store
from tests.web.contexts import PATIENCE_MS
from tests.web.displays.kiosk.conftest import begin
from tests.web.displays.kiosk.conftest import wait_ready as wait_kiosk
from tests.web.phone.script.conftest import WAY, wait_ready
from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, releases
from wayfinder.store import Store, open_store
from wayfinder.store.conditions import CLOSURE, ConditionDraft
from wayfinder.store.displays import list_displays
from wayfinder.store.venues import get_venue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

SOON_S = PATIENCE_MS / 2_000
"""Within so much every open page knows: ten seconds where nothing else runs."""
LASTS_S = SOON_S + 2
_ASKED = 8


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Store]:
    """Return a store with the clinic published."""
    store = open_store(str(tmp_path / "wayfinder.sqlite3"))
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    yield store
    store.close()


def find_display(house: Store, kind: str) -> str:
    """Return the address of the clinic's kiosk or board."""
    with house.read() as connection:
        displays = list_displays(connection, get_venue(connection, "clinic"))
    return next(f"/{kind}/{one.id}" for one in displays if one.kind == kind)


def open_pages(house: Store, browser: Browser, url: str, ended: ExitStack) -> dict[str, Page]:
    """Open a phone on its way by lift, and a kiosk that somebody uses."""
    sizes = {"phone": (360, 740), "kiosk": (1080, 1920)}
    paths = {"phone": f"{WAY}&lang=en", "kiosk": find_display(house, "kiosk")}
    found = {}
    for name, (width, height) in sizes.items():
        context = ended.enter_context(
            browser.new_context(
                viewport={"width": width, "height": height},
                has_touch=True,
                locale="zh-CN",
                reduced_motion="reduce",
                base_url=url,
            )
        )
        found[name] = context.new_page()
        found[name].goto(paths[name])
    wait_ready(found["phone"])
    wait_kiosk(found["kiosk"])
    begin(found["kiosk"], "en")
    return found


def is_told(server: Server, board: str) -> bool:
    """Tell whether whichever worker answers has the closure on a board.

    That an open board follows what workers say is shown by the tests of boards.
    """
    return "1号电梯停用" in server.get(board).body.decode()


@pytest.mark.long
def test_a_closure_is_on_every_page_within_ten_seconds_and_ends_by_itself(
    browser: Browser, house: Store, tmp_path: Path
) -> None:
    lift = next(unit.id for unit in read_plan(floorplans_dir() / "clinic").plan.units if unit.lift)
    with serve_store(tmp_path, tmp_path, workers=2) as server, ExitStack() as ended:
        pages = open_pages(house, browser, server.url, ended)
        notice = pages["phone"].locator('[data-notices] .notice[data-kind="closure"]')
        news = pages["kiosk"].locator(".k-news")
        told = news.filter(has_text="Lift 1")
        board = find_display(house, "board")

        def see(check: Callable[[float], None], since: datetime) -> None:
            left_s = SOON_S - (datetime.now(UTC) - since).total_seconds()
            check(max(left_s, 0.1) * 1000)

        began = datetime.now(UTC)
        over = began + timedelta(seconds=LASTS_S)
        conditions.add(house, "clinic", ConditionDraft(CLOSURE, (lift,), {}, end=over))
        see(lambda ms: expect(notice).to_contain_text("is out of service", timeout=ms), began)
        see(lambda ms: expect(news).to_contain_text("Lift 1", timeout=ms), began)
        assert {is_told(server, board) for _ in range(_ASKED)} == {True}
        assert datetime.now(UTC) < over
        time.sleep((over - datetime.now(UTC)).total_seconds())
        see(lambda ms: expect(notice).to_have_count(0, timeout=ms), over)
        see(lambda ms: expect(told).to_have_count(0, timeout=ms), over)
        assert {is_told(server, board) for _ in range(_ASKED)} == {False}
