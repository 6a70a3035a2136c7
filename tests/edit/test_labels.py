"""A label lies in what it names, whatever becomes of that."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from tests.ascii_plan import FRAME, draw_plan
from tests.edit.shown import act, at, box, shape
from tests.edit.strategies import PLAN as HOUSE
from tests.edit.strategies import actions
from wayfinder.edit import EditError, parse_offered
from wayfinder.edit.labels import find_inner_point
from wayfinder.model import Plan, Unit

PLAN = draw_plan(
    """
    +-----+-----+
    |A    4B    |
    +--1--+--2--+
    3hall       |
    +-----------+
"""
)


def label(plan: Plan, unit: str, x: float, y: float) -> Plan:
    """Give a unit a label at a place in metres."""
    point = {"type": "Point", "coordinates": at(x, y)}
    return plan.with_features(plan[unit].with_properties(display_point=point))


def find_label(plan: Plan, unit: str) -> tuple[float, float]:
    """Return where a unit's label is, in metres, to the centimetre."""
    point = plan[unit].display_point
    assert point is not None
    x, y = FRAME.to_metres(*point)
    return round(x, 2) + 0.0, round(y, 2) + 0.0


def test_a_label_amid_a_room_is_amid_what_becomes_of_the_room() -> None:
    plan = label(PLAN, "A", 3, -2)
    halves = act(plan, "split-unit", feature="A", line=[at(3, 0), at(3, -4)], new_id="A2")
    assert find_label(halves.plan, "A") in {(1.5, -2), (4.5, -2)}
    joined = act(plan, "merge-units", features=["A", "B"])
    assert find_label(joined.plan, "A") == (6, -2)
    cut = act(plan, "cut-unit", feature="A", area=box(4, -4, 6, 0))
    assert find_label(cut.plan, "A") == (2, -2)
    wider = act(
        plan, "move-wall", feature="A", start=at(6, 0), end=at(6, -4), distance_m=1, alone=True
    )
    assert abs(find_label(wider.plan, "A")[0] - 3) == 0.5


def test_a_label_that_somebody_has_put_elsewhere_stays_where_it_can() -> None:
    plan = label(PLAN, "A", 5, -1)
    stays = act(plan, "split-unit", feature="A", line=[at(2, 0), at(2, -4)], new_id="A2")
    assert find_label(stays.plan, "A") == (5, -1)
    outside = act(plan, "split-unit", feature="A", line=[at(4, 0), at(4, -4)], new_id="A2")
    assert find_label(outside.plan, "A") == (2, -2)
    at_the_wall = act(plan, "cut-unit", feature="A", area=box(5.1, -4, 6, 0))
    assert find_label(at_the_wall.plan, "A") == (2.55, -2)


def test_where_the_middle_is_none_a_label_stands_where_there_is_room() -> None:
    bent = [[at(*p) for p in ((0, 0), (6, 0), (6, -1), (1, -1), (1, -4), (0, -4), (0, 0))]]
    edit = act(label(PLAN, "A", 3, -2), "reshape", feature="A", area=bent)
    point = Point(find_label(edit.plan, "A"))
    assert point.distance(shape(edit.plan, "A").boundary) > 0.4


def test_the_label_of_the_venue_stays_as_all_is_measured_from_it() -> None:
    before = PLAN["venue"].display_point
    edit = act(PLAN, "reshape", feature="venue", area=box(-20, -50, 90, 50))
    assert edit.plan["venue"].display_point == before


def with_labels(plan: Plan) -> Plan:
    """Give every unit a label in its middle."""
    for unit in plan.list_of(Unit):
        area = shape(plan, unit.id)
        assert isinstance(area, Polygon)
        middle = find_inner_point(area)
        plan = label(plan, unit.id, middle.x, middle.y)
    return plan


LABELLED = with_labels(HOUSE)


@given(documents=st.lists(actions, min_size=1, max_size=4))
def test_no_edit_leaves_a_label_outside_of_its_room(documents: list[dict[str, Any]]) -> None:
    plan = LABELLED
    for document in documents:
        try:
            plan = parse_offered(document).apply(plan).plan
        except EditError:
            continue
    for unit in plan.list_of(Unit):
        area, point = plan.find_geometry_m(unit.id), unit.display_point
        if area is not None and area.is_valid and point is not None:
            assert area.contains(Point(plan.frame.to_metres(*point)))
