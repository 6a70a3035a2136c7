"""Plans drawn as text become networks: what joins, what does not, what is reported."""

from dataclasses import replace

import networkx as nx
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import mapping

from tests.ascii_plan import draw_plan, relate
from tests.graph.rooms import TWO_ROOMS, codes, edges_of, reach
from wayfinder.graph import EdgeKind, Network, NodeKind, build_network
from wayfinder.model import Access, Plan, make_feature


def test_doors_join_rooms_to_the_hall_and_nothing_else() -> None:
    network = build_network(draw_plan(TWO_ROOMS))
    assert reach(network, "A", "B")
    assert len(edges_of(network, EdgeKind.DOOR)) == 6
    assert codes(network) == []


def test_a_door_is_a_node_a_side() -> None:
    network = build_network(draw_plan(TWO_ROOMS))
    sides = {network.graph.nodes[node]["unit"] for node in network.places["door-1"]}
    assert sides == {"A", "hall"}
    assert network.graph.nodes["door:door-1:A"]["heading_deg"] == pytest.approx(0)


def test_a_door_in_the_outer_wall_leads_outside() -> None:
    network = build_network(draw_plan(TWO_ROOMS))
    assert network.graph.nodes["outside:door-3"]["kind"] is NodeKind.OUTSIDE
    assert network.graph.nodes["door:door-3:hall"]["kind"] is NodeKind.ENTRANCE


def test_an_undeclared_outer_door_is_reported_with_a_fix() -> None:
    network = build_network(draw_plan(TWO_ROOMS, doors={"3": {"category": "pedestrian"}}))
    (issue,) = network.issues
    assert (issue.code, issue.features[0]) == ("door-one-sided", "door-3")
    assert issue.place is not None
    assert issue.fix is not None
    assert issue.fix.action == "set-category"


def test_a_wall_between_rooms_stays_closed() -> None:
    plan = draw_plan(TWO_ROOMS).without("door-2")
    assert not reach(build_network(plan), "A", "B")


OPEN_PLAN = """
    +---------+-------------+
    |hall     |wait         |
    |         |             |
    |         +-------------+
    |         |C            |
    +---------+-------------+
"""


def test_open_spaces_in_touch_join_without_a_door() -> None:
    network = build_network(draw_plan(OPEN_PLAN))
    assert reach(network, "hall", "wait")
    assert not reach(network, "hall", "C")


def test_a_boundary_with_a_door_is_a_wall() -> None:
    text = OPEN_PLAN.replace("|         |             |", "|         1             |")
    network = build_network(draw_plan(text))
    assert edges_of(network, EdgeKind.OPENING) == []
    assert reach(network, "hall", "wait")


def test_furniture_along_all_of_an_open_boundary_closes_it() -> None:
    plan = draw_plan(OPEN_PLAN)
    hall, wait = (plan.find_geometry_m(key) for key in ("hall", "wait"))
    assert hall is not None
    assert wait is not None
    counter = plan.frame.geometry_degrees(hall.intersection(wait).buffer(0.3))
    level_id = plan.levels[0].id
    fixture = make_feature("f", "fixture", mapping(counter), {"level_id": level_id})
    network = build_network(plan.with_features(fixture))
    assert not reach(network, "hall", "wait")


def test_a_tag_closes_an_open_space() -> None:
    network = build_network(
        draw_plan(
            OPEN_PLAN, units={"wait": {"category": "waitingroom", "wayfinder": {"open": False}}}
        )
    )
    assert not reach(network, "hall", "wait")


def test_a_one_way_door_leads_one_way() -> None:
    network = build_network(draw_plan(TWO_ROOMS, doors={"1": {"one_way_to": "A"}}))
    assert reach(network, "hall", "A")
    assert not reach(network, "A", "hall")


def test_a_locked_door_leads_nowhere_and_an_alarmed_one_is_marked() -> None:
    network = build_network(
        draw_plan(TWO_ROOMS, doors={"1": {"locked": True}, "2": {"emergency_only": True}})
    )
    assert not reach(network, "A", "hall")
    assert all(
        d["emergency"] for a, b, d in edges_of(network, EdgeKind.DOOR) if "door-2" in d["features"]
    )


TWO_FLOORS = """
    level 0
    +-----+------+------+
    |A    |lift  |stairs|
    |     |      |      |
    +--1--+--2---+--3---+
    |hall               |
    +-------------------+
    level 1
    +-----+------+------+
    |B    |lift  |stairs|
    |     |      |      |
    +--4--+--5---+--6---+
    |hall               |
    +-------------------+
"""


def test_stacked_lifts_and_stairs_link_floors() -> None:
    network = build_network(draw_plan(TWO_FLOORS))
    assert reach(network, "A", "B")
    assert {d["floors"] for _, _, d in edges_of(network, EdgeKind.LIFT_RIDE)} == {1, -1}
    assert len(edges_of(network, EdgeKind.STAIRS)) == 2
    boarded = {b for _, b, _ in edges_of(network, EdgeKind.LIFT_BOARD)}
    assert boarded == {"lift:lift@0", "lift:lift@1"}


SHAFT = """
    level 0
    +----+----+
    |hall1lift|
    +----+----+
    level 1
    +----+----+
    |hall2{}|
    +----+----+
    level 2
    +----+----+
    |hall3lift|
    +----+----+
"""


def test_a_lift_passes_a_floor_only_where_its_shaft_is_free() -> None:
    through = build_network(draw_plan(SHAFT.format("void")))
    assert reach(through, "hall@0", "hall@2")
    blocked = build_network(draw_plan(SHAFT.format("room")))
    assert not reach(blocked, "hall@0", "hall@2")


def test_a_relationship_wins_over_the_stack() -> None:
    plan = draw_plan(
        SHAFT.format("lift"),
        extra=[relate("r", "lift@0", "lift@1", category="elevator", direction="directed")],
    )
    network = build_network(plan)
    assert reach(network, "hall@0", "hall@1")
    assert not reach(network, "hall@1", "hall@0")
    assert not reach(network, "hall@1", "hall@2")


ESCALATOR = """
    level 0
    +----+----+
    |hall1esc |
    +----+----+
    level 1
    +----+----+
    |hall2esc |
    +----+----+
"""


def test_an_escalator_runs_one_way_and_without_a_direction_not_at_all() -> None:
    up = build_network(
        draw_plan(
            ESCALATOR, units={"esc": {"category": "escalator", "wayfinder": {"direction": "up"}}}
        )
    )
    assert reach(up, "hall@0", "hall@1")
    assert not reach(up, "hall@1", "hall@0")
    unknown = build_network(draw_plan(ESCALATOR))
    assert not reach(unknown, "hall@0", "hall@1")
    assert codes(unknown) == ["escalator-without-direction"]


def test_a_vertical_unit_without_a_door_is_entered_over_its_edge() -> None:
    network = build_network(draw_plan(SHAFT.replace("1lift", "|lift").format("lift")))
    assert reach(network, "hall@0", "hall@2")


def test_a_place_in_no_unit_is_reported() -> None:
    plan = draw_plan(TWO_ROOMS.replace("hall         ", "hall *seating"))
    bench = plan["seating"]
    moved = replace(bench, geometry={"type": "Point", "coordinates": [116.41, 39.91]})
    (issue,) = build_network(plan.with_features(moved)).issues
    assert (issue.code, issue.features) == ("place-off-units", ("seating",))
    assert build_network(plan).places["seating"]


def test_zones_grow_over_doors_and_mark_the_way_in() -> None:
    network = build_network(
        draw_plan(TWO_ROOMS, units={"A": {"access": "staff"}, "hall": {"access": "staff"}})
    )
    (zone,) = network.zones.values()
    assert (zone.access, zone.units) == (Access.STAFF, frozenset({"A", "hall"}))
    entering = {(a, b) for a, b, d in network.graph.edges(data=True) if d["enters"]}
    assert entering == {
        ("outside:door-3", "door:door-3:hall"),
        ("door:door-2:B", "door:door-2:hall"),
    }


def test_a_room_behind_restricted_doors_is_restricted() -> None:
    network = build_network(draw_plan(TWO_ROOMS, doors={"1": {"access": "private"}}))
    assert network.zones[network.zone_of_unit["A"]].access is Access.PRIVATE
    assert "hall" not in network.zone_of_unit


def test_a_long_corridor_gets_junctions_and_stays_one_piece() -> None:
    text = "+-----" * 12 + "+\n" + "".join(f"|r{k:<4}" for k in range(12)) + "|\n"
    text += "+--1--" * 12 + "+\n|hall" + " " * 67 + "|\n+" + "-" * 71 + "+"
    network = build_network(draw_plan(text))
    junctions = [n for n, d in network.graph.nodes(data=True) if d["kind"] is NodeKind.JUNCTION]
    assert 3 <= len(junctions) <= 8
    assert nx.is_strongly_connected(network.graph)
    assert all(d["length_m"] < 60 for _, _, d in edges_of(network, EdgeKind.WALK))


def test_no_edge_lacks_an_attribute() -> None:
    network = build_network(draw_plan(TWO_FLOORS))
    for _, _, data in network.graph.edges(data=True):
        assert {
            "kind",
            "length_m",
            "clear_width_m",
            "features",
            "geometry",
            "turns",
            "floors",
            "enters",
        } <= set(data)
        assert data["length_m"] >= 0


def test_passing_a_room_is_marked_and_arriving_in_it_is_half() -> None:
    text = """
        +-----+-----+-----+
        |A    1B    2C    |
        +-----+-----+-----+
    """
    network = build_network(draw_plan(text))
    graph = network.graph
    assert graph["door:door-1:B"]["door:door-2:B"]["through_room"] == 1
    assert graph["door:door-1:B"]["place:B"]["through_room"] == 0.5


def network_equal(one: Network, other: Network) -> bool:
    return bool(nx.utils.graphs_equal(one.graph, other.graph)) and one.issues == other.issues


@pytest.mark.parametrize("unit", ["A", "hall"])
def test_a_rebuild_equals_a_build(unit: str) -> None:
    plan = draw_plan(TWO_ROOMS)
    before = build_network(plan)
    feature = plan[unit]
    changed = plan.with_features(feature.with_wayfinder(access="staff", clear_width_m=2.0))
    assert network_equal(build_network(changed, before), build_network(changed))


def test_a_rebuild_leaves_other_floors_alone() -> None:
    plan = draw_plan(SHAFT.format("lift"))
    before = build_network(plan)
    after = build_network(
        plan.with_features(plan["hall@1"].with_wayfinder(clear_width_m=3.0)), before
    )
    assert after.parts.floors["level0"] is before.parts.floors["level0"]
    assert after.parts.interiors["hall@0"][1] is before.parts.interiors["hall@0"][1]
    assert after.parts.floors["level1"] is not before.parts.floors["level1"]


def test_what_only_serves_can_still_be_built_upon() -> None:
    plan = draw_plan(TWO_ROOMS)
    served = build_network(plan).without_parts()
    assert not served.parts.interiors
    assert network_equal(served, build_network(plan))
    assert network_equal(build_network(plan, served), served)


@st.composite
def grids(draw: st.DrawFn) -> Plan:
    """Rooms in a grid with doors where chance puts them."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    lines = []
    for row in range(rows + 1):
        marks = [draw(st.sampled_from(["-", "1"])) for _ in range(columns)]
        lines.append("+" + "+".join(f"----{mark}----" for mark in marks) + "+")
        if row < rows:
            words = [
                draw(st.sampled_from(["room", "hall", "wait"])) + f"x{row}y{c}"
                for c in range(columns)
            ]
            sides = [draw(st.sampled_from(["|", "2"])) for _ in range(columns - 1)]
            blank = "|" + "|".join(" " * 9 for _ in words) + "|"
            middle = "|" + "".join(
                w.ljust(9) + s for w, s in zip(words, [*sides, "|"], strict=True)
            )
            lines += [blank, middle]
    return draw_plan("\n".join(lines))


@given(grids())
def test_any_grid_builds_and_every_node_lies_in_its_unit(plan: Plan) -> None:
    network = build_network(plan)
    for node, data in network.graph.nodes(data=True):
        if data["unit"] is not None:
            outline = plan.find_geometry_m(data["unit"])
            assert outline is not None
            assert outline.buffer(1e-6).covers(shapely.Point(data["x"], data["y"])), node
    for start, end, data in network.graph.edges(data=True):
        assert data["geometry"][0] == pytest.approx(
            (network.graph.nodes[start]["x"], network.graph.nodes[start]["y"])
        )
        assert data["geometry"][-1] == pytest.approx(
            (network.graph.nodes[end]["x"], network.graph.nodes[end]["y"])
        )


@given(grids(), st.data())
def test_an_edit_rebuilt_equals_the_whole_built(plan: Plan, data: st.DataObject) -> None:
    before = build_network(plan)
    feature = data.draw(st.sampled_from([f for f in plan if f.feature_type in {"unit", "opening"}]))
    changed = (
        plan.without(feature.id)
        if data.draw(st.booleans())
        else plan.with_features(feature.with_wayfinder(access="staff"))
    )
    assert network_equal(build_network(changed, before), build_network(changed))


@pytest.mark.unmeasured
@pytest.mark.parametrize("side_m", [150, 100_000])
def test_a_square_of_any_size_takes_bounded_time(side_m: int) -> None:
    plan = draw_plan(TWO_ROOMS)
    square = shapely.geometry.mapping(
        plan.frame.geometry_degrees(shapely.box(0, 0, side_m, side_m))
    )
    hall = replace(plan["hall"], geometry=square)
    network = build_network(plan.with_features(hall))
    assert network.graph.number_of_nodes() < 4_000
    assert reach(network, "hall", "hall")


def test_a_heap_of_units_is_reported_and_left_out() -> None:
    plan = draw_plan(TWO_ROOMS)
    heap = [replace(plan["hall"], id=f"copy{k}") for k in range(3000)]
    network = build_network(plan.with_features(*heap))
    assert "units-in-a-heap" in codes(network)
