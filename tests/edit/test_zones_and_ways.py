"""Zones, furniture, walls, and ways drawn by hand, as the network takes them."""

from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, bounds, box, ours, refuse, shape
from wayfinder.graph import build_network
from wayfinder.model import Plan, Relationship

PLAN = draw_plan(
    """
    +-----+-----+
    |A    |B    |
    +--1--+--2--+
    |hall       |
    +-----3-----+
"""
)


def issues(plan: Plan) -> list[str]:
    return [issue.code for issue in build_network(plan).issues]


def leads(plan: Plan, one: str, other: str) -> bool:
    """Tell whether an edge leads from a node to another, by how their names begin."""
    graph = build_network(plan).graph
    return any(a.startswith(one) and b.startswith(other) for a, b in graph.edges)


def test_a_section_is_drawn_or_covers_units() -> None:
    edit = act(
        PLAN,
        "add-section",
        id="s",
        level_id="level0",
        units=["A", "B"],
        name={"en": "Zone A"},
        ours={"access": "staff", "zone": {"letter": "A", "colour": "blue"}},
    )
    assert bounds(edit.plan, "s") == (0, -4, 12, 0)
    assert len(edit.plan["s"].geometry["coordinates"]) == 1  # type: ignore[index]
    smaller = act(edit.plan, "cover-units", feature="s", units=["A"])
    assert bounds(smaller.plan, "s") == (0, -4, 6, 0)
    drawn = act(PLAN, "add-section", id="s", level_id="level0", area=box(0, -4, 6, 0))
    assert bounds(drawn.plan, "s") == (0, -4, 6, 0)
    neither = refuse(PLAN, "add-section", id="s", level_id="level0")
    assert neither.code == "one-of-two"
    assert refuse(PLAN, "cover-units", feature="A", units=["A"]).code == "feature-of-other-kind"


def test_a_zone_lies_over_floors() -> None:
    edit = act(
        PLAN,
        "add-geofence",
        id="g",
        area=box(0, -8, 12, -4),
        level_ids=["level0"],
        building_ids=["building"],
        category="underconstruction",
        ours={"access": "private"},
    )
    assert edit.plan["g"].properties["level_ids"] == ["level0"]
    covered = act(edit.plan, "cover-units", feature="g", units=["hall", "A"])
    assert shape(covered.plan, "g").area == pytest.approx(72, abs=0.01)


def test_furniture_and_walls_stand_on_a_floor() -> None:
    desk = act(
        PLAN, "add-area", id="f", feature_type="fixture", level_id="level0", area=box(1, -2, 2, -1)
    )
    assert desk.plan["f"].category == "furniture"
    stall = act(
        PLAN,
        "add-area",
        id="k",
        feature_type="kiosk",
        level_id="level0",
        area=box(1, -2, 2, -1),
        members={"name": {"en": "Stall"}},
    )
    assert stall.plan["k"].name == {"en": "Stall"}
    wall = act(PLAN, "add-wall", id="w", level_id="level0", line=[at(1, -6), at(5, -6)])
    assert ours(wall.plan, "w") == {"wall": True}
    line = act(PLAN, "add-wall", id="w", level_id="level0", line=[at(1, -6), at(5, -6)], wall=False)
    assert ours(line.plan, "w") == {}
    point = refuse(PLAN, "add-wall", id="w", level_id="level0", line=[at(1, -6), at(1, -6)])
    assert point.code == "line-too-short"


def test_a_way_is_drawn_and_meets_others() -> None:
    first = act(
        PLAN,
        "add-way",
        id="w1",
        line=[at(6, -8), at(6, -20)],
        level_ids=["level0"],
        ours={"clear_width_m": 2},
    ).plan
    edit = act(
        first, "add-way", id="w2", line=[at(6.008, -19.995), at(30, -20)], level_ids=["level0"]
    )
    one, other = edit.plan["w1"].geometry, edit.plan["w2"].geometry
    assert one is not None
    assert other is not None
    assert one["coordinates"][-1] == other["coordinates"][0]
    assert issues(edit.plan) == []
    assert leads(edit.plan, "way:level0", "way:level0")


def test_a_way_is_turned_made_one_way_and_banned() -> None:
    plan = act(
        PLAN,
        "add-way",
        id="w",
        line=[at(6, -8), at(6, -20)],
        level_ids=["level0"],
        category="ramp",
        ours={"incline": 0.05},
    ).plan
    way = act(plan, "set-way", feature="w", directed=True, turned=True).plan["w"]
    assert isinstance(way, Relationship)
    assert way.directed
    assert way.incline == -0.05
    assert way.geometry is not None
    assert plan["w"].geometry is not None
    assert way.geometry["coordinates"] == plan["w"].geometry["coordinates"][::-1]
    banned = act(plan, "set-way", feature="w", banned=True).plan
    assert ours(banned, "w")["banned"] is True
    allowed = act(banned, "set-way", feature="w", banned=False).plan
    assert allowed["w"] == plan["w"]


def test_places_are_connected_or_kept_apart() -> None:
    joined = act(PLAN, "connect", id="c", origin="A", destination="B").plan
    assert leads(joined, "place:A", "place:B")
    assert leads(PLAN, "door:door-1:A", "door:door-1:hall")
    apart = act(
        PLAN, "connect", id="c", origin="A", destination="hall", through=["door-1"], banned=True
    ).plan
    assert not leads(apart, "door:door-1:A", "door:door-1:hall")
    assert refuse(PLAN, "connect", id="c", origin="A", destination="A").code == "way-to-itself"
    level = refuse(PLAN, "connect", id="c", origin="A", destination="level0")
    assert level.code == "feature-of-other-kind"


def test_a_one_way_leads_through_doors_that_lead_there() -> None:
    given: dict[str, Any] = {"id": "c", "directed": True, "origin": "A", "destination": "B"}
    edit = act(PLAN, "connect", through=["door-1", "hall", "door-2"], **given)
    assert issues(edit.plan) == []
    assert leads(edit.plan, "door:door-1:A", "door:door-1:hall")
    assert not leads(edit.plan, "door:door-1:hall", "door:door-1:A")
    wrong = refuse(PLAN, "connect", through=["door-2", "hall", "door-1"], **given)
    assert wrong.code == "door-leads-elsewhere"
    short = refuse(PLAN, "connect", through=["door-1"], **given)
    assert short.code == "door-leads-elsewhere"
