"""The signs of the hospital hang where one can read them, and each is one of its own."""

from collections import Counter
from math import cos, hypot, inf, radians, sin
from random import Random

import pytest
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from tests.floorplans.traveller import Traveller
from wayfinder.checks.public_places import list_entrances
from wayfinder.guide.steps import make_steps
from wayfinder.model import Access, Fixture, Level, Opening, Plan, Unit
from wayfinder.model.categories import is_through
from wayfinder.model.sign import Sign, list_signs
from wayfinder.model.sign_codes import is_code
from wayfinder.route import Router, find_places


@pytest.fixture(scope="module")
def signs(plan: Plan) -> tuple[Sign, ...]:
    """Return all signs of the hospital."""
    return list_signs(plan)


@pytest.fixture(scope="module")
def traveller(router: Router) -> Traveller:
    """Return somebody who knows all ways of the hospital."""
    return Traveller(router)


def shape_of(plan: Plan, key: str) -> BaseGeometry:
    shape = plan.find_geometry_m(key)
    assert shape is not None
    return shape


def beyond(sign: Sign, metres: float) -> Point:
    """Return the spot so far before a sign's face; behind it where negative."""
    assert sign.bearing_deg is not None
    turn = radians(sign.bearing_deg)
    return Point(sign.point[0] + metres * sin(turn), sign.point[1] + metres * cos(turn))


def test_there_are_signs_in_every_building_and_on_the_grounds(
    signs: tuple[Sign, ...], traveller: Traveller
) -> None:
    assert len(signs) >= 200
    by_floor = Counter(traveller.say_floor(sign.level_id) for sign in signs)
    public = {f"C {number}F" for number in range(1, 13)} | {
        f"A {number}F" for number in range(1, 6)
    }
    public |= {"A B1", "B B1", "B 1F", "B 2F", "B 3F", "B 4F", "D 1F", "D 2F", "E 1F", "P2 B1"}
    assert public | {"outdoors"} <= by_floor.keys()
    assert by_floor["A 1F"] >= 12
    assert min(by_floor[floor] for floor in public) >= 3


def test_each_has_a_number_and_a_code_of_its_own(signs: tuple[Sign, ...], plan: Plan) -> None:
    assert len({sign.ref for sign in signs}) == len(signs)
    codes = [sign.code for sign in signs]
    assert all(code is not None and is_code(code) for code in codes)
    assert len(set(codes)) == len(signs)
    for sign in signs[::40]:
        assert find_places(plan, sign.code or "") == (sign.id,)


def test_a_number_tells_building_and_floor(signs: tuple[Sign, ...], plan: Plan) -> None:
    for sign in signs:
        level = plan.find(sign.level_id, Level)
        assert level is not None
        prefix, _, number = sign.ref.partition("-")
        assert number.removeprefix("S" if sign.directory else "").isdigit()
        if prefix not in {"G", "P2", "P2G"}:
            assert prefix[1:] == level.short_name["en"].removesuffix("F")


def test_a_directory_hangs_in_sight_of_every_public_entrance(
    signs: tuple[Sign, ...], router: Router
) -> None:
    network = router.network
    directories = [sign for sign in signs if sign.directory]
    assert not any(sign.messages for sign in directories)
    for entrance in list_entrances(network):
        node = network.graph.nodes[entrance.node]
        x, y, level_id = node["x"], node["y"], node["level"]
        near = [
            hypot(sign.point[0] - x, sign.point[1] - y)
            for sign in directories
            if sign.level_id == level_id
        ]
        assert min(near, default=inf) < 20, entrance.id


def test_codes_are_on_the_walls_and_never_change(signs: tuple[Sign, ...]) -> None:
    known = {sign.ref: sign.code for sign in signs}
    assert known["A1-01"] == "DQKN3T6"
    assert known["B2-03"] == "AXHTN4T"
    assert known["C11-01"] == "YW3YW9D"
    assert known["D1-01"] == "7CXF9AH"
    assert known["G-01"] == "JTX9VDN"


def test_each_hangs_where_people_walk(signs: tuple[Sign, ...], plan: Plan) -> None:
    for sign in signs:
        unit = plan.find(sign.unit_id, Unit)
        assert unit is not None
        assert is_through(unit) or unit.category in {"admissions", "parking"}, sign.ref
        assert unit.access in {None, Access.PUBLIC}, sign.ref
        assert shape_of(plan, unit.id).buffer(0.01).covers(Point(sign.point)), sign.ref


def test_each_face_looks_into_free_space_and_a_wall_is_behind_those_on_walls(
    signs: tuple[Sign, ...], plan: Plan
) -> None:
    for sign in signs:
        assert sign.bearing_deg is not None
        own = shape_of(plan, sign.unit_id)
        open_ = [
            shape_of(plan, unit.id)
            for unit in plan.list_on(sign.level_id, Unit)
            if unit.id == sign.unit_id or is_through(unit)
        ]
        assert any(shape.covers(beyond(sign, 1.0)) for shape in open_), sign.ref
        if sign.mounting == "wall":
            assert 0.1 <= own.boundary.distance(Point(sign.point)) <= 0.4, sign.ref
            assert not own.covers(beyond(sign, -0.4)), sign.ref


def test_none_hangs_in_the_swing_of_a_door_or_over_a_seat(
    signs: tuple[Sign, ...], plan: Plan
) -> None:
    for sign in (sign for sign in signs if sign.mounting == "wall"):
        own, spot = shape_of(plan, sign.unit_id), Point(sign.point)
        for opening in plan.list_on(sign.level_id, Opening):
            line = shape_of(plan, opening.id)
            if line.distance(own) < 0.05:
                assert line.distance(spot) > 0.5, (sign.ref, opening.name)
        for thing in plan.list_on(sign.level_id, Fixture):
            shape = shape_of(plan, thing.id)
            if own.covers(shape.centroid):
                assert shape.distance(spot) > 0.4, (sign.ref, thing.name)


def test_two_faces_are_never_at_one_spot_and_look_the_same_way(signs: tuple[Sign, ...]) -> None:
    for one in signs:
        for other in signs:
            if one.ref < other.ref and one.level_id == other.level_id:
                near = shapely.distance(Point(one.point), Point(other.point)) < 1.0
                assert not (near and one.bearing_deg == other.bearing_deg), (one.ref, other.ref)


def test_whoever_scans_a_sign_is_told_which_way_to_turn(
    signs: tuple[Sign, ...], traveller: Traveller, *, run_all: bool
) -> None:
    chosen = signs if run_all else Random(7).sample(signs, 5)
    for sign in chosen:
        journey = traveller.go(sign.id, "ED")
        steps = make_steps(traveller.router.network, journey, facing_deg=sign.facing_deg)
        assert steps[0].direction is not None, sign.ref


def test_leaving_the_lift_one_reads_the_sign_opposite(
    signs: tuple[Sign, ...], traveller: Traveller
) -> None:
    sign = next(sign for sign in signs if sign.ref == "C11-01")
    lifts = [
        traveller.plan.find_geometry_m(key)
        for key in find_places(traveller.plan, "C-2")
        if traveller.plan[key].properties["level_id"] == sign.level_id
    ]
    assert sign.facing_deg == 180
    (lift,) = lifts
    assert lift is not None
    assert lift.centroid.y > sign.point[1]
