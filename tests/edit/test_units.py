"""Rooms drawn, reshaped, divided, joined and cut, with all that stands in them."""

import time

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, bounds, box, codes, refuse, ring, shape
from wayfinder.edit import MalformedActionError
from wayfinder.model import Amenity, Anchor, Opening, make_feature

PLAN = draw_plan(
    """
    +-----+-----+
    |A @xr4B *wc|
    +--1--+--2--+
    3hall *map  |
    +-----------+
""",
    doors={"1": {"one_way_to": "A"}},
    units={
        "A": {
            "category": "radiology",
            "name": {"en": "X-ray", "zh-Hans": "放射科"},
            "codes": {"his": "R1"},
        },
        "B": {"aliases": {"en": ["Depot"]}, "codes": {"his": "S9", "ref": "7"}},
    },
)


def test_a_room_is_drawn_and_its_corners_settle_on_its_neighbours() -> None:
    edit = act(
        PLAN,
        "add-unit",
        id="C",
        level_id="level0",
        category="room",
        area=[ring((12.006, 0.004), (15, 0), (15, -4), (11.995, -4.003))],
        members={"name": {"en": "New"}},
        ours={"clear_width_m": 1.2},
    )
    assert edit.touched == {"C"}
    made = edit.plan["C"]
    assert made.properties["restriction"] is None
    assert made.clear_width_m == 1.2
    mine = {tuple(p) for p in made.geometry["coordinates"][0]}  # type: ignore[index]
    theirs = {tuple(p) for p in PLAN["B"].geometry["coordinates"][0]}  # type: ignore[index]
    assert len(mine & theirs) == 2
    assert shape(edit.plan, "C").exterior.is_ccw  # type: ignore[attr-defined]


def test_a_room_drawn_over_others_may_leave_them_out() -> None:
    area = box(5, -6, 14, -1)
    trimmed = act(
        PLAN, "add-unit", id="C", level_id="level0", category="room", area=area, trim=True
    )
    assert bounds(trimmed.plan, "C") == (12, -6, 14, -1)
    over = act(PLAN, "add-unit", id="C", level_id="level0", category="room", area=area)
    assert shape(over.plan, "C").area == pytest.approx(45, abs=0.01)
    hidden = refuse(
        PLAN,
        "add-unit",
        id="C",
        level_id="level0",
        category="room",
        area=box(1, -2, 2, -1),
        trim=True,
    )
    assert hidden.code == "nothing-left"


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ([ring((0, 0), (4, 4), (4, 0), (0, 4))], "area-crosses-itself"),
        ([ring((0, 0), (4, 0), (8, 0))], "area-crosses-itself"),
        ([ring((0, 0), (0.1, 0), (0.1, 0.1))], "area-too-small"),
        ([[at(0, 0), at(0, 0), at(1, 1)]], "area-too-small"),
        ([ring((0, 0), (4, 0), (4, 4)), ring((8, 8), (9, 8), (9, 9))], "area-crosses-itself"),
        ([[[0, 0], [0.1, 0], [0.1, 0.1]]], "far-away"),
    ],
)
def test_what_is_no_room_is_refused(area: list[list[list[float]]], code: str) -> None:
    error = refuse(PLAN, "add-unit", id="C", level_id="level0", category="room", area=area)
    assert error.code == code


def test_ids_levels_and_categories_are_judged() -> None:
    given = {"level_id": "level0", "category": "room", "area": box(20, 0, 24, 4)}
    assert refuse(PLAN, "add-unit", id="A", **given).code == "id-taken"
    assert refuse(PLAN, "add-unit", id="a b", **given).code == "id-unfit"
    assert (
        refuse(PLAN, "add-unit", id="C", **{**given, "level_id": "A"}).code
        == "feature-of-other-kind"
    )
    assert refuse(PLAN, "add-unit", id="C", **{**given, "level_id": "L"}).code == "feature-missing"
    assert (
        refuse(PLAN, "add-unit", id="C", **{**given, "category": "dungeon"}).code
        == "category-unknown"
    )
    placed = refuse(PLAN, "add-unit", id="C", **given, members={"level_id": "level0"})
    assert placed.code == "member-not-set-here"


def test_a_room_is_divided_and_the_larger_part_stays_what_it_was() -> None:
    edit = act(PLAN, "split-unit", feature="A", line=[at(2, 0.001), at(2, -3.97)], new_id="A2")
    assert bounds(edit.plan, "A") == (2, -4, 6, 0)
    assert bounds(edit.plan, "A2") == (0, -4, 2, 0)
    assert edit.plan["A"].name == PLAN["A"].name
    new = edit.plan["A2"]
    assert (new.category, dict(new.name), dict(new.codes)) == ("radiology", {}, {})
    assert new.level_id == "level0"
    shared = {tuple(p) for p in new.geometry["coordinates"][0]} & {  # type: ignore[index]
        tuple(p)
        for p in edit.plan["A"].geometry["coordinates"][0]  # type: ignore[index]
    }
    assert len(shared) == 2
    assert edit.touched == {"A", "A2"}


def test_places_and_one_way_doors_go_to_the_part_that_they_are_in() -> None:
    edit = act(PLAN, "split-unit", feature="A", line=[at(4.5, 1), at(4.5, -5)], new_id="A2")
    anchor = edit.plan["xr-anchor"]
    assert isinstance(anchor, Anchor)
    assert anchor.unit_id == "A"
    smaller = act(PLAN, "split-unit", feature="A", line=[at(2.5, -4), at(2.5, 0)], new_id="A2")
    assert smaller.plan["xr-anchor"] == PLAN["xr-anchor"]
    kept = act(PLAN, "split-unit", feature="A", line=[at(0, -1.5), at(6, -1.5)], new_id="A2")
    door = kept.plan["door-1"]
    assert isinstance(door, Opening)
    assert door.one_way_to == "A"
    lower = act(PLAN, "split-unit", feature="A", line=[at(0, -2.5), at(6, -2.5)], new_id="A2")
    door = lower.plan["door-1"]
    assert isinstance(door, Opening)
    assert door.one_way_to == "A2"
    right = act(PLAN, "split-unit", feature="B", line=[at(10, 1), at(10, -5)], new_id="B2")
    toilet = right.plan["wc"]
    assert isinstance(toilet, Amenity)
    x, _ = PLAN.frame.to_metres(*toilet.geometry["coordinates"])  # type: ignore[index]
    assert toilet.unit_ids == (("B2",) if x > 10 else ("B",))
    left = act(PLAN, "split-unit", feature="B", line=[at(x - 0.5, 1), at(x - 0.5, -5)], new_id="B2")
    toilet = left.plan["wc"]
    assert isinstance(toilet, Amenity)
    assert toilet.unit_ids == (("B2",) if bounds(left.plan, "B2")[2] == 12 else ("B",))


def test_a_line_that_does_not_divide_is_refused() -> None:
    for line in ([(1, -1), (2, -2)], [(20, 0), (20, 9)], [(0, 0.5), (6, 0.5)]):
        error = refuse(PLAN, "split-unit", feature="A", line=[at(*p) for p in line], new_id="A2")
        assert error.code == "line-does-not-divide"
    zigzag = [at(1, 1), at(1, -5), at(3, -5), at(3, 1)]
    assert refuse(PLAN, "split-unit", feature="A", line=zigzag, new_id="A2").values["count"] == 3
    cut = [at(3, 1), at(3, -5)]
    assert refuse(PLAN, "split-unit", feature="A", line=cut, new_id="B").code == "id-taken"
    assert (
        refuse(PLAN, "split-unit", feature="door-1", line=cut, new_id="Z").code
        == "feature-of-other-kind"
    )


def test_rooms_are_joined_and_nothing_is_lost() -> None:
    edit = act(PLAN, "merge-units", features=["A", "B"])
    assert bounds(edit.plan, "A") == (0, -4, 12, 0)
    assert shape(edit.plan, "A").area == pytest.approx(48, abs=0.001)
    assert "B" not in edit.plan
    assert "door-4" not in edit.plan
    merged = edit.plan["A"]
    assert merged.name == PLAN["A"].name
    assert merged.aliases["en"] == ("B", "Depot")
    assert dict(merged.codes) == {"his": "R1", "ref": "7"}
    toilet = edit.plan["wc"]
    assert isinstance(toilet, Amenity)
    assert toilet.unit_ids == ("A",)
    assert codes(edit) == ["doors-gone", "name-became-alias", "codes-lost"]


def test_a_room_without_a_name_takes_the_others() -> None:
    plan = PLAN.with_features(PLAN["A"].with_properties(name=None))
    merged = act(plan, "merge-units", features=["A", "B"]).plan["A"]
    assert merged.name == {"en": "B"}


def test_a_thick_wall_between_joined_rooms_goes() -> None:
    wing = {"type": "Polygon", "coordinates": box(12.2, -4, 16, 0)}
    plan = PLAN.with_features(
        make_feature("C", "unit", wing, {"category": "room", "level_id": "level0"})
    )
    edit = act(plan, "merge-units", features=["B", "C"])
    assert shape(edit.plan, "B").area == pytest.approx(10 * 4, abs=0.01)
    assert bounds(edit.plan, "B") == (6, -4, 16, 0)


def test_rooms_that_do_not_touch_are_not_joined() -> None:
    plan = draw_plan("+--+  +--+\n|A |  |B |\n+--+  +--+")
    assert refuse(plan, "merge-units", features=["A", "B"]).code == "units-apart"
    assert refuse(PLAN, "merge-units", features=["A", "A"]).code == "units-apart"
    corner = draw_plan("+--+\n|A |\n+--+--+\n   |B |\n   +--+")
    assert refuse(corner, "merge-units", features=["A", "B"]).code == "units-apart"


def test_three_rooms_are_joined_in_any_order() -> None:
    plan = draw_plan("+--+--+--+\n|A |B |C |\n+--+--+--+")
    edit = act(plan, "merge-units", features=["A", "C", "B"])
    assert shape(edit.plan, "A").area == pytest.approx(36, abs=0.001)


def test_an_area_is_cut_out() -> None:
    corner = act(PLAN, "cut-unit", feature="A", area=box(-1, -1, 2, 1))
    assert shape(corner.plan, "A").area == pytest.approx(22, abs=0.001)
    pillar = act(PLAN, "cut-unit", feature="A", area=box(2, -2, 3, -1))
    assert shape(pillar.plan, "A").area == pytest.approx(23, abs=0.001)
    assert len(pillar.plan["A"].geometry["coordinates"]) == 2  # type: ignore[index]
    plan = act(
        PLAN, "add-unit", id="C", level_id="level0", category="room", area=box(9, -6, 14, -2)
    ).plan
    by = act(plan, "cut-unit", feature="hall", by="C")
    assert shape(by.plan, "hall").intersection(shape(by.plan, "C")).area < 1e-6
    assert by.touched == {"hall"}


def test_a_cut_that_leaves_nothing_or_two_parts_is_refused() -> None:
    assert refuse(PLAN, "cut-unit", feature="A", area=box(-1, -9, 9, 9)).code == "nothing-left"
    assert refuse(PLAN, "cut-unit", feature="A", area=box(2, -9, 3, 9)).code == "falls-apart"
    assert refuse(PLAN, "cut-unit", feature="A").code == "one-of-two"
    assert refuse(PLAN, "cut-unit", feature="A", by="building").code == "shape-missing"


def test_an_outline_is_replaced() -> None:
    edit = act(PLAN, "reshape", feature="B", area=box(6, -4, 13, 0))
    assert bounds(edit.plan, "B") == (6, -4, 13, 0)
    level = act(PLAN, "reshape", feature="level0", area=box(-1, -9, 14, 1))
    assert bounds(level.plan, "level0") == (-1, -9, 14, 1)
    venue = act(PLAN, "reshape", feature="venue", area=box(-50, -50, 50, 50))
    assert bounds(venue.plan, "venue") == (-50, -50, 50, 50)
    assert (
        refuse(PLAN, "reshape", feature="door-1", area=box(0, 0, 1, 1)).code == "shape-not-of-kind"
    )


def list_jags(count: int) -> list[list[float]]:
    """Return a ring with many corners."""
    return [at(n * 0.01, 0.5 * (n % 2)) for n in range(count)] + [at(0, 9)]


def test_what_has_too_many_corners_is_refused_and_what_has_many_is_not_slow() -> None:
    given = {"id": "C", "level_id": "level0", "category": "room"}
    many = refuse(PLAN, "add-unit", **given, area=[list_jags(5_000)])
    assert many.code == "too-many-vertices"
    started = time.process_time()
    plan = act(PLAN, "add-unit", **given, area=[list_jags(2_000)]).plan
    ring = plan["C"].geometry["coordinates"][0]  # type: ignore[index]
    moves = [[list(position), [position[0] + 1e-6, position[1]]] for position in ring[:-1]]
    act(plan, "move-vertices", feature="C", moves=moves[:2_000])
    assert time.process_time() - started < 10
    with pytest.raises(MalformedActionError, match="moves"):
        refuse(plan, "move-vertices", feature="C", moves=moves * 2)


def test_a_knot_is_refused_in_a_moment() -> None:
    chords = [at(40 * (n % 2), (n * 7919 % 1000) / 25) for n in range(4_000)]
    started = time.process_time()
    error = refuse(PLAN, "add-unit", id="C", level_id="level0", category="room", area=[chords])
    assert error.code == "area-crosses-itself"
    assert time.process_time() - started < 10
