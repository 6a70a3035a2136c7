"""What a display has it shows: without network, in any weather, after any power cut."""

import time
from contextlib import suppress
from itertools import groupby

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.web.contexts import Open
from tests.web.displays.frame.conftest import (
    NAME,
    find_path,
    get_boot_limit_s,
    reopen,
    tell_worker,
    wait_for_name,
    wait_kept,
)
from tests.web.displays.frame.weather import Storm, Weather, make_clinic
from tests.web.pages import LIFT
from tests.web.waiting import wait_until
from wayfinder.model import Closure, Conditions
from wayfinder.services.served import Served

SLOTS = """async () => Object.fromEntries(await Promise.all((await caches.keys())
  .filter((name) => /:[ab]$/.test(name))
  .map(async (name) => {
    const kept = await (await caches.open(name)).match("/kept/manifest");
    return [name.slice(-1), kept ? (await kept.json()).list.version : null];
  })))"""
DAMAGE = """async ([slot, pattern, how]) => {
  for (const name of (await caches.keys()).filter((name) => name.endsWith(`:${slot}`))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new RegExp(pattern).test(new URL(request.url).pathname)) continue;
      if (how === "gone") { await cache.delete(request); continue; }
      const answer = await cache.match(request);
      const text = await answer.text();
      const half = text.slice(0, text.length / 2);
      await cache.put(request, new Response(half, { headers: answer.headers }));
    }
  }
}"""

HOLD = """async () => {
  const state = (await caches.keys()).find((name) => name.endsWith(":state"));
  const lock = state.replace(/state$/, "slots");
  await new Promise((held) => navigator.locks.request(lock, () => new Promise((done) => {
    window.letGo = done;
    held();
  })));
}"""
"""Change slots, as another window of the display may, until `letGo()`."""


def wait_for_two(page: Page) -> None:
    """Wait until each slot has a release of its own."""
    question = f"async () => {{ const {{ a, b }} = await ({SLOTS})(); return a && b && a !== b; }}"
    wait_until(page, question)


def begin(page: Page) -> None:
    """Walk up to a kiosk and use it."""
    page.wait_for_selector("html[data-script=ready]", state="attached")
    page.locator(".k-begin").first.click()
    page.wait_for_selector("html[data-view=home]", state="attached")


def note_titles(page: Page) -> list[str]:
    """Return the titles of whatever the page shows from now on."""
    titles: list[str] = []
    page.expose_function("noteTitle", lambda title: titles.append(title))  # noqa: PLW0108 - it is marked
    page.add_init_script("addEventListener('DOMContentLoaded', () => noteTitle(document.title))")
    return titles


@pytest.mark.parametrize("kind", ["kiosk", pytest.param("board", marks=pytest.mark.long)])
def test_a_display_boots_without_network(screen: BrowserContext, storm: Storm, kind: str) -> None:
    storm.install()
    path = find_path(storm, kind)
    page = screen.new_page()
    page.goto(path)
    wait_kept(page)
    storm.cut()
    begun = time.monotonic()
    page = reopen(page, path)
    wait_for_name(page, NAME)
    assert time.monotonic() - begun < get_boot_limit_s()
    page.wait_for_function("() => document.styleSheets.length >= 2")


@pytest.mark.parametrize(
    "weather",
    [
        Weather.HALF,
        pytest.param(Weather.PORTAL, marks=pytest.mark.long),
        pytest.param(Weather.TROUBLE, marks=pytest.mark.long),
        pytest.param(Weather.CRASHING, marks=pytest.mark.long),
        pytest.param(Weather.ELSEWHERE, marks=pytest.mark.long),
    ],
)
def test_whatever_answers_instead_of_us_replaces_nothing(
    kept: Page, storm: Storm, board: str, renamed: Served, weather: Weather
) -> None:
    before = kept.evaluate(SLOTS)
    assert any(before.values())
    storm.venues.put(renamed)
    storm.weather = weather
    tell_worker(kept, "look")
    begun = time.monotonic()
    page = reopen(kept, board)
    wait_for_name(page, NAME)
    assert time.monotonic() - begun < get_boot_limit_s()
    assert page.title() == NAME
    tell_worker(page, "look")
    page.wait_for_timeout(300)
    assert page.evaluate(SLOTS) == before
    # and when the weather clears the new release comes by itself
    storm.clear()
    tell_worker(page, "look")
    wait_for_name(page, f"{NAME} 2")


def test_a_worker_without_everything_is_none(screen: BrowserContext, storm: Storm) -> None:
    path = find_path(storm, "board")
    page = screen.new_page()
    page.goto(path)
    wait_kept(page)
    page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all[0].unregister())")
    page.evaluate("caches.keys().then(all => Promise.all(all.map(name => caches.delete(name))))")
    storm.weather = Weather.HALF
    refused = page.evaluate(
        """path => navigator.serviceWorker
          .register(trustedTypes ? "/display/sw.js" : "", {scope: path}).then(() => "", String)""",
        path,
    )
    assert refused
    assert page.evaluate("caches.match('/kept/manifest').then(Boolean)") is False


def test_a_new_release_is_shown_between_two_users(
    screen: BrowserContext, storm: Storm, kiosk: str, renamed: Served
) -> None:
    page = screen.new_page()
    page.goto(kiosk)
    wait_kept(page)
    begin(page)
    storm.venues.put(renamed)
    wait_for_two(page)
    for at in range(10):
        page.mouse.move(at, at)
        page.wait_for_timeout(200)
    assert page.title() == NAME, "it was taken from under somebody's finger"
    script = page.locator("script[type=module]").get_attribute("src") or ""
    page.evaluate(
        "src => import(new URL('frame.js', new URL(src, location)).href).then(f => f.released())",
        script,
    )
    wait_for_name(page, f"{NAME} 2")


@pytest.mark.long
def test_two_who_ask_for_the_newest_release_get_it(
    kept: Page, storm: Storm, renamed: Served
) -> None:
    shown = note_titles(kept)
    storm.venues.put(renamed)
    tell_worker(kept, "look")
    wait_for_name(kept, f"{NAME} 2")
    # as another window of the same display does
    tell_worker(kept, "swap")
    kept.wait_for_timeout(1_000)
    assert set(shown) == {f"{NAME} 2"}


def test_what_comes_while_the_worker_looks_is_shown_too(
    kept: Page, storm: Storm, board: str, renamed: Served
) -> None:
    kept.evaluate(HOLD)
    tell_worker(kept, "look")
    # it has its list, and waits to compare that with what is kept
    wait_until(kept, "() => navigator.locks.query().then(({ pending }) => pending.length)")
    storm.venues.put(renamed)
    storm.asked.clear()
    now = f"/api/v1/displays/{board.rsplit('/', 1)[1]}/now"
    # the page asks every two seconds what holds, and says so once
    while storm.asked.count(now) < 2:
        kept.wait_for_timeout(100)
    kept.evaluate("letGo()")
    wait_for_name(kept, f"{NAME} 2")


@pytest.mark.long
def test_a_release_that_was_taken_back_gives_way_to_the_one_before(
    kept: Page, storm: Storm, clinic: Served, renamed: Served
) -> None:
    for released, name in ((renamed, f"{NAME} 2"), (clinic, NAME), (renamed, f"{NAME} 2")):
        storm.venues.put(released)
        tell_worker(kept, "look")
        kept.wait_for_function("name => document.title === name", arg=name, polling=100)
        wait_kept(kept)


@pytest.mark.long
def test_who_looked_before_a_release_was_shown_does_not_undo_it(
    screen: BrowserContext, storm: Storm, kiosk: str, renamed: Served
) -> None:
    page = screen.new_page()
    shown = note_titles(page)
    page.goto(kiosk)
    wait_kept(page)
    begin(page)
    storm.venues.put(renamed)
    wait_for_two(page)
    storm.slow = frozenset({f"{kiosk}/kept"})
    storm.asked.clear()
    storm.venues.put(make_clinic(number=3, tag="3"))
    while f"{kiosk}/kept" not in storm.asked:
        tell_worker(page, "look")
        page.wait_for_timeout(100)
    tell_worker(page, "swap")
    wait_for_name(page, f"{NAME} 2")
    storm.slow = frozenset()
    wait_for_name(page, f"{NAME} 3")
    page.wait_for_load_state()
    page.evaluate("noteTitle(document.title)")
    assert [title for title, _ in groupby(shown)] == [NAME, f"{NAME} 2", f"{NAME} 3"]


def test_a_release_that_does_not_come_whole_is_not_shown(
    kept: Page, storm: Storm, board: str, renamed: Served
) -> None:
    storm.refused = frozenset({board})
    storm.venues.put(renamed)
    tell_worker(kept, "look")
    page = reopen(kept, board)
    wait_for_name(page, NAME)
    tell_worker(page, "look")
    page.wait_for_timeout(1_000)
    assert page.title() == NAME
    storm.clear()
    tell_worker(page, "look")
    wait_for_name(page, f"{NAME} 2")


@pytest.mark.long
def test_what_lasts_is_asked_for_once(
    screen: BrowserContext, storm: Storm, kiosk: str, clinic: Served
) -> None:
    storm.install()
    page = screen.new_page()
    page.goto(kiosk)
    wait_kept(page)
    storm.asked.clear()
    storm.refused = frozenset({kiosk})
    closed = Conditions(closures=(Closure(LIFT),))
    storm.venues.put(clinic.with_conditions(closed, 1))
    tell_worker(page, "look")
    page.wait_for_timeout(1_000)
    storm.refused = frozenset()
    tell_worker(page, "look")
    page.wait_for_function("() => document.body.dataset.version.split('-')[2] === '1'")
    assert not [path for path in storm.asked if "/map/" in path or path.endswith("/places")]


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        ("^/board/", "half"),
        pytest.param("^/board/", "gone", marks=pytest.mark.long),
        pytest.param("/static/.*board.js", "half", marks=pytest.mark.long),
        pytest.param("/static/.*board.js", "gone", marks=pytest.mark.long),
        pytest.param("/kept/manifest", "half", marks=pytest.mark.long),
        pytest.param("/kept/manifest", "gone", marks=pytest.mark.long),
    ],
)
def test_of_a_damaged_slot_nothing_is_shown(
    kept: Page, storm: Storm, board: str, renamed: Served, pattern: str, how: str
) -> None:
    storm.venues.put(renamed)
    tell_worker(kept, "look")
    wait_for_name(kept, f"{NAME} 2")
    current = kept.evaluate(
        """async () => { const name = (await caches.keys()).find((key) => key.endsWith(":state"));
          return (await (await (await caches.open(name)).match("/kept/pointer")).json()).slot; }"""
    )
    storm.cut()
    kept.evaluate(DAMAGE, [current, pattern, how])
    page = reopen(kept, board)
    # the release before is whole
    wait_for_name(page, NAME)
    assert page.title() == NAME
    storm.mend()
    tell_worker(page, "look")
    wait_for_name(page, f"{NAME} 2")


@pytest.mark.long
def test_with_both_slots_damaged_a_display_says_so_and_comes_back(
    kept: Page, storm: Storm, board: str
) -> None:
    for slot in "ab":
        kept.evaluate(DAMAGE, [slot, ".", "half"])
    storm.cut()
    page = reopen(kept, board)
    expect(page.locator("body")).to_contain_text("This screen is getting ready")
    storm.mend()
    wait_for_name(page, NAME)


@pytest.mark.long
def test_a_half_written_pointer_does_no_harm(kept: Page, storm: Storm, board: str) -> None:
    kept.evaluate(
        """async () => { const name = (await caches.keys()).find((key) => key.endsWith(":state"));
          await (await caches.open(name)).put("/kept/pointer", new Response('{"slot"')); }"""
    )
    storm.cut()
    page = reopen(kept, board)
    wait_for_name(page, NAME)


@pytest.mark.long
def test_an_id_in_small_letters_is_the_same_display(
    screen: BrowserContext, storm: Storm, board: str
) -> None:
    page = screen.new_page()
    page.goto(board.lower())
    page.wait_for_url(f"**{board}")
    wait_kept(page)
    storm.cut()
    page = reopen(page, board)
    wait_for_name(page, NAME)


@pytest.mark.long
def test_a_program_that_shows_nothing_gives_way_to_the_one_before(
    kept: Page, storm: Storm, broken: Flask
) -> None:
    before = kept.evaluate("document.body.dataset.program")
    storm.install(broken)
    tell_worker(kept, "look")
    kept.wait_for_function(f"() => document.body.dataset.program !== '{before}'")
    worker = kept.context.service_workers[0]
    worker.evaluate("firstPictureMs = 1000")
    with suppress(PlaywrightError):
        kept.reload()
    # opened three times, each time in vain
    kept.wait_for_function(f"() => document.body.dataset.program === '{before}'", timeout=60_000)
    tell_worker(kept, "look")
    kept.wait_for_timeout(1_000)
    assert kept.evaluate("document.body.dataset.program") == before


@pytest.mark.long
def test_two_displays_in_one_browser_keep_apart(open_screen: Open, storm: Storm) -> None:
    context = open_screen()
    paths = [find_path(storm, kind) for kind in ("kiosk", "board")]
    for path in paths:
        page = context.new_page()
        page.goto(path)
        wait_kept(page)
        page.close()
    storm.cut()
    for path in paths:
        page = context.new_page()
        page.goto(path)
        assert page.evaluate("document.body.dataset.path") == path
