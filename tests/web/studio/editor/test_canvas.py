"""The canvas in a browser: rooms drawn, divided, joined, doors and signs, by mouse and touch."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.ascii_plan import draw_plan
from tests.web.phone.test_axe import RULES
from tests.web.studio.editor.hands import Fingers, Hands, Metres
from tests.web.studio.editor.site import EditorSite, open_site
from wayfinder.services.people.passwords import Passwords

PLAN = draw_plan(
    """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+--2--+--3--+
    |hall             |
    +--0--------------+
    """
)
OpenEditor = Callable[..., Hands]
_TOOLS = "[...document.querySelectorAll('#editor-rail [data-tool]')].map(one => one.dataset.tool)"
_LIST_CUT = f"""{_TOOLS}.flatMap(tool => {{
  wayfinder.state.setTool(tool);
  return [".ed-options", ".ed-status"].flatMap(name => {{
    const bar = document.querySelector(name), seen = bar.getBoundingClientRect();
    return [...bar.querySelectorAll(".ed-fields > *, .ed-told")].filter(one => {{
      const box = one.getBoundingClientRect();
      return box.right > seen.right + 1 || box.bottom > seen.bottom + 1 || !box.width;
    }}).map(one => `${{tool}}: ${{one.textContent}}`);
  }});
}})"""
_LIST_HEIGHTS = f"""{_TOOLS}.map(tool => {{
  wayfinder.state.setTool(tool);
  return document.querySelector("#editor-canvas").clientHeight;
}})"""


@pytest.fixture(scope="module")
def site(
    browser: Browser,
    studio_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    passwords: Passwords,
) -> Iterator[EditorSite]:
    folder = tmp_path_factory.mktemp("canvas")
    with open_site(browser, studio_template, folder, passwords, PLAN) as site:
        yield site


@pytest.fixture
def open_editor(site: EditorSite) -> Iterator[OpenEditor]:
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def tell(line: ConsoleMessage) -> None:
        # a refusal is an answer, which the console calls a failure
        if line.type == "error" and "status of 422" not in line.text:
            problems.append(line.text)

    def open_one(**options: Any) -> Hands:  # noqa: ANN401 - Playwright's
        site.open_draft()
        context = site.let_in("Mei", **options)
        # as on an address of a hospital's network without TLS, where browsers have less
        context.add_init_script("delete Crypto.prototype.randomUUID")
        contexts.append(context)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("console", tell)
        return Hands(site.edit(context, "?lang=en"))

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


def list_sides(page: Page, door: str) -> set[str | None]:
    """Return what a door joins, as the server has it."""
    script = "door => wayfinder.session.get('sides', { door })"
    sides = page.evaluate(script, door)
    return {sides["left"], sides["right"]}


def set_wide_door(hands: Hands, at: Metres) -> None:
    """Say how wide a door is as one sets it, which holds until the tool is put away."""
    width = hands.page.get_by_label("Clear width in m")
    kind = hands.page.locator(".ed-options select").element_handle()
    for typed, read in (("1,200 mm", ""), ("95 cm", "0.95")):
        width.fill(typed)
        kind.focus()  # as a click on it does, which would open what stands there no more
        hands.page.wait_for_timeout(20)
        assert kind.evaluate("one => one === document.activeElement")
        assert width.input_value() == read
    said = hands.page.locator(".ed-toast[data-kind=bad]")
    assert "1200 mm" in said.inner_text()
    said.get_by_role("button").click()
    with hands.making("opening") as wide:
        hands.click(at)
    assert hands.get(wide[0])["properties"]["wayfinder"] == {"clear_width_m": 0.95}
    hands.press("v", "d")
    assert width.input_value() == ""


def sees_all(hands: Hands) -> bool:
    """Tell whether all of the floor is on the canvas, with some room around it."""
    west, south, east, north = hands.page.evaluate("wayfinder.canvas.floor.box")
    box = hands.page.evaluate("wayfinder.canvas.element.getBoundingClientRect().toJSON()")
    pixels = [hands.find_pixel(point) for point in ((west, south), (east, north))]
    return all(
        box["left"] + 10 < x < box["right"] - 10 and box["top"] + 10 < y < box["bottom"] - 10
        for x, y in pixels
    )


def delete_with_contents(hands: Hands, unit: str) -> None:
    """Delete a room that something stands in: that is said once, in the dialog that asks."""
    hands.choose(unit)
    hands.press("Delete")
    hands.page.wait_for_selector("dialog[open]")
    assert hands.page.locator(".ed-toast[data-kind=bad]").count() == 0
    hands.page.locator("dialog[open] [data-key=do]").click()
    hands.page.wait_for_function("id => !wayfinder.plan.get(id)", arg=unit)


def test_rooms_are_drawn_divided_joined_and_get_doors_and_signs(open_editor: OpenEditor) -> None:
    hands = open_editor()
    page = hands.page
    _, south, east, north = hands.find_box("C")
    hands.look_at(east - 8, south - 6, east + 12, north + 6)
    hands.press("r")
    with hands.making("unit") as first:
        hands.click((east + 0.05, south + 0.04), (east + 4.02, north - 0.05))
    assert hands.list_corners(first[0]) >= {(round(east, 2), round(south, 2))}

    # the next one by dragging, beside it: its corners are those of the first
    with hands.making("unit") as second:
        hands.drag((east + 4.03, south + 0.03), (east + 7, north + 0.06))
    shared = hands.list_corners(first[0]) & hands.list_corners(second[0])
    assert len(shared) == 2
    middle = max(x for x, _ in shared)

    # divided and joined again
    hands.take("split")
    with hands.making("unit") as part:
        hands.click((east + 2, south + 0.05), (east + 2, north - 0.05))
        hands.press("Enter")
    hands.take("merge")
    units = hands.list_ids("unit")
    with hands.changing():
        hands.press("Escape")
        hands.take("merge")
        hands.click((east + 1, south + 1), (east + 3, south + 1))
        hands.press("Enter")
    assert len(hands.list_ids("unit")) == len(units) - 1
    kept = next(key for key in (first[0], part[0]) if hands.get(key))

    # a door between the two: it is said beforehand what it joins
    hands.press("d")
    with hands.making("opening") as door:
        hands.click((middle - 0.3, (south + north) / 2))
    assert list_sides(page, door[0]) == {kept, second[0]}
    assert not hands.get(door[0])["properties"].get("wayfinder")  # nobody said how wide it is
    set_wide_door(hands, (east + 1, south))

    # a sign on the west wall of the second room looks east into it
    hands.press("g")
    with hands.making("amenity") as sign:
        hands.click((middle + 0.2, north - 0.6))
    face = hands.get(sign[0])["properties"]["wayfinder"]["sign"]
    assert face["bearing_deg"] == pytest.approx(90, abs=0.1)
    assert hands.get(sign[0])["properties"]["unit_ids"] == [second[0]]

    # the wall between them moves both, and the door
    hands.choose(kept)
    hands.press("e")
    before = hands.find_box(door[0])
    with hands.changing():
        hands.drag((middle, south + 0.6), (middle + 1, south + 0.6))
    assert hands.find_box(kept)[2] == pytest.approx(hands.find_box(second[0])[0], abs=0.01)
    moved = hands.find_box(kept)[2] - middle
    assert moved == pytest.approx(1, abs=0.2)
    assert hands.find_box(door[0])[0] - before[0] == pytest.approx(moved, abs=0.01)

    delete_with_contents(hands, second[0])


@pytest.mark.long
def test_a_floor_is_shown_whole_until_it_is_moved(open_editor: OpenEditor) -> None:
    hands = open_editor()
    page = hands.page
    assert sees_all(hands)
    before = page.evaluate("wayfinder.canvas.map.getSize()[0]")
    page.set_viewport_size({"width": 1000, "height": 700})
    page.wait_for_function("before => wayfinder.canvas.map.getSize()[0] < before", arg=before)
    assert sees_all(hands)
    hands.look_at(0, 0, 2, 2)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("before => wayfinder.canvas.map.getSize()[0] === before", arg=before)
    assert not sees_all(hands)
    # whoever comes back to the draft goes on where they were; on a tablet held upright the plan has
    # the screen until a panel is asked for
    seen = page.evaluate("wayfinder.canvas.readView()")
    page.set_viewport_size({"width": 768, "height": 1024})
    page.reload()
    again = Hands(page)
    assert page.evaluate("wayfinder.canvas.readView()") == seen
    assert not sees_all(again)
    panel, tab = page.locator("#panel-properties"), page.locator("#tab-properties")
    assert not panel.is_visible()
    tab.click()
    assert panel.is_visible()
    tab.click()
    assert not panel.is_visible()
    # all tools are in sight, and all that they are told
    rail = page.locator("#editor-rail")
    assert rail.evaluate("one => one.scrollHeight <= one.clientHeight")
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(_LIST_CUT) == []
    # the plan stays where it is when another one is taken
    heights = page.evaluate(_LIST_HEIGHTS)
    assert max(heights) - min(heights) <= 2


@pytest.mark.long
def test_lengths_are_typed_and_points_taken_back(open_editor: OpenEditor) -> None:
    hands = open_editor()
    page = hands.page
    west, south, _, north = hands.find_box("A")
    hands.look_at(west - 12, south - 4, west + 6, north + 8)
    hands.press("p")
    hands.click((west - 8, north + 2), (west - 3, north + 2.04), (west - 3, north + 6))
    hands.press("Backspace")
    hands.move((west - 3, north + 5))
    page.keyboard.type("2.5")
    page.keyboard.press("Enter")
    hands.move((west - 8.02, north + 4.52))
    with hands.making("unit") as made:
        hands.click((west - 8.02, north + 4.52))
        hands.press("Enter")
    box = hands.find_box(made[0])
    assert box[3] - box[1] == pytest.approx(2.5, abs=0.001)
    assert len(hands.list_corners(made[0])) == 4

    # Escape leaves nothing behind, and then the tool
    units = hands.list_ids("unit")
    hands.press("p")
    hands.click((west - 8, south), (west - 4, south))
    hands.press("Escape")
    assert page.evaluate("wayfinder.state.tool") == "room"
    hands.press("Escape")
    assert page.evaluate("wayfinder.state.tool") == "select"
    assert hands.list_ids("unit") == units


@pytest.mark.long
def test_what_is_chosen_is_moved_turned_and_deleted(open_editor: OpenEditor) -> None:
    hands = open_editor()
    west, south, east, north = hands.find_box("B")
    hands.look_at(west - 8, south - 6, east + 8, north + 6)
    hands.press("g")
    with hands.making("amenity") as sign:
        hands.click((west + 3, north - 0.2))
    point = hands.find_box(sign[0])[:2]
    hands.press("v")
    # the handle before it turns it: the sign looked south, now it looks east
    resolution = hands.page.evaluate("wayfinder.canvas.map.getView().getResolution()")
    with hands.changing():
        hands.drag((point[0], point[1] - 46 * resolution), (point[0] + 2, point[1]))
    assert hands.get(sign[0])["properties"]["wayfinder"]["sign"]["bearing_deg"] == 90
    # along the wall, and onto another one: it turns with the wall
    with hands.changing():
        hands.drag(point, (east - 0.2, (south + north) / 2))
    assert hands.get(sign[0])["properties"]["wayfinder"]["sign"]["bearing_deg"] == 270
    with hands.changing():
        hands.press("Delete")
    assert hands.get(sign[0]) is None


@pytest.mark.long
def test_fingers_draw_pan_and_ask_for_more(open_editor: OpenEditor) -> None:
    hands = open_editor(has_touch=True, viewport={"width": 1024, "height": 768})
    page, fingers = hands.page, Fingers(hands)
    _, south, east, north = hands.find_box("C")
    hands.look_at(east - 8, south - 6, east + 12, north + 6)
    hands.take("rectangle")
    fingers.tap((east + 1, south + 0.5))
    # two fingers move the floor and leave what is drawn as it is
    centre = page.evaluate("wayfinder.canvas.map.getView().getCenter()")
    x, y = hands.find_pixel((east + 2, south + 2))
    fingers.slide_all([(x, y), (x + 120, y)], [(x - 60, y - 40), (x + 60, y - 40)])
    page.wait_for_timeout(200)
    assert page.evaluate("wayfinder.canvas.map.getView().getCenter()") != centre
    with hands.making("unit") as made:
        fingers.tap((east + 5, south + 3.5))
    # a finger is not exact: the corners have gone level with those of the room beside
    box = hands.find_box(made[0])
    assert (box[1], box[3]) == pytest.approx((south, north), abs=0.001)
    assert (box[0], box[2]) == pytest.approx((east + 1, east + 5), abs=0.3)

    # what has no end of its own has a button for it, for there is no Enter
    hands.take("split")
    finish = page.locator(".ed-options [data-name=finish]")
    assert finish.is_disabled()
    fingers.tap(((box[0] + box[2]) / 2, box[1]), ((box[0] + box[2]) / 2, box[3]))
    with hands.making("unit") as part:
        finish.tap()
    page.keyboard.press("Control+z")
    page.wait_for_function("id => !wayfinder.plan.get(id)", arg=part[0])

    # a door by sliding to the wall
    hands.take("door")
    with hands.making("opening") as door:
        fingers.slide((box[0] + 2, box[1] + 2), (box[0] + 0.2, box[1] + 1.5))
    assert made[0] in list_sides(page, door[0])

    # a long press offers what else can be done; nothing of it keeps anybody out
    hands.take("select")
    fingers.hold((box[0] + 2, box[1] + 2))
    menu = page.locator(".ed-menu [role=menuitem]")
    assert "Divide it" in menu.all_text_contents()
    assert all(item.bounding_box()["height"] >= 44 for item in menu.all())  # type: ignore[index]
    hands.press("Escape")
    assert menu.count() == 0
    assert page.evaluate("[...wayfinder.state.selection]") == made
    fingers.hold((box[0] + 2, box[1] + 2))
    found = Axe().run(page, context=".ed-middle", options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    with hands.changing():
        menu.get_by_text("Delete").tap()
    assert hands.get(made[0]) is None
