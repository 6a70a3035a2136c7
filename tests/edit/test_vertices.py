"""Corners moved: shared ones move together, doors go along, and nothing is torn."""

import pytest
from shapely.geometry import Point

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, bounds, refuse, shape
from wayfinder.model import Plan, make_feature

PLAN = draw_plan(
    """
    +-----+-----+
    |A    4B    |
    +--1--+--2--+
    3hall       |
    +-----------+
"""
)


def test_a_shared_wall_moves_as_one_and_its_doors_go_along() -> None:
    down = [[at(x, -4), at(x, -3)] for x in (0, 6, 12)]
    edit = act(PLAN, "move-vertices", feature="hall", moves=down)
    assert edit.touched == {"A", "B", "hall", "level0", "door-1", "door-2"}
    assert bounds(edit.plan, "A") == (0, -3, 6, 0)
    assert bounds(edit.plan, "hall") == (0, -8, 12, -3)
    assert bounds(edit.plan, "door-1") == (2.5, -3, 3.5, -3)
    assert bounds(edit.plan, "door-2") == (8.5, -3, 9.5, -3)


def test_a_corner_is_found_to_the_centimetre_and_neighbours_end_up_in_one_place() -> None:
    edit = act(PLAN, "move-vertices", feature="A", moves=[[at(6.006, -4.006), at(6.5, -4)]])
    corners = {
        tuple(position)
        for key in ("A", "B", "hall")
        for position in edit.plan[key].geometry["coordinates"][0]  # type: ignore[index]
    }
    near = [
        p
        for p in corners
        if abs(edit.plan.frame.to_metres(*p)[0] - 6.5) < 0.1
        and abs(edit.plan.frame.to_metres(*p)[1] + 4) < 0.1
    ]
    assert len(near) == 1
    # the door in the wall that leans now stays in it, as wide as it was
    door = shape(edit.plan, "door-4")
    assert door.distance(shape(edit.plan, "A")) < 1e-3
    assert door.length == pytest.approx(1, abs=1e-3)


def test_a_wall_that_stretches_leaves_its_door_where_it_is() -> None:
    edit = act(
        PLAN, "move-vertices", feature="A", moves=[[at(0, 0), at(-2, 0)], [at(0, -4), at(-2, -4)]]
    )
    assert not {"door-1", "door-4"} & edit.touched
    assert bounds(edit.plan, "A") == (-2, -4, 6, 0)


def test_a_door_is_pushed_along_a_wall_that_shortens_and_refuses_one_that_is_too_short() -> None:
    shorter = [[at(6, -4), at(3.2, -4)], [at(6, 0), at(3.2, 0)]]
    edit = act(PLAN, "move-vertices", feature="A", moves=shorter)
    assert bounds(edit.plan, "door-1") == (2.2, -4, 3.2, -4)
    assert bounds(edit.plan, "door-4")[0] == 3.2
    error = refuse(
        PLAN,
        "move-vertices",
        feature="A",
        moves=[[at(6, -4), at(0.8, -4)], [at(6, 0), at(0.8, 0)]],
    )
    assert (error.code, error.feature_id) == ("door-does-not-fit", "door-1")


def test_alone_nobody_goes_along() -> None:
    edit = act(
        PLAN,
        "move-vertices",
        feature="A",
        moves=[[at(6, 0), at(5.8, 0)], [at(6, -4), at(5.8, -4)]],
        alone=True,
    )
    assert edit.touched == {"A", "door-4"}


def test_what_would_cross_itself_or_vanish_is_refused() -> None:
    crossing = refuse(PLAN, "move-vertices", feature="A", moves=[[at(0, 0), at(3, -5)]])
    assert (crossing.code, crossing.feature_id) == ("area-crosses-itself", "A")
    flat = [[at(0, 0), at(0, -4)], [at(6, 0), at(6, -4)]]
    vanished = refuse(PLAN, "move-vertices", feature="A", moves=flat)
    assert vanished.code in {"area-crosses-itself", "area-too-small"}
    missing = refuse(PLAN, "move-vertices", feature="A", moves=[[at(1, 1), at(2, 2)]])
    assert missing.code == "vertex-missing"
    far = refuse(PLAN, "move-vertices", feature="A", moves=[[at(0, 0), [0, 0]]])
    assert far.code == "far-away"


def test_what_was_read_crossing_itself_bars_nothing_and_is_mended_step_by_step() -> None:
    crossed = [[at(6, 0), at(12, -4), at(12, 0), at(6, -4), at(6, 0)]]
    bow = make_feature(
        "B", "unit", {"type": "Polygon", "coordinates": crossed}, PLAN["B"].properties
    )
    plan = PLAN.with_features(bow)
    shared = [[at(6, 0), at(6.4, 0)], [at(6, -4), at(6.4, -4)]]
    assert "B" in act(plan, "move-vertices", feature="A", moves=shared).touched
    half = act(plan, "move-vertices", feature="B", moves=[[at(12, -4), at(12, 1)]], alone=True)
    turned = [[at(12, 0), at(12, -4)], [at(12, 1), at(12, 0)]]
    whole = act(half.plan, "move-vertices", feature="B", moves=turned, alone=True)
    assert shape(whole.plan, "B").is_valid
    assert shape(whole.plan, "B").area == pytest.approx(24, abs=0.01)


def test_two_corners_that_fall_together_become_one() -> None:
    edit = act(PLAN, "move-vertices", feature="A", moves=[[at(0, 0), at(0, -4)]])
    assert len(edit.plan["A"].geometry["coordinates"][0]) == 4  # type: ignore[index]


def test_heights_and_what_nobody_touches_stay_as_they_were_read() -> None:
    room = PLAN["A"]
    assert room.geometry is not None
    tall = [[[*position, 7.25] for position in room.geometry["coordinates"][0]]]
    tall[0][0][0] = tall[0][-1][0] = tall[0][0][0] + 1e-12
    plan = PLAN.with_features(
        make_feature(
            "A",
            "unit",
            {"type": "Polygon", "coordinates": tall, "bbox": [1]},
            room.properties,
            {"x": 1},
        )
    )
    edit = act(plan, "move-vertices", feature="A", moves=[[at(6, 0), at(6, 1)]])
    geometry = edit.plan["A"].geometry
    assert geometry is not None
    assert geometry["bbox"] == [1]
    assert edit.plan["A"].members == {"x": 1}
    changed = [
        (old, new)
        for old, new in zip(tall[0], geometry["coordinates"][0], strict=True)
        if list(old) != list(new)
    ]
    assert [new[2] for _, new in changed] == [7.25]


def test_a_label_that_would_lie_outside_moves_in() -> None:
    label = {"type": "Point", "coordinates": at(0.5, -3.9)}
    plan = PLAN.with_features(PLAN["A"].with_properties(display_point=label))
    edit = act(plan, "move-vertices", feature="A", moves=[[at(0, -4), at(3, -4)]])
    point = edit.plan["A"].display_point
    assert point is not None
    assert shape(edit.plan, "A").contains(_point(edit.plan, point))


def _point(plan: Plan, position: tuple[float, float]) -> Point:
    return Point(plan.frame.to_metres(*position))
