"""Names never cover each other, stay in their rooms, and keep off the route."""

from itertools import combinations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from tests.draw.samples import clinic, find_way, level, many_rooms, plan_of, room
from wayfinder.draw.boxes import Box
from wayfinder.draw.route import RouteDrawing, make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import Drawing, draw_level
from wayfinder.formats import ReadResult
from wayfinder.model import Plan

NAMES = st.sampled_from(
    ["CT", "Cardiology", "心血管内科", "Registration & Cashier", "Physiotherapy West", "诊室12"]
)


def draw(
    plan: Plan,
    index: int = 0,
    *,
    second: str | None = "en",
    zooms: int = 3,
    route: RouteDrawing | None = None,
    width_px: float = 1000.0,
    heads_up_deg: float | None = None,
) -> Drawing:
    key = plan.levels[index].id
    scene = make_scene(plan, key, language="zh-Hans", second_language=second)
    return draw_level(
        scene,
        width_px=width_px,
        route=route,
        heads_up_deg=heads_up_deg,
        style=Style(zooms=zooms),
    )


def boxes_at(drawing: Drawing, zoom: int) -> list[Box]:
    labels = [label.box(zoom) for label in drawing.labels if label.zoom <= zoom]
    symbols = [symbol.box(zoom) for symbol in drawing.symbols if symbol.zoom <= zoom]
    return [*labels, *symbols, *drawing.overlay.taken]


def assert_apart(drawing: Drawing, zooms: int) -> None:
    for zoom in range(zooms):
        shapes = [one.polygon for one in boxes_at(drawing, zoom)]
        tree = shapely.STRtree(shapes)
        if not shapes:
            continue
        for i, j in zip(*tree.query(shapes, predicate="intersects"), strict=True):
            if i < j and min(i, j) < len(shapes) - len(drawing.overlay.taken):
                assert shapes[i].intersection(shapes[j]).area < 1e-3, (zoom, i, j)
        for one in boxes_at(drawing, zoom):
            assert one.inside(drawing.view.frame)


@pytest.mark.parametrize("width", [320.0, 1600.0])
@pytest.mark.parametrize("heads_up", [None, 37.0, 200.0])
def test_on_the_sample_nothing_covers_anything(width: float, heads_up: float | None) -> None:
    plan = clinic()
    route = make_route(plan, find_way("Main Entrance", "Paediatrics"), language="zh-Hans")
    for index in (0, 1):
        drawing = draw(plan, index, route=route, width_px=width, heads_up_deg=heads_up)
        assert_apart(drawing, 3)
        assert len(drawing.labels) > 5


def test_names_and_symbols_keep_off_the_route() -> None:
    plan = clinic()
    route = make_route(plan, find_way("Main Entrance", "Paediatrics"), language="en")
    drawing = draw(plan, route=route)
    for label in drawing.labels:
        assert not drawing.overlay.blocks.intersects(label.box(label.zoom).polygon)
    for symbol in drawing.symbols:
        assert not drawing.overlay.blocks.intersects(symbol.box(symbol.zoom).polygon)


def test_three_hundred_rooms_in_two_languages_are_named_as_one_zooms() -> None:
    drawing = draw(many_rooms(), zooms=4, width_px=800)
    assert_apart(drawing, 4)
    named = [sum(label.zoom <= zoom for label in drawing.labels) for zoom in range(4)]
    assert named == sorted(named)
    assert named[0] < named[3]
    assert named[3] >= 0.95 * 305


def test_a_name_lies_in_its_room() -> None:
    drawing = draw(clinic(), width_px=1200)
    for label in drawing.labels:
        if label.place.home is not None and not label.free:
            home = drawing.view.shape(label.place.home)
            assert home.buffer(0.5).contains(label.box(label.zoom).polygon), label.lines


def test_free_names_do_not_cross_walls() -> None:
    plan = clinic()
    drawing = draw(plan, width_px=1200)
    scene = make_scene(plan, plan.levels[0].id, language="zh-Hans", second_language="en")
    walls = drawing.view.shape(scene.walls.inner)
    free = [label for label in drawing.labels if label.place.home is None]
    assert free
    assert all(not walls.intersects(label.box(label.zoom).polygon) for label in free)


def test_letters_are_turned_along_a_narrow_room_and_never_upside_down() -> None:
    names = {"en": "Corridor West"}
    plan = plan_of(level(), room("a", box(0, 0, 2, 30), names), room("b", box(2, 0, 20, 30)))
    drawing = draw(plan, width_px=500, second=None, heads_up_deg=0.0)
    (label,) = (label for label in drawing.labels if label.place.feature == "a")
    assert label.angle == pytest.approx(-90)


def test_what_nearly_everybody_looks_for_is_named_however_small_its_room() -> None:
    names = {"en": "Registration and Cashier"}
    plan = plan_of(
        level(),
        room("hall", box(0, 0, 60, 30), category="walkway"),
        room("desk", box(20, 30, 23, 34), names, category="registrationcashier"),
        room(
            "store",
            box(23, 30, 26, 34),
            {"en": "Store Room Number Four"},
            category="consultingroom",
        ),
    )
    drawing = draw(plan, width_px=400, second=None)
    named = {label.place.feature: label for label in drawing.labels if not label.zoom}
    assert named["desk"].free
    assert "store" not in named


def test_rooms_of_staff_are_named_only_as_one_zooms() -> None:
    plan = plan_of(
        level(),
        room("plant", box(0, 0, 30, 15), {"en": "Plant Room"}, category="plantroom"),
        room("ward", box(30, 0, 60, 15), {"en": "Ward"}, category="ward"),
    )
    drawing = draw(plan, width_px=600, second=None)
    assert {label.place.feature: label.zoom for label in drawing.labels} == {"ward": 0, "plant": 1}


def test_more_important_places_are_named_first() -> None:
    names = {"en": "Information Desk Hall"}
    crowded = [
        room("one", box(0, 0, 12, 6), {"en": "Some Office Name"}, category="office"),
        room("two", box(0, 0, 12, 6), names, category="room"),
    ]
    pharmacy = room("pharmacy", box(0, 0, 12, 6), {"en": "Pharmacy"}, category="pharmacy")
    drawing = draw(plan_of(level(), *crowded, pharmacy), width_px=260, second=None, zooms=1)
    assert [label.place.feature for label in drawing.labels][:1] == ["pharmacy"]


@given(
    st.lists(
        st.tuples(*[st.integers(0, 6)] * 2, *[st.integers(2, 9)] * 2, NAMES),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from([240.0, 500.0, 1100.0]),
    st.sampled_from([None, 0.0, 33.0]),
)
def test_whatever_the_rooms_nothing_covers_anything(
    rooms: list[tuple[int, int, int, int, str]], width: float, heads_up: float | None
) -> None:
    features = [
        room(f"r{i}", box(x * 4, y * 4, x * 4 + w, y * 4 + h), {"zh-Hans": name, "en": name[::-1]})
        for i, (x, y, w, h, name) in enumerate(rooms)
    ]
    drawing = draw(plan_of(level(), *features), width_px=width, heads_up_deg=heads_up)
    assert_apart(drawing, 3)


@pytest.mark.long
def test_a_real_building_is_named_without_overlaps(read_office: ReadResult) -> None:
    plan = read_office.plan
    named = 0
    for index, _ in enumerate(plan.levels):
        drawing = draw(plan, index, width_px=1600)
        assert_apart(drawing, 3)
        named += len(drawing.labels)
    assert named > 300


def test_larger_letters_need_more_room() -> None:
    plan = clinic()
    scene = make_scene(plan, plan.levels[0].id, language="en")
    normal = draw_level(scene, width_px=700, style=Style(zooms=1))
    large = draw_level(scene, width_px=700, style=Style(zooms=1, text_scale=1.6))
    assert len(large.labels) < len(normal.labels)
    tall = [max(label.height_px / len(label.lines) for label in d.labels) for d in (normal, large)]
    assert tall[1] > tall[0]


def test_pairs_are_checked_at_all() -> None:
    one, other = Box(0, 0, 10, 10), Box(4, 4, 10, 10)
    assert any(a.overlaps(b) for a, b in combinations((one, other), 2))
