"""Two browsers on one wall, what is not lost, and nobody who is kept out."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.ascii_plan import draw_plan
from tests.web.phone.test_axe import RULES, TOO_WIDE
from tests.web.studio.editor.site import EditorSite, open_site
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role

PLAN = draw_plan(
    """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+--2--+--3--+
    |hall             |
    +--0--------------+
    level 1 F2
    +-----+-----+
    |D    |E    |
    +-----+-----+
    """
)
ASKS_EVERY_MS = 2_000
"""The answer takes a second at most (`test_editor_api`): after three each sees what others did."""
DO = """async action => {
  const done = await window.wayfinder.work.do(action);
  return done && [...done.ids];
}"""
WALL = """() => {
  // the wall between A and B, and how far east it is by now
  const { plan } = window.wayfinder;
  const ring = plan.geometryToMetres(plan.get("A").geometry).coordinates[0];
  return Math.max(...ring.map(([x]) => x));
}"""
MOVE = """([distance, room]) => {
  const { plan } = window.wayfinder;
  const ring = plan.get(room).geometry.coordinates[0];
  const xs = ring.map(([x]) => x), east = room === "A" ? Math.max(...xs) : Math.min(...xs);
  const ends = ring.slice(1).filter(([x]) => Math.abs(x - east) < 1e-9);
  return { kind: "move-wall", feature: room, start: ends[0], end: ends[1], distance_m: distance };
}"""
KNOWN = """width => wayfinder.plan.list("opening").every(
  one => one.properties.wayfinder?.clear_width_m === width)"""
MODES = tuple(product(("zh-Hans", "en"), ("light", "dark"), (360, 1280)))
LOOKED_AT = (
    ("?check=1", ""),
    ("/..", ""),
    ("/edit?feature=A", "properties"),
    *(("/edit", tab) for tab in ("list", "issues", "route", "history")),
)
SMALL = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter(e => e.offsetParent && !e.closest('.hidden, .skip'))
  .filter(e => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)
  .filter(e => getComputedStyle(e).display !== 'inline' && e.type !== 'checkbox')
  .map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def site(
    browser: Browser,
    studio_template: object,
    passwords: Passwords,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[EditorSite]:
    folder = tmp_path_factory.mktemp("editor")
    with open_site(browser, studio_template, folder, passwords, PLAN) as site:  # type: ignore[arg-type]
        yield site


@pytest.fixture(scope="module")
def browsers(site: EditorSite) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two people with a browser each, which keep the scripts."""
    contexts = site.let_in("Ann"), site.let_in("Bob")
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture
def two(
    site: EditorSite, browsers: tuple[BrowserContext, BrowserContext]
) -> Iterator[tuple[Page, Page]]:
    """Two people in front of one draft."""
    site.open_draft()
    ann, bob = (site.edit(context) for context in browsers)
    yield ann, bob
    for page in (ann, bob):
        page.close()


def move_wall(page: Page, distance_m: float, room: str = "A") -> list[str]:
    """Move the wall between A and B, as somebody does who sees it where this page has it."""
    found: list[str] = page.evaluate(DO, page.evaluate(MOVE, [distance_m, room]))
    return found


def begin_moving(page: Page, distance_m: float) -> None:
    """Begin to move the wall, and do not wait until it is done."""
    action = page.evaluate(MOVE, [distance_m, "A"])
    page.evaluate("action => { window.asked = window.wayfinder.work.do(action); }", action)


def rename(room: str, name: str) -> dict[str, object]:
    """Make the edit that calls a room something else."""
    return {"kind": "rename", "feature": room, "names": {"en": name}}


def read_wall(page: Page) -> float:
    return round(float(page.evaluate(WALL)), 2)


def wait_for_wall(page: Page, east_m: float) -> None:
    page.wait_for_function(f"() => Math.abs(({WALL})() - {east_m}) < 0.01")


def test_each_asks_every_two_seconds_what_the_other_did(
    site: EditorSite, browsers: tuple[BrowserContext, BrowserContext]
) -> None:
    site.open_draft()
    ann = site.edit(browsers[0])
    with site.let_in("Bob") as context:
        # time goes on only when the test says so, and nothing is under way
        context.clock.install()
        bob = site.edit(context)
        context.clock.pause_at(bob.evaluate("Date.now()") / 1000 + 1)
        bob.wait_for_load_state("networkidle")
        for step in range(1, 4):
            assert {"A", "B"} <= set(move_wall(ann, 0.2))
            context.clock.run_for(ASKS_EVERY_MS)
            wait_for_wall(bob, 6 + 0.2 * step)
        context.clock.resume()
        expect(bob.locator("#editor-people")).to_contain_text("Ann")
        bob.locator("#tab-history").click()
        expect(bob.locator("#panel-history li").first).to_contain_text("Ann")
        move_wall(bob, 0.4)
        wait_for_wall(ann, 7.0)
    ann.close()


@pytest.mark.parametrize(
    ("choice", "east_m"), [pytest.param("theirs", 6.5, marks=pytest.mark.long), ("mine", 5.7)]
)
def test_who_was_not_first_sees_the_difference_and_takes_either(
    two: tuple[Page, Page], choice: str, east_m: float
) -> None:
    ann, bob = two
    bob.context.set_offline(True)
    begin_moving(bob, -0.3)
    expect(bob.locator("#editor-saved")).to_have_attribute("data-state", "offline")
    expect(bob.locator("#editor-saved")).to_contain_text("1 change waits")
    move_wall(ann, 0.5)
    bob.context.set_offline(False)
    dialog = bob.locator("dialog[open]")
    expect(dialog).to_contain_text("Ann")
    room = dialog.locator("[data-feature=A]")
    for area in ("24.0 m²", "22.8 m²", "26.0 m²"):  # as it was seen, mine, theirs
        expect(room).to_contain_text(area)
    if choice == "theirs":
        found = Axe().run(bob, options=RULES).response["violations"]
        assert [one["id"] for one in found] == []
    # the wall is no longer where it would be moved from
    expect(dialog.locator("[data-take=both]")).to_be_disabled()
    dialog.locator(f"[data-take={choice}]").click()
    expect(dialog).to_have_count(0)
    wait_for_wall(bob, east_m)
    wait_for_wall(ann, east_m)
    expect(bob.locator("#editor-saved")).to_have_attribute("data-state", "saved")


@pytest.mark.long
def test_what_goes_together_is_done_on_top_of_it(two: tuple[Page, Page]) -> None:
    ann, bob = two
    bob.context.set_offline(True)
    bob.evaluate("action => { window.wayfinder.work.do(action); }", rename("A", "X-ray"))
    expect(bob.locator("#editor-saved")).to_have_attribute("data-state", "offline")
    move_wall(ann, 0.5)
    bob.context.set_offline(False)
    bob.locator("dialog[open] [data-take=both]").click()
    wait_for_wall(bob, 6.5)
    ann.wait_for_function("() => window.wayfinder.plan.get('A').properties.name.en === 'X-ray'")
    wait_for_wall(ann, 6.5)


@pytest.mark.long
def test_what_waits_behind_another_edit_overwrites_nothing(two: tuple[Page, Page]) -> None:
    ann, bob = two
    bob.context.set_offline(True)
    for room, name in (("A", "X-ray"), ("B", "Surgery")):
        bob.evaluate("action => { window.wayfinder.work.do(action); }", rename(room, name))
    expect(bob.locator("#editor-saved")).to_contain_text("2 changes wait")
    ann.evaluate(DO, rename("B", "Ward"))
    bob.context.set_offline(False)
    dialog = bob.locator("dialog[open]")
    for name in ("Surgery", "Ward"):
        expect(dialog.locator("[data-feature=B]")).to_contain_text(name)
    ann.wait_for_function("() => window.wayfinder.plan.get('A').properties.name.en === 'X-ray'")
    dialog.locator("[data-take=theirs]").click()
    expect(bob.locator("#editor-saved")).to_have_attribute("data-state", "saved")
    for page in (ann, bob):
        assert page.evaluate("() => window.wayfinder.plan.get('B').properties.name.en") == "Ward"


@pytest.mark.long
def test_what_is_typed_is_of_what_was_there_as_one_began(two: tuple[Page, Page]) -> None:
    ann, bob = two
    bob.evaluate("() => window.wayfinder.state.select(['B'])")
    bob.locator("#tab-properties").click()
    field = bob.locator("#panel-properties [data-key='name.en']")
    field.fill("Surg")
    ann.evaluate(DO, rename("B", "Ward"))
    bob.wait_for_function("() => window.wayfinder.plan.get('B').properties.name.en === 'Ward'")
    expect(field).to_have_value("Surg")
    field.press("Tab")
    dialog = bob.locator("dialog[open]")
    for name in ("Surg", "Ward"):
        expect(dialog.locator("[data-feature=B]")).to_contain_text(name)
    dialog.locator("[data-take=mine]").click()
    ann.wait_for_function("() => window.wayfinder.plan.get('B').properties.name.en === 'Surg'")


def test_undo_and_redo_outlive_the_page(two: tuple[Page, Page]) -> None:
    ann, bob = two
    move_wall(ann, 0.5)
    move_wall(ann, 0.5)
    wait_for_wall(bob, 7.0)
    expect(bob.locator("#editor-turns button").first).to_be_disabled()
    ann.reload()
    ann.wait_for_selector("html[data-editor=ready]", state="attached")
    undo, redo = (ann.locator("#editor-turns button").nth(place) for place in (0, 1))
    undo.click()
    wait_for_wall(ann, 6.5)
    ann.locator("body").press("Control+z")
    wait_for_wall(ann, 6.0)
    expect(undo).to_be_disabled()
    wait_for_wall(bob, 6.0)
    ann.reload()
    ann.wait_for_selector("html[data-editor=ready]", state="attached")
    redo.click()
    wait_for_wall(ann, 6.5)
    ann.locator("body").press("Control+Shift+z")
    wait_for_wall(ann, 7.0)
    expect(redo).to_be_disabled()


@pytest.mark.long
def test_who_is_signed_out_loses_nothing(site: EditorSite, two: tuple[Page, Page]) -> None:
    ann, _ = two
    ann.context.clear_cookies()
    begin_moving(ann, 0.5)
    saved = ann.locator("#editor-saved")
    expect(saved).to_have_attribute("data-state", "out")
    expect(saved.locator("a")).to_be_visible()
    person = ann.evaluate(
        "() => JSON.parse(document.getElementById('editor-data').textContent).person.id"
    )
    site.sign_in(ann.context, int(person.partition(":")[2]))
    wait_for_wall(ann, 6.5)
    expect(saved).to_have_attribute("data-state", "saved")


@pytest.mark.long
def test_panels_lead_to_places_mend_and_follow(two: tuple[Page, Page]) -> None:
    ann, _ = two
    ann.evaluate(DO, {"kind": "delete", "features": ["door-1"]})
    ann.locator("#tab-issues").click()
    panel = ann.locator("#panel-issues")
    panel.locator("summary").first.click()
    item = panel.locator(".ed-item", has_text="joins A on")
    expect(item).to_be_visible()
    ann.evaluate("() => window.wayfinder.state.setLevel('level1')")
    item.locator("button").first.click()
    assert ann.evaluate("() => window.wayfinder.state.level") == "level0"
    item.locator("button.primary").click()
    expect(item).to_have_count(0)
    doors = "() => window.wayfinder.plan.list('opening').length"
    assert ann.evaluate(doors) == len([one for one in PLAN if one.feature_type == "opening"])
    # widths that nobody knows are typed once for all of a kind
    widths = panel.locator("[data-code=wheelchair-widths-unknown]")
    widths.get_by_role("button", name="4 doors").click()
    width = ann.locator("#panel-properties [data-key='ours.clear_width_m']")
    expect(width).to_be_focused()
    width.fill("1.1")
    width.press("Enter")
    ann.wait_for_function(KNOWN, arg=1.1)
    ann.locator("#tab-issues").click()
    expect(widths).to_contain_text("1 corridor")
    expect(widths).not_to_contain_text("doors")
    # what is refused is said, and nothing waits
    assert ann.evaluate(DO, {"kind": "delete", "features": ["level0"]}) is None
    expect(ann.locator("#editor-toasts [data-kind=bad]")).to_have_count(1)
    expect(ann.locator("#editor-saved")).to_have_attribute("data-state", "saved")
    follow_a_way(ann)


def follow_a_way(ann: Page) -> None:
    """See a way in the draft follow what is drawn."""
    ann.locator("#tab-route").click()
    panel = ann.locator("#panel-route")
    for place, room in enumerate(("A", "C")):
        ann.evaluate("room => window.wayfinder.state.select([room])", room)
        panel.locator(".ed-ends .ed-group").nth(place).locator("button").nth(1).click()
    expect(panel.locator(".ed-steps li").first).to_be_visible()
    ann.evaluate(DO, {"kind": "delete", "features": ["door-3"]})
    expect(panel.locator("[data-severity=error]")).to_be_visible()
    panel.locator("#route-network").check()
    ann.wait_for_function("() => window.wayfinder.network.isOn")


def test_viewers_look(site: EditorSite) -> None:
    context = site.let_in("Vera", Role.VIEWER)
    page = site.edit(context, "?level=level1&feature=E")
    assert page.evaluate("() => window.wayfinder.state.level") == "level1"
    assert page.evaluate("() => [...window.wayfinder.state.selection]") == ["E"]
    expect(page.locator("#editor-saved")).to_have_attribute("data-state", "read")
    assert page.evaluate(DO, {"kind": "delete", "features": ["A"]}) is None
    context.close()


def look(page: Page, name: str) -> dict[str, object]:
    """Return what is wrong with a page."""
    found: dict[str, object] = {}
    for violation in Axe().run(page, options=RULES).response["violations"]:
        nodes = [node["html"][:200] for node in violation["nodes"]][:3]
        found[f"{name}: {violation['id']}"] = nodes
    if wide := page.evaluate(TOO_WIDE.replace(".strip", ".side")):
        found[f"{name}: too wide"] = wide
    if small := page.evaluate(SMALL):
        found[f"{name}: small"] = small
    return found


@pytest.mark.long
def test_axe_finds_nothing(site: EditorSite) -> None:
    context = site.let_in("Ann")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: problems.append(str(error)))
    found: dict[str, object] = {}
    for (path, tab), (language, theme, width) in product(LOOKED_AT, MODES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.goto(f"{site.path}{path}{'&' if '?' in path else '?'}lang={language}")
        if tab:
            page.wait_for_selector("html[data-editor=ready]", state="attached")
            page.locator(f"#tab-{tab}").click()
        if tab == "issues":
            page.locator("#panel-issues summary").first.click()
        found |= look(page, f"{path} {tab} {language} {theme} {width}")
    context.close()
    assert found == {}
    assert [one for one in problems if not one.startswith(("log", "debug", "info"))] == []
