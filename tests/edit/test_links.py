"""Lifts and stairs drawn through the floors and linked."""

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, bounds, ours, refuse
from wayfinder.edit import find_sides
from wayfinder.graph import build_network
from wayfinder.model import Opening, Plan, Relationship

PLAN = draw_plan(
    """
    level 0
    +-----+-----+---+
    |hall 1lift |esc|
    +-----+-----+---+
    level 1
    +-----+-----+---+
    |up   |     |top|
    +-----+-----+---+
    level 2
    +-----+-----+---+
    |roof |     |   |
    +-----+-----+---+
""",
    units={"lift": {"codes": {"his": "L1"}}, "top": "escalator", "up": "walkway", "roof": "lobby"},
)


def list_rides(plan: Plan) -> set[frozenset[str]]:
    """Return the pairs of units between which the network rides or climbs."""
    network = build_network(plan)
    return {
        frozenset((one.partition(":")[2], other.partition(":")[2]))
        for one, other, edge in network.graph.edges(data=True)
        if edge["kind"] in {"lift_ride", "escalator"}
    }


def stack(plan: Plan = PLAN) -> Plan:
    copies = [{"level_id": "level1", "id": "lift1"}, {"level_id": "level2", "id": "lift2"}]
    return act(plan, "stack-unit", feature="lift", copies=copies, link_id="shaft").plan


def test_a_lift_is_drawn_on_all_floors_with_its_doors_and_linked() -> None:
    plan = stack()
    assert bounds(plan, "lift2") == bounds(plan, "lift")
    assert ours(plan, "lift1")["codes"] == {"his": "L1"}
    doors = [door for door in plan.list_of(Opening) if door.level_id == "level1"]
    assert [set(find_sides(plan, door.id).units) for door in doors] == [{"lift1", "up"}]
    assert len(plan.list_of(Opening)) == 3
    assert list_rides(plan) == {frozenset({"lift", "lift1"}), frozenset({"lift1", "lift2"})}
    assert stack().features.keys() == plan.features.keys()


def test_a_shaft_that_is_drawn_already_is_linked_as_it_is() -> None:
    plan = stack()
    plan = act(plan, "unlink", feature="shaft").plan
    copies = [{"level_id": "level2", "id": "z"}, {"level_id": "level1", "id": "y"}]
    edit = act(plan, "stack-unit", feature="lift", copies=copies, link_id="again", doors=False)
    assert edit.touched == {"again"}
    again = edit.plan["again"]
    assert isinstance(again, Relationship)
    assert (again.origin_id, again.intermediary_ids, again.destination_id) == (
        "lift",
        ("lift1",),
        "lift2",
    )


def test_a_link_that_there_is_goes_on() -> None:
    copies = [{"level_id": "level1", "id": "lift1"}]
    low = act(PLAN, "stack-unit", feature="lift", copies=copies, link_id="shaft").plan
    copies = [{"level_id": "level2", "id": "lift2"}]
    edit = act(low, "stack-unit", feature="lift", copies=copies, link_id="other")
    assert "other" not in edit.plan
    shaft = edit.plan["shaft"]
    assert isinstance(shaft, Relationship)
    assert (shaft.origin_id, shaft.intermediary_ids, shaft.destination_id) == (
        "lift",
        ("lift1",),
        "lift2",
    )


def test_a_one_way_door_of_a_copy_is_locked_until_somebody_says_where_it_leads() -> None:
    plan = act(PLAN, "set-one-way", feature="door-1", to="hall").plan
    copies = [{"level_id": "level1", "id": "lift1"}]
    edit = act(plan, "stack-unit", feature="lift", copies=copies, link_id="shaft")
    door = next(door for door in edit.plan.list_of(Opening) if door.level_id == "level1")
    assert door.locked
    assert [note.code for note in edit.notes] == ["one-way-unclear"]


def test_units_are_linked_in_the_order_of_their_floors() -> None:
    plan = act(stack(), "unlink", feature="shaft").plan
    edit = act(plan, "link-floors", id="shaft", units=["lift2", "lift", "lift1"])
    shaft = edit.plan["shaft"]
    assert isinstance(shaft, Relationship)
    assert (shaft.origin_id, shaft.destination_id) == ("lift", "lift2")
    assert shaft.category == "elevator"


def test_an_escalator_runs_where_it_is_linked_to() -> None:
    edit = act(PLAN, "link-floors", id="e", units=["esc", "top"], directed=True)
    assert ours(edit.plan, "esc") == {"direction": "up"}
    assert frozenset({"esc", "top"}) in list_rides(edit.plan)
    down = act(PLAN, "link-floors", id="e", units=["top", "esc"], directed=True)
    assert ours(down.plan, "top") == {"direction": "down"}


def test_a_floor_is_taken_out_of_a_link() -> None:
    plan = stack()
    edit = act(plan, "unlink", feature="shaft", unit="lift1")
    shaft = edit.plan["shaft"]
    assert isinstance(shaft, Relationship)
    assert (shaft.origin_id, shaft.intermediary_ids, shaft.destination_id) == ("lift", (), "lift2")
    assert act(edit.plan, "unlink", feature="shaft", unit="lift").touched == {"shaft"}
    assert refuse(plan, "unlink", feature="shaft", unit="esc").code == "not-in-link"
    assert refuse(plan, "unlink", feature="lift").code == "feature-of-other-kind"


def test_what_is_no_shaft_is_not_linked() -> None:
    plan = stack()
    assert refuse(PLAN, "link-floors", id="x", units=["lift", "esc"]).code == "not-one-shaft"
    assert refuse(PLAN, "link-floors", id="x", units=["hall", "up"]).code == "not-one-shaft"
    assert refuse(plan, "link-floors", id="x", units=["lift", "lift1"]).code == "linked-already"
    copies = [{"level_id": "level0", "id": "x"}]
    error = refuse(PLAN, "stack-unit", feature="lift", copies=copies, link_id="s")
    assert error.code == "level-twice"
    taken = [{"level_id": "level1", "id": "up"}]
    error = refuse(PLAN, "stack-unit", feature="lift", copies=taken, link_id="s")
    assert error.code == "id-taken"
