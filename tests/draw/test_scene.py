"""A level becomes rooms by kind, walls that are open at the doors, names and symbols."""

from math import cos, radians, sin

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from tests.ascii_plan import draw_plan, way
from tests.draw.samples import clinic, feature, level, plan_of, room
from wayfinder.draw.scene import Area, Place, Scene, make_scene
from wayfinder.model import Plan, make_feature

TWO_ROOMS = """
    +-----+-----+
    |A    |B    |
    |     |     |
    +--1--+--2--+
    3hall       |
    +-----------+
"""


def scene_of(plan: Plan, language: str = "en", second: str | None = None) -> Scene:
    return make_scene(plan, plan.levels[0].id, language=language, second_language=second)


def area_of(scene: Scene, key: str) -> Area:
    return next(area for area in scene.areas if area.feature == key)


def place_of(scene: Scene, key: str) -> Place:
    return next(place for place in scene.places if place.feature == key)


def walls_of(scene: Scene) -> BaseGeometry:
    return shapely.union_all([scene.walls.inner, scene.walls.outer])


def test_walls_stand_around_rooms_and_are_open_at_doors() -> None:
    scene = scene_of(draw_plan(TWO_ROOMS))
    walls = walls_of(scene)
    assert walls.distance(Point(6, -2)) < 0.01
    assert walls.distance(Point(1, -6)) < 0.01
    assert walls.distance(Point(3, -6)) > 0.3
    assert walls.distance(Point(0, -8)) > 0.3
    assert scene.walls.outer.distance(Point(12, -4)) < 0.01


def test_a_leaf_swings_into_the_room_and_not_into_the_corridor() -> None:
    scene = scene_of(draw_plan(TWO_ROOMS))
    doors = {door.feature: door for door in scene.doors}
    (leaf,) = doors["door-1"].leaves
    assert area_of(scene, "A").outline.covers(Point(leaf.coords[-1]))
    assert leaf.length == pytest.approx(1, abs=0.01)
    assert doors["door-1"].inward is None


@pytest.mark.parametrize("kind", ["open", "sliding", "revolving"])
def test_a_door_that_does_not_swing_has_no_leaf(kind: str) -> None:
    door = {"door": {"type": kind, "automatic": False}}
    scene = scene_of(draw_plan(TWO_ROOMS, doors={"1": door}))
    leaves = {door.feature: len(door.leaves) for door in scene.doors}
    assert leaves["door-1"] == 0
    assert leaves["door-2"] == 1


def test_open_areas_in_touch_have_no_wall_between_them() -> None:
    drawing = """
        +-----+-----+
        |hall :wait |
        |     :     |
        +-----+-----+
    """
    open_ = scene_of(draw_plan(drawing))
    closed = scene_of(draw_plan(drawing, units={"wait": "room"}))
    assert walls_of(open_).distance(Point(6, -3)) > 1
    assert walls_of(closed).distance(Point(6, -3)) < 0.01


def test_a_door_between_two_open_areas_hangs_in_a_wall() -> None:
    drawing = """
        +-----+-----+
        |hall :wait |
        |     :     |
        |     1     |
        +-----+-----+
    """
    walls = walls_of(scene_of(draw_plan(drawing)))
    assert walls.distance(Point(6, -2)) < 0.01
    assert walls.distance(Point(6, -6)) > 0.3


def test_stairs_without_a_door_are_open_to_the_corridor() -> None:
    drawing = """
        +-----+-----+
        |hall |stairs
        |     |     |
        +-----+-----+
    """.replace("stairs\n", "stairs|\n")
    without = scene_of(draw_plan(drawing.replace("stairs|", "stair|"), units={"stair": "stairs"}))
    assert walls_of(without).distance(Point(6, -3)) > 0.5
    assert [flight.category for flight in without.flights] == ["stairs"]


def test_a_narrow_gap_between_rooms_is_solid_wall() -> None:
    plan = plan_of(level(), room("a", box(0, 0, 4, 4)), room("b", box(4.3, 0, 8, 4)))
    scene = scene_of(plan)
    assert scene.walls.solid.area == pytest.approx(0.3 * 4, rel=0.05)
    assert scene.walls.outline.area == pytest.approx(8 * 4, rel=0.01)


def test_kinds_come_from_category_access_and_occupant() -> None:
    plan = draw_plan(
        """
        +-----+-----+-----+-----+
        |A    |B    |wc   |lift |
        |@drug|     |     |     |
        +-----+-----+-----+-----+
        """,
        units={"B": {"category": "room", "access": "staff"}},
        places={"drug": {"category": "pharmacy", "name": {"en": "Pharmacy", "zh-Hans": "药房"}}},
    )
    scene = scene_of(plan)
    kinds = {area.feature: area.kind for area in scene.areas}
    assert kinds == {"A": "service", "B": "staff", "wc": "sanitary", "lift": "vertical"}
    pharmacy = next(p for p in scene.places if p.symbol == "pharmacy")
    assert [text.text for text in pharmacy.texts] == ["Pharmacy"]
    assert pharmacy.home is not None
    assert not [place for place in scene.places if place.feature == "A"]


def test_a_second_language_is_added_where_it_differs() -> None:
    names = {"en": "Lab", "zh-Hans": "检验科"}
    same = {"en": "CT", "zh-Hans": "CT"}
    plan = plan_of(level(), room("a", box(0, 0, 5, 5), names), room("b", box(5, 0, 9, 5), same))
    scene = scene_of(plan, "zh-CN", "en")
    assert [text.text for text in place_of(scene, "a").texts] == ["检验科", "Lab"]
    assert [text.text for text in place_of(scene, "b").texts] == ["CT"]
    assert scene.short_label == "1层"


def test_an_amenity_is_on_the_level_of_its_room_and_a_sign_is_not_drawn() -> None:
    water = feature("amenity", "w", Point(1, 1), category="drinkingfountain", unit_ids=["hall"])
    sign = feature("amenity", "s", Point(2, 2), category="signage", unit_ids=["hall"])
    astray = feature("amenity", "x", Point(2, 1), category="drinkingfountain", unit_ids=["gone"])
    plan = plan_of(level(), room("hall", box(0, 0, 8, 8)), water, sign, astray)
    assert [place.feature for place in scene_of(plan).places] == ["w"]


def test_an_amenity_does_not_repeat_the_symbol_of_its_room() -> None:
    plan = draw_plan(
        """
        +---------+---------+
        |wc       |hall     |
        |*restroom|*atm     |
        +---------+---------+
        """
    )
    symbols = [place.symbol for place in scene_of(plan).places]
    assert symbols.count("toilets") == 1
    assert symbols.count("atm") == 1


def test_open_ground_shows_its_gate_and_the_names_of_the_buildings_on_it() -> None:
    names = {"name": {"en": "Tower"}}
    gate = LineString([(8, 0), (12, 0)])
    plan = plan_of(
        level("grounds", outdoor=True),
        room("square", box(0, 0, 20, 10), category="parking", level_id="grounds"),
        feature("opening", "gate", gate, category="pedestrian.principal", level_id="grounds"),
        make_feature("tower", "building", properties=names),
        level("T1", building_ids=["tower"]),
    )
    scene = make_scene(plan, "grounds", language="en")
    (door,) = scene.doors
    assert door.inward == pytest.approx((0, 1))
    assert place_of(scene, "gate").symbol == "entrance"
    assert place_of(scene, "tower").texts[0].text == "Tower"
    assert scene.drawn_indoors == []
    assert "tower" not in {place.feature for place in make_scene(plan, "T1", language="en").places}


def test_a_room_within_a_room_lies_above_it() -> None:
    plan = plan_of(
        level(),
        room("small", box(4, 4, 6, 6)),
        room("large", box(0, 0, 20, 20)),
        room("x", box(20, 0, 25, 9)),
    )
    layers = {area.feature: area.layer for area in scene_of(plan).areas}
    assert layers["small"] > layers["large"] == layers["x"] == 0


def test_a_door_to_the_outside_is_an_entrance_and_an_emergency_exit_is_not() -> None:
    plan = draw_plan(
        """
        +--1--+
        |hall |
        +--2--+
        """,
        doors={"2": {"emergency_only": True}},
    )
    scene = scene_of(plan)
    entrance, exit_ = place_of(scene, "door-1"), place_of(scene, "door-2")
    assert entrance.symbol == "entrance"
    assert exit_.symbol == "exit"
    assert entrance.point[1] > 0
    assert exit_.rank > entrance.rank


def test_an_area_off_the_footprint_lies_in_the_open() -> None:
    plan = plan_of(
        level(),
        feature("footprint", "f", box(0, 0, 10, 10), category="ground", building_ids=[]),
        room("in", box(0, 0, 10, 10), category="walkway"),
        room("out", box(10, 0, 30, 10), category="walkway"),
    )
    scene = scene_of(plan)
    assert (area_of(scene, "in").kind, area_of(scene, "out").kind) == ("circulation", "outdoor")
    assert scene.walls.outer.distance(Point(30, 5)) > 5


def test_footways_are_drawn_and_lines_in_rooms_are_not() -> None:
    plan = draw_plan(
        TWO_ROOMS,
        extra=[
            way("path", [(-30, -8), (-1, -8)], "level0", clear_width_m=2.5),
            way("inside", [(1, -8), (9, -8)], "level0"),
            way("banned", [(-30, -9), (-1, -9)], "level0", banned=True),
        ],
    )
    ways = {path.feature: path.width_m for path in scene_of(plan).ways}
    assert ways == {"path": 2.5}


@pytest.mark.parametrize("turn", [0, 7, 30, 44, -20, 63])
def test_the_axis_is_found_however_the_building_stands(turn: float) -> None:
    def turned(x: float, y: float) -> tuple[float, float]:
        c, s = cos(radians(-turn)), sin(radians(-turn))
        return x * c - y * s, x * s + y * c

    corners = [[(i * 5, 0), (i * 5 + 5, 0), (i * 5 + 5, 8), (i * 5, 8)] for i in range(4)]
    rooms = [room(f"r{i}", Polygon([turned(*p) for p in c])) for i, c in enumerate(corners)]
    expected = (turn + 45) % 90 - 45
    assert scene_of(plan_of(level(), *rooms)).axis_deg == pytest.approx(expected, abs=0.3)


def test_what_is_broken_does_not_stop_the_drawing() -> None:
    bow_tie = Polygon([(0, 0), (6, 6), (6, 0), (0, 6)])
    flat = Polygon([(0, 0), (5, 0), (9, 0)])
    dot = LineString([(2, 0), (2, 0)])
    plan = plan_of(
        level(),
        room("bow", bow_tie, {"en": "\u202eBow"}),
        room("flat", flat),
        feature("opening", "dot", dot, category="pedestrian", level_id="F1"),
        feature("amenity", "line", LineString([(1, 1), (2, 2)]), category="atm", level_id="F1"),
    )
    scene = scene_of(plan)
    assert [area.feature for area in scene.areas] == ["bow"]
    assert place_of(scene, "bow").texts[0].text == "Bow"
    assert place_of(scene, "line").symbol == "atm"


def test_an_empty_level_has_an_empty_scene() -> None:
    empty = level().with_properties(name=None)
    scene = scene_of(plan_of(empty))
    assert scene.places == ()
    assert scene.areas == ()


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(KeyError):
        make_scene(clinic(), "nowhere", language="en")


def test_the_same_plan_gives_the_same_scene() -> None:
    assert scene_of(clinic()) == scene_of(clinic())
