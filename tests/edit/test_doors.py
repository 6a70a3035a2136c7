"""Doors set into walls, moved, widened, made one-way, and made to join."""

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, bounds, box, ours, refuse, shape
from wayfinder.edit import find_sides
from wayfinder.graph import build_network
from wayfinder.model import Opening, Plan, make_feature

PLAN = draw_plan(
    """
    +-----+-----+
    |A    |B    |
    +--1--+-----+
    |hall       |
    +-----------+
"""
)


def room(key: str, west: float, south: float, east: float, north: float) -> object:
    return make_feature(
        key,
        "unit",
        {"type": "Polygon", "coordinates": box(west, south, east, north)},
        {"category": "room", "level_id": "level0", "name": {"en": key}},
    )


def list_doors(plan: Plan) -> dict[str, set[str | None]]:
    """Return what the network says that each door joins."""
    network = build_network(plan)
    found: dict[str, set[str | None]] = {}
    for name, node in network.graph.nodes(data=True):
        kind, _, rest = str(name).partition(":")
        if kind in {"door", "outside"}:
            found.setdefault(rest.split(":")[0], set()).add(node.get("unit"))
    return found


def test_a_door_is_set_into_the_nearest_wall_and_joins_both_sides() -> None:
    edit = act(PLAN, "add-door", id="d", level_id="level0", at=at(9, -4.4), width_m=1.2)
    assert bounds(edit.plan, "d") == (8.4, -4, 9.6, -4)
    assert edit.plan["d"].category == "pedestrian"
    assert set(find_sides(edit.plan, "d").units) == {"B", "hall"}
    assert list_doors(edit.plan)["d"] == {"B", "hall"}


def test_a_door_with_nothing_behind_it_is_an_entrance() -> None:
    edit = act(
        PLAN, "add-door", id="d", level_id="level0", at=at(5, -8.3), ours={"wheelchair": True}
    )
    assert edit.plan["d"].category == "pedestrian.principal"
    assert find_sides(edit.plan, "d").units == ("hall",)
    assert edit.plan["d"].wheelchair is True
    kept = act(
        PLAN, "add-door", id="d", level_id="level0", at=at(5, -8.3), category="emergencyexit"
    )
    assert kept.plan["d"].category == "emergencyexit"


def test_a_door_near_a_corner_is_pushed_into_its_wall() -> None:
    edit = act(PLAN, "add-door", id="d", level_id="level0", at=at(0.1, -4.1))
    west, south, east, north = bounds(edit.plan, "d")
    assert (west, east) == (0, 0.9) or (west == east == 0 and abs(north - south) == 0.9)


def test_what_is_far_from_a_wall_or_too_wide_for_it_is_refused() -> None:
    far = refuse(PLAN, "add-door", id="d", level_id="level0", at=at(30, 30))
    assert far.code == "no-wall-near"
    middle = refuse(PLAN, "add-door", id="d", level_id="level0", at=at(3, -2))
    assert middle.code == "no-wall-near"
    wide = refuse(PLAN, "add-door", id="d", level_id="level0", at=at(13, -1), width_m=13)
    assert wide.code == "door-does-not-fit"
    assert refuse(PLAN, "add-door", id="d", level_id="level0").code == "one-of-two"
    tiny = refuse(PLAN, "add-door", id="d", level_id="level0", coordinates=[at(1, -4), at(1.1, -4)])
    assert tiny.code == "door-width-unfit"


def test_a_drawn_line_in_a_wall_stays_to_the_last_digit() -> None:
    line = [at(8, -4.02), at(9, -4.02)]
    edit = act(PLAN, "add-door", id="d", level_id="level0", coordinates=line)
    assert bounds(edit.plan, "d") == (8, -4.02, 9, -4.02)
    askew = act(PLAN, "add-door", id="d", level_id="level0", coordinates=[at(8, -4.5), at(9, -3.6)])
    assert bounds(askew.plan, "d")[1::2] == (-4, -4)


def test_in_a_thick_wall_a_door_stands_in_the_middle() -> None:
    plan = PLAN.with_features(room("C", 12.4, -4, 16, 0))  # type: ignore[arg-type]
    edit = act(plan, "add-door", id="d", level_id="level0", at=at(12.05, -2))
    assert bounds(edit.plan, "d") == (12.2, -2.45, 12.2, -1.55)
    assert set(find_sides(edit.plan, "d").units) == {"B", "C"}
    assert list_doors(edit.plan)["d"] == {"B", "C"}


def test_a_door_is_moved_to_another_wall_and_keeps_what_it_is() -> None:
    edit = act(PLAN, "move-opening", feature="door-1", to=at(6.2, -2))
    assert bounds(edit.plan, "door-1") == (6, -2.5, 6, -1.5)
    assert edit.plan["door-1"].properties == PLAN["door-1"].properties
    assert set(find_sides(edit.plan, "door-1").units) == {"A", "B"}
    assert refuse(PLAN, "move-opening", feature="door-1", to=at(99, 99)).code == "no-wall-near"


def test_a_door_is_drawn_wider_about_its_middle() -> None:
    edit = act(PLAN, "set-door-width", feature="door-1", width_m=2)
    assert bounds(edit.plan, "door-1") == (2, -4, 4, -4)


def test_one_way_is_to_one_of_its_sides() -> None:
    edit = act(PLAN, "set-one-way", feature="door-1", to="A")
    assert ours(edit.plan, "door-1") == {"one_way_to": "A"}
    assert refuse(PLAN, "set-one-way", feature="door-1", to="B").code == "side-not-of-door"
    assert refuse(PLAN, "set-one-way", feature="door-1", to="outside").code == "side-not-of-door"
    both = act(edit.plan, "set-one-way", feature="door-1")
    assert both.plan["door-1"] == PLAN["door-1"]
    error = refuse(edit.plan, "move-opening", feature="door-1", to=at(9, -4))
    assert error.code == "one-way-elsewhere"
    entrance = act(PLAN, "add-door", id="d", level_id="level0", at=at(5, -8)).plan
    out = act(entrance, "set-one-way", feature="d", to="outside")
    door = out.plan["d"]
    assert isinstance(door, Opening)
    assert door.one_way_to == "outside"


@pytest.mark.parametrize("gap_m", [0.4, 0.55, 1.0, 1.4])
def test_a_door_in_a_thick_wall_is_made_to_join_both_units(gap_m: float) -> None:
    far = room("C", 12 + gap_m, -4, 16, 0)
    plan = PLAN.with_features(far)  # type: ignore[arg-type]
    door = {"type": "LineString", "coordinates": [at(12, -2.5), at(12, -1.5)]}
    plan = plan.with_features(
        make_feature(
            "d", "opening", door, {"category": "pedestrian.principal", "level_id": "level0"}
        )
    )
    edit = act(plan, "join-units", feature="d", units=["B", "C"])
    assert set(find_sides(edit.plan, "d").units) == {"B", "C"}
    assert edit.plan["d"].category == "pedestrian"
    assert list_doors(edit.plan)["d"] == {"B", "C"}
    if gap_m > 0.6:
        niche = shape(edit.plan, "C").area - shape(plan, "C").area
        assert niche == pytest.approx(gap_m, abs=0.05)
    again = act(edit.plan, "join-units", feature="d", units=["B", "C"])
    assert again.touched == frozenset()


def test_units_far_apart_are_not_joined() -> None:
    plan = PLAN.with_features(room("C", 19, -4, 22, 0))  # type: ignore[arg-type]
    plan = act(plan, "add-door", id="d", level_id="level0", at=at(12, -2)).plan
    assert refuse(plan, "join-units", feature="d", units=["B", "C"]).code == "units-not-joined"
    assert refuse(plan, "join-units", feature="d", units=["B", "B"]).code == "levels-differ"
