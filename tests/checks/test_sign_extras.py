"""Faces say besides where the emergency department, toilets, a lift and the way out are."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import MONDAY, hang, route
from wayfinder.checks.sign_audit import audit_signs
from wayfinder.checks.sign_extras import add_extras
from wayfinder.model import Arrow, Message, Plan, Sign, list_signs

HALL = """
    +--------+--------+--------+--------+
    |A       |B       |emerg   |wc      |
    +---1----+---2----+---3----+---4----+
    |hall                               |
    |                                   |
    |                                   |
    +-------------------0---------------+
"""
UNITS = {"emerg": {"category": "emergency"}, "wc": {"category": "restroom"}}


def make_hall(messages: Mapping[str, str], **given: object) -> Plan:
    """Make a hall with a sign opposite its entrance."""
    plan = draw_plan(HALL, units=UNITS)
    return hang(plan, "sign", (20.0, -4.2), messages, mounting="wall", **given)


def fill(plan: Plan) -> tuple[Sign, ...]:
    return add_extras(route(plan), list_signs(plan))


def read(sign: Sign) -> dict[str, Arrow]:
    return {message.to: message.arrow for message in sign.messages}


def test_the_emergency_department_and_what_is_near_stand_behind_what_was_said() -> None:
    (sign,) = fill(make_hall({"A": "left"}))
    assert [message.to for message in sign.messages] == ["A", "emerg", "wc", "door-0"]
    said = read(sign)
    assert said["A"] is Arrow.LEFT
    assert said["wc"] is Arrow.RIGHT
    assert said["door-0"] in {Arrow.BACK, Arrow.BACK_LEFT, Arrow.BACK_RIGHT}


def test_what_a_face_speaks_of_is_not_said_twice() -> None:
    (sign,) = fill(make_hall({"emerg": "right", "wc": "right", "door-0": "back"}))
    assert len(sign.messages) == 3


@pytest.mark.parametrize(("count", "told"), [(5, {"emerg", "wc", "door-0"}), (7, {"emerg"})])
def test_no_face_gets_more_than_eight_lines(count: int, told: set[str]) -> None:
    places = dict.fromkeys(("A", "B", "hall", "level0", "one", "two", "three")[:count], "left")
    (sign,) = fill(make_hall(places))
    assert len(sign.messages) == 8
    assert set(read(sign)) - places.keys() == told


def test_directories_and_faces_that_nobody_knows_how_they_face_are_left_as_they_are() -> None:
    for given in ({"directory": True}, {"bearing_deg": None}):
        (sign,) = fill(make_hall({"A": "left"}, **given))
        assert set(read(sign)) == {"A"}


def test_no_signs_have_no_further_lines() -> None:
    assert fill(draw_plan(HALL)) == ()


HOUSE = """
    level 0
    +------+----------+------+
    |stairs|hall      |voidB |
    |      5          |      |
    +------+          |      |
    |void  |          |      |
    |      |          |      |
    |      |          |      |
    |      |          |      |
    |      |          +------+
    |      |          4lift  |
    |      |          |      |
    |      |          +------+
    |      |          |voidC |
    +------+----0-----+------+

    level 1
    +------+----------+------+
    |stairs|hall      |voidB |
    |      6          |      |
    +------+          |      |
    |A     |          |      |
    |      7          |      |
    |      |          |      |
    |      |          |      |
    |      |          +------+
    |      |          |lift  |
    |      |          |      |
    |      |          +---8--+----------+
    |      |                            |
    +------+                            |
           +----------------------------+
"""
"""One reads the door of a room where the stairs end; by the lift one comes to a parting of ways."""


def test_a_line_by_which_somebody_would_be_lost_is_not_printed() -> None:
    plan = hang(draw_plan(HOUSE), "silent", (12.0, -19.0), {}, unit="hall@0")
    plan = hang(plan, "told", (12.0, -1.2), {"level1": "left"}, unit="hall@0")
    router, signs = route(plan), list_signs(plan)
    silent, _ = add_extras(router, signs)
    assert set(read(silent)) == {"door-0"}
    lured = (replace(silent, messages=(Message("lift@0", Arrow.RIGHT),)), signs[1])
    arrived = [
        audit_signs(router, signs=hung, profiles=("walk",), departure=MONDAY).shares[0].arrived
        for hung in (signs, lured, (silent, signs[1]))
    ]
    assert arrived == [1, 0, 1]
