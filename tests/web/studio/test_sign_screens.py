"""Signs, screens and fire in a browser: nobody is kept out, and what is made comes by itself."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.studio import test_screens as screens
from tests.web.studio.conftest import find_room
from tests.web.studio.test_screens import MODES, Site, look
from tests.web.studio.work import Waiting
from wayfinder.model.sign_records import SignState
from wayfinder.services import signage
from wayfinder.services.background import run_waiting
from wayfinder.services.display_registry import read_displays
from wayfinder.services.drafts import open_draft
from wayfinder.services.sign_work.batches import Batches, BatchOrder
from wayfinder.store.audit import Actor
from wayfinder.web.site import KEY

V = "/studio/v/clinic"
PAGES = (
    f"{V}/signs",
    f"{V}/signs/{{sign}}",
    f"{V}/signs/audit",
    f"{V}/displays/{{board}}",
    f"{V}/fire/texts",
    f"{V}/signs/batches",
    f"{V}/signs/batches/{{batch}}",
    f"{V}/signs/wrong",
    f"{V}/signs/detours",
    f"{V}/signs/plan",
    f"{V}/displays",
    f"{V}/fire",
)

empty = screens.site


@pytest.fixture(scope="module")
def site(empty: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the studio with an audit, a batch, and what is asked for waiting."""
    room, folder = find_room(empty.app), tmp_path_factory.mktemp("work")
    room.settings = room.settings.model_copy(update={"work_dir": folder})
    room.background = Waiting(room.desk.store)
    with room.desk.store.read() as connection:
        records = read_displays(connection)
    empty.app.extensions[KEY].venues.put_displays(records)
    open_draft(room.drafts, "clinic", "New signs", who=Actor("Bo"))
    asked = {"at": "2026-11-23T10:00:00+08:00", "profiles": ["walk"], "hanging": False}
    room.background.ask("clinic", "sign-audit", "a", asked, who="Bo")
    assert run_waiting(room.desk.store) == 1
    Batches(folder, 5).add("clinic", BatchOrder(), who="Bo")
    return empty


def fill(site: Site, path: str) -> str:
    store = site.desk.store
    with store.read() as connection:
        board = next(one for one in read_displays(connection) if one.kind == "board")
    folder = find_room(site.app).settings.work_folder
    return path.format(
        sign=signage.list_entries(store, "clinic")[0].code,
        board=board.id,
        batch=Batches(folder, 5).list("clinic")[0].id,
    )


@pytest.mark.long
def test_axe_finds_nothing(browser: Browser, site: Site) -> None:
    context = site.open_context(browser)
    page = context.new_page()
    found: dict[str, object] = {}
    for number, path in enumerate(PAGES):
        # each page in two modes, all modes on some page
        for mode in (MODES[number % 8], MODES[(number + 5) % 8]):
            found |= look(page, site.url, fill(site, path), mode)
    context.close()
    assert found == {}


def open_page(site: Site, browser: Browser, path: str) -> tuple[Page, list[str]]:
    """Open a page as a phone does, and hear what its console says."""
    page = site.open_context(browser, 360).new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{site.url}{fill(site, path)}?lang=en")
    return page, problems


def test_who_stands_before_a_sign_notes_it_with_a_tap(browser: Browser, site: Site) -> None:
    store = site.desk.store
    code = signage.list_entries(store, "clinic")[0].code
    signage.set_states(store, "clinic", SignState.PRINTED, [code])
    page, problems = open_page(site, browser, f"{V}/signs/{{sign}}")
    button = page.get_by_role("button", name="It hangs here")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] < 740  # without scrolling
    button.click()
    expect(page.locator(".notice[data-kind=done]")).to_have_text("1 sign noted as mounted.")
    assert signage.list_entries(store, "clinic")[0].state is SignState.MOUNTED
    assert problems == []
    page.context.close()


@pytest.mark.long
def test_a_batch_comes_into_the_page_by_itself(browser: Browser, site: Site) -> None:
    page, problems = open_page(site, browser, f"{V}/signs/batches")
    page.locator("summary", has_text="Format").click()
    page.locator("#size").select_option("A5")
    page.get_by_role("button", name="Make the batch").click()
    expect(page.locator("#work[data-background=waiting] progress")).to_be_visible()
    address = page.url
    working = threading.Thread(target=run_waiting, args=(site.desk.store,))
    working.start()
    expect(page.locator("#work[data-background=done]")).to_be_visible(timeout=60_000)
    working.join()
    assert page.url == address
    with page.expect_download() as begun:
        page.get_by_role("link", name="All files as one ZIP").click()
    assert begun.value.suggested_filename.startswith("clinic-")
    assert Path(begun.value.path()).stat().st_size > 10_000
    assert problems == []
    page.context.close()


def test_what_a_board_shows_is_seen_beside_it(browser: Browser, site: Site) -> None:
    page, problems = open_page(site, browser, f"{V}/displays/{{board}}")
    framed = page.frame_locator("iframe").locator("main svg").first
    expect(framed).to_be_visible()
    width = page.evaluate("document.querySelector('.shown-frame').getBoundingClientRect().width")
    assert 200 < width < 360
    # its script is not run, which the browser says, and nothing else is wrong
    assert [one for one in problems if "Blocked script execution" not in one] == []
    page.context.close()
