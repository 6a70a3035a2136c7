"""Which doors and places signs have to lead from and to."""

from collections.abc import Mapping
from typing import Any

from tests.ascii_plan import draw_plan
from wayfinder.checks.public_places import list_entrances, list_public_doors, list_public_places
from wayfinder.graph import build_network
from wayfinder.model import Plan

HOUSE = """
    +-----+-----+------+-----+
    |A    |cafe |@heart|wc   |
    |     |     |clinic|     |
    +--1--+--2--+--3---+--4--+
    5hall *information       6
    +---7--------------------+
"""
UNITS: Mapping[str, str | Mapping[str, Any]] = {
    "cafe": "cafe",
    "clinic": "consultingroom",
    "A": {"access": "staff"},
}


def entrances(plan: Plan) -> list[str]:
    return [door.id for door in list_entrances(build_network(plan))]


def places(plan: Plan) -> set[str]:
    return {place.id for place in list_public_places(build_network(plan))}


def test_departments_desks_and_rooms_with_a_use_are_places_and_staff_rooms_are_not() -> None:
    plan = draw_plan(HOUSE, units=UNITS, places={"heart": {"category": "cardiology"}})
    assert places(plan) == {"heart", "cafe", "information"}


def test_without_departments_every_room_is_a_place() -> None:
    plan = draw_plan(HOUSE.replace("@heart", "      "), units=UNITS)
    assert places(plan) == {"clinic", "cafe", "information"}


def test_visitors_come_by_principal_doors_that_are_open_to_them() -> None:
    plan = draw_plan(HOUSE, units=UNITS)
    assert entrances(plan) == ["door-5", "door-6", "door-7"]
    shut: Mapping[str, Mapping[str, Any]] = {
        "5": {"access": "staff"},
        "6": {"emergency_only": True},
    }
    assert entrances(draw_plan(HOUSE, units=UNITS, doors=shut)) == ["door-7"]


def test_other_doors_count_where_none_is_principal() -> None:
    side = {mark: {"category": "pedestrian"} for mark in "567"}
    assert entrances(draw_plan(HOUSE, units=UNITS, doors=side)) == ["door-5", "door-6", "door-7"]
    side["6"] = {"category": "pedestrian.principal"}
    marked = draw_plan(HOUSE, units=UNITS, doors=side)
    assert entrances(marked) == ["door-6"]
    doors = list_public_doors(build_network(marked))
    assert [door.id for door in doors] == ["door-5", "door-6", "door-7"]


def test_an_entrance_has_a_node_on_each_side() -> None:
    network = build_network(draw_plan(HOUSE, units=UNITS))
    (first, *_) = list_entrances(network)
    assert network.graph.nodes[first.node]["unit"] == "hall"
    assert network.graph.has_edge(first.outer, first.node)
