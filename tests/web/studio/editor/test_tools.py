"""Every other tool of the rail by the mouse: what is drawn is there, where it was drawn."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.studio.editor.hands import Hands
from tests.web.studio.editor.site import EditorSite

pytestmark = pytest.mark.long

_POINT = "([x, y]) => wayfinder.plan.toMetres([x, y])"
_ARE_SHOWN = "() => wayfinder.canvas.overlays.network?.edges.length"


@pytest.fixture
def hands(form_site: EditorSite, form_page: Page) -> Hands:
    """Return hands before a draft that is new, its ground floor in view."""
    form_site.open_draft()
    form_page.goto(f"{form_site.path}/edit?lang=en&level=level0")
    return Hands(form_page)


def set_option(hands: Hands, label: str, value: str) -> None:
    """Choose something in the tool's bar."""
    hands.page.locator(".ed-options").get_by_label(label, exact=True).select_option(value)


def read(hands: Hands, feature: str) -> dict[str, Any]:
    """Return the properties of a feature."""
    properties: dict[str, Any] = hands.get(feature)["properties"]
    return properties


def test_areas_and_lines(hands: Hands) -> None:
    west, south, east, north = hands.find_box("A")
    middle = (south + north) / 2

    hands.take("wall")
    with hands.making("detail") as wall:
        hands.click((west + 0.8, middle), (east - 0.8, middle))
        hands.press("Enter")
    assert read(hands, wall[0])["wayfinder"]["wall"] is True
    box = hands.find_box(wall[0])
    assert box == pytest.approx([west + 0.8, middle, east - 0.8, middle], abs=0.15)

    hands.take("furniture")
    with hands.making("fixture") as desk:
        hands.drag((west + 0.8, south + 0.6), (west + 1.8, south + 1.2))
    assert read(hands, desk[0])["category"] == "desk"
    assert hands.find_box(desk[0])[0] == pytest.approx(west + 0.8, abs=0.15)
    set_option(hands, "Kind", "kiosk")
    with hands.making("kiosk") as stall:
        hands.drag((east - 1.8, south + 0.6), (east - 0.8, south + 1.2))
    assert read(hands, stall[0])["level_id"] == "level0"

    hands.take("zone")
    west, south, east, north = hands.find_box("B")
    with hands.making("section") as section:
        hands.drag((west, south), (east, north))
    assert hands.find_box(section[0]) == pytest.approx([west, south, east, north], abs=0.2)
    set_option(hands, "Kind", "geofence")
    with hands.making("geofence") as fence:
        hands.drag((west + 0.5, south + 0.5), (east - 0.5, north - 0.5))
    assert read(hands, fence[0])["level_ids"] == ["level0"]

    # round what is chosen, without drawing
    set_option(hands, "Kind", "section")
    hands.choose("A", "B")
    with hands.making("section") as around:
        hands.page.locator(".ed-options [data-name=round]").click()
    assert hands.find_box(around[0])[0] == pytest.approx(hands.find_box("A")[0], abs=0.2)


def test_a_room_is_cut_out_of(hands: Hands) -> None:
    west, south, east, north = hands.find_box("B")
    hands.choose("B")
    hands.take("cut")
    corners = hands.list_corners("B")
    with hands.changing():
        hands.drag((east - 1.5, north - 1), (east + 0.02, north + 0.02))
    assert len(hands.list_corners("B")) == len(corners) + 2
    assert hands.find_box("B") == pytest.approx([west, south, east, north], abs=0.1)


def test_points(hands: Hands) -> None:
    west, south, east, north = hands.find_box("A")
    middle = ((west + east) / 2, (south + north) / 2)
    hands.take("place")
    set_option(hands, "What it is", "drinkingfountain")
    with hands.making("amenity") as fountain:
        hands.click(middle)
    assert read(hands, fountain[0])["category"] == "drinkingfountain"
    assert read(hands, fountain[0])["unit_ids"] == ["A"]
    at = hands.page.evaluate(_POINT, hands.get(fountain[0])["geometry"]["coordinates"])
    assert at == pytest.approx(middle, abs=0.15)

    # a department has a name first
    hands.take("department")
    hands.click((middle[0] + 1, middle[1]))
    expect(hands.page.locator(".ed-toast[data-kind=bad]")).to_be_visible()
    assert hands.list_ids("occupant") == {"X"}
    hands.page.locator(".ed-options").get_by_label("Name", exact=True).fill("Cardiology")
    hands.page.keyboard.press("Tab")
    with hands.making("occupant") as department:
        hands.click((middle[0] - 1, middle[1]))
    assert read(hands, department[0])["name"] == {"en": "Cardiology"}

    # a board on the north wall, which looks back into the room
    hands.take("display")
    set_option(hands, "Kind", "board")
    with hands.making("amenity") as board:
        hands.click((middle[0], north - 0.3))
    display = read(hands, board[0])["wayfinder"]["display"]
    assert display["kind"] == "board"
    assert display["bearing_deg"] == pytest.approx(180, abs=0.1)


def find_middle(hands: Hands, feature: str) -> tuple[float, float]:
    """Return the middle of a feature."""
    west, south, east, north = hands.find_box(feature)
    return (west + east) / 2, (south + north) / 2


def test_ways_are_drawn_and_forbidden(hands: Hands) -> None:
    hands.take("way")
    hands.page.locator(".ed-options").get_by_label("One way", exact=True).check()
    start, end = find_middle(hands, "A"), find_middle(hands, "hall")
    with hands.making("relationship") as drawn:
        hands.click(start, end)
        hands.press("Enter")
    assert read(hands, drawn[0])["direction"] == "directed"
    assert hands.get(drawn[0])["geometry"]["type"] == "LineString"

    # from a room through its door: one way, then not at all
    hands.take("connect")
    with hands.making("relationship") as through:
        hands.click(find_middle(hands, "B"), find_middle(hands, "door-2"), end)
    way = read(hands, through[0])
    assert [way[key]["id"] for key in ("origin", "destination")] == ["B", "hall"]
    assert [one["id"] for one in way["intermediary"]] == ["door-2"]
    assert way["direction"] == "directed"
    set_option(hands, "Kind", "banned")
    with hands.making("relationship") as banned:
        hands.click(find_middle(hands, "C"), find_middle(hands, "door-3"), end)
    assert read(hands, banned[0])["wayfinder"]["banned"] is True


def test_lengths_are_measured(hands: Hands) -> None:
    west, south, east, north = hands.find_box("A")
    hands.take("measure")
    hands.click((west, south), (east, south), (east, north))
    said = hands.page.locator(".ed-told, .ed-status").first
    expect(said).to_contain_text(f"{east - west + north - south:.2f} m")
    expect(said).to_contain_text(f"{(east - west) * (north - south) / 2:.1f} m²")
    hands.press("Escape", "Escape")
    expect(said).not_to_contain_text("m²")


def test_two_points_give_a_route_and_the_network_follows_what_is_drawn(hands: Hands) -> None:
    page = hands.page
    page.locator("#tab-route").click()
    panel = page.locator("#panel-route")
    panel.get_by_role("button", name="From: Click a point on the plan").click()
    hands.click(find_middle(hands, "A"))
    hands.click(find_middle(hands, "B"))
    steps = panel.locator(".ed-steps li")
    expect(steps.first).to_be_visible()
    assert steps.count() > 1
    panel.locator("#route-network").check()
    page.wait_for_function(_ARE_SHOWN)
    before = page.evaluate(_ARE_SHOWN)
    hands.choose("door-2")
    page.locator("#editor-canvas").focus()
    with hands.changing():
        hands.press("Delete")
    page.wait_for_function(f"n => ({_ARE_SHOWN})() < n", arg=before)
    expect(panel.locator("[data-severity=error]")).to_be_visible()
