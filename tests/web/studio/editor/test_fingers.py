"""Fingers alone at the plan, on a tablet: what a mouse does with Shift."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.studio.editor.hands import Fingers, Hands
from tests.web.studio.editor.site import EditorSite

CHOSEN = "[...wayfinder.state.selection].sort()"
TICKED, LISTED = ".ed-options [data-name=several]", "#editor-list [data-key=several]"


@pytest.fixture
def hands(form_site: EditorSite) -> Iterator[Hands]:
    form_site.open_draft()
    context = form_site.let_in("Mei", has_touch=True, viewport={"width": 1024, "height": 768})
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    hands = Hands(form_site.edit(context, "?lang=en&level=level0"))
    west, south, east, north = hands.page.evaluate("wayfinder.canvas.floor.box")
    hands.look_at(west - 2, south - 2, east + 2, north + 5)
    yield hands
    context.close()
    assert problems == []


@pytest.fixture
def fingers(hands: Hands) -> Fingers:
    return Fingers(hands)


def find_middle(hands: Hands, room: str) -> tuple[float, float]:
    """Return the middle of a room's western half: amid C stands a department."""
    west, south, east, north = hands.find_box(room)
    return (3 * west + east) / 4, (south + north) / 2


@pytest.mark.long
def test_a_long_press_takes_in_beside_what_is_chosen_and_out(
    hands: Hands, fingers: Fingers
) -> None:
    menu = hands.page.locator(".ed-menu [role=menuitem]")
    fingers.hold(find_middle(hands, "A"))
    expect(menu.first).to_be_visible()
    assert not [one for one in menu.all_text_contents() if one.startswith("Choose")]
    hands.press("Escape")
    fingers.hold(find_middle(hands, "B"))
    menu.get_by_text("Choose this too").tap()
    assert hands.page.evaluate(CHOSEN) == ["A", "B"]
    fingers.hold(find_middle(hands, "A"))
    menu.get_by_text("Choose this no more").tap()
    assert hands.page.evaluate(CHOSEN) == ["B"]


@pytest.mark.long
def test_several_are_chosen_by_taps_and_a_box_and_moved(hands: Hands, fingers: Fingers) -> None:
    page = hands.page
    a, b, c = (find_middle(hands, room) for room in "ABC")
    west, south, east, north = hands.find_box("A")
    page.locator(TICKED).tap()
    fingers.tap(a, b, c, a)
    assert page.evaluate(CHOSEN) == ["B", "C"]
    # a box takes in what lies wholly in it; what is tapped amiss loses nothing, and the floor stays
    view = page.evaluate("wayfinder.canvas.readView()")
    fingers.slide((west - 1, north + 1), (east - 1, south + 1))
    assert page.evaluate(CHOSEN) == ["B", "C"]
    fingers.slide((west - 1, north + 1), (east + 1, south - 1))
    fingers.tap((west - 1, north + 3))
    assert page.evaluate(CHOSEN) == ["A", "B", "C", "door-1"]
    assert page.evaluate("wayfinder.canvas.readView()") == view
    with hands.changing():
        fingers.slide(b, (b[0], b[1] + 3))
    moved = {round(hands.find_box(room)[1] - south, 2) for room in "ABC"}
    assert len(moved) == 1
    assert moved.pop() > 2
    # in the list a tap does the same, until another tool is taken
    page.locator("#tab-list").tap()
    expect(page.locator(LISTED)).to_be_checked()
    page.locator("#editor-list [data-id=door-1]").tap()
    assert page.evaluate(CHOSEN) == ["A", "B", "C"]
    hands.take("reshape")
    expect(page.locator(LISTED)).not_to_be_checked()
    hands.take("select")
    fingers.tap(find_middle(hands, "A"))
    assert page.evaluate(CHOSEN) == ["A"]


@pytest.mark.long
def test_a_whole_wall_is_moved_with_all_rooms_along_it(hands: Hands, fingers: Fingers) -> None:
    west, south, _, _ = hands.find_box("A")
    hands.choose("hall")
    hands.take("reshape")
    hands.page.locator(".ed-options [data-name=isWhole]").tap()
    with hands.changing():
        fingers.slide((west + 1.5, south), (west + 1.5, south + 1))
    wall = [hands.find_box("hall")[3], hands.find_box("A")[1], hands.find_box("B")[1]]
    assert wall == pytest.approx([wall[0]] * 3, abs=0.001)
    assert wall[0] > south + 0.5
    assert hands.find_box("C")[1] == pytest.approx(south, abs=0.001)
