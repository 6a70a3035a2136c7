"""How far ways lead: groups of rooms, with and without steps."""

from tests.ascii_plan import draw_plan
from tests.checks.two_floors import TWO_FLOORS
from wayfinder.checks import measure_reach
from wayfinder.graph import build_network
from wayfinder.model import Plan

HOUSE = TWO_FLOORS.replace("2", "-")
"""The ECG room has no door."""


def groups(plan: Plan) -> list[set[str]]:
    return [set(group) for group in measure_reach(build_network(plan)).components]


def test_a_room_without_a_door_is_a_group_of_its_own() -> None:
    found = groups(draw_plan(HOUSE))
    assert found[1:] == [{"ecg"}]
    assert found[0] >= {"desk", "ward", "hall@0", "hall@1", "lift@0", "stairs@1"}


def test_directions_and_access_do_not_cut_off() -> None:
    plan = draw_plan(
        HOUSE,
        doors={"1": {"one_way_to": "desk"}, "3": {"emergency_only": True}},
        units={"ward": {"access": "staff"}},
    )
    assert groups(plan)[1:] == [{"ecg"}]


def test_stairs_are_not_step_free_but_what_the_lift_serves_is() -> None:
    reach = measure_reach(build_network(draw_plan(HOUSE)))
    assert reach.step_free == {"desk", "ward", "hall@0", "hall@1", "lift@0", "lift@1"}
    assert reach.units == 9
    assert len(reach.connected) == 8


def test_without_a_lift_only_one_floor_is_step_free() -> None:
    plan = draw_plan(HOUSE.replace("lift", "shop"))
    reach = measure_reach(build_network(plan))
    assert len(reach.connected) == 8
    assert reach.step_free in (
        {"desk", "hall@0", "shop@0"},
        {"ward", "hall@1", "shop@1"},
    )


def test_a_plan_without_units_reaches_nothing() -> None:
    plan = draw_plan(HOUSE)
    reach = measure_reach(build_network(plan.without(*(unit.id for unit in plan.units))))
    assert (reach.units, reach.connected, reach.step_free) == (0, frozenset(), frozenset())
