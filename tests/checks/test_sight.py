"""What of a sign is legible from where."""

from collections.abc import Sequence
from math import cos, radians, sin

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import FRAME, draw_plan
from wayfinder.checks.sight import (
    READ_DEG,
    Panels,
    Sight,
    find_legible_in,
    find_letter_height_mm,
)
from wayfinder.graph import build_network
from wayfinder.model import Plan, list_signs, make_feature
from wayfinder.services.served import Served

CORNER = """
    +-----+------------------------------+
    |A    |B                             |
    +--1--+---------------2--------------+
    4hall                                |
    |           +------------------------+
    |           |void                    |
    |           |                        |
    +-----------+------------------------+
"""
"""A hall round a corner: eight metres high at the left end, four along the top."""

PLAN = draw_plan(CORNER)
SIGHT = Sight(build_network(PLAN))
HANGING_M = 12.0


def hang(x: float, y: float, bearing_deg: float | None, letter_mm: float = 40.0) -> Panels:
    return Panels.make([(x, y)], [bearing_deg], [letter_mm])


def reads(panels: Panels, *eyes: tuple[float, float]) -> list[bool]:
    return read_face(SIGHT, "level0", panels, eyes)


def read_face(
    sight: Sight, level_id: str, panels: Panels, eyes: Sequence[tuple[float, float]]
) -> list[bool]:
    """Tell from where a face is read; in a wall from nowhere."""
    (x, y), *_ = panels.points.tolist()
    region = sight.find_region(level_id, (x, y))
    if region is None:
        return [False] * len(eyes)
    return [bool(one) for one in find_legible_in(region, np.array(eyes), panels)[:, 0]]


def add_sign(plan: Plan, **sign: object) -> Plan:
    at = {"type": "Point", "coordinates": list(FRAME.to_degrees(6.0, -6.0))}
    said = {"category": "signage", "unit_ids": ["hall"], "wayfinder": {"sign": sign}}
    return plan.with_features(make_feature("sign", "amenity", at, said))


def test_a_face_is_read_from_in_front_and_not_from_behind() -> None:
    assert reads(hang(20, -6, 90), (30, -6), (10, -6)) == [True, False]


def test_it_is_read_as_far_as_its_letters_are_high() -> None:
    near, far = (8 + 7.4, -6), (8 + 7.8, -6)
    assert reads(hang(8, -6, 90, 25.0), near, far) == [True, False]
    assert reads(hang(8, -6, 90, 50.0), near, far) == [True, True]


@pytest.mark.parametrize(("off_deg", "read"), [(0, True), (58, True), (62, False), (120, False)])
def test_it_is_read_from_at_most_sixty_degrees_aside(off_deg: float, read: bool) -> None:  # noqa: FBT001
    face = hang(5, -8, 0)
    x, y = face.points[0]
    eye = (x + 2 * sin(radians(off_deg)), y + 2 * cos(radians(off_deg)))
    assert reads(face, eye) == [read]


def test_nobody_reads_round_a_corner_or_through_a_wall_or_a_door() -> None:
    face = hang(5, -13, 0)
    assert reads(face, (5, -6), (16, -6), (3, -2)) == [True, False, False]


def test_a_face_in_a_wall_or_without_a_bearing_is_read_by_nobody() -> None:
    assert reads(hang(20, -11, 0), (20, -6)) == [False]
    assert reads(hang(20, -6, None), (20, -5), (22, -6)) == [False, False]


def test_nothing_is_read_on_another_level() -> None:
    assert read_face(SIGHT, "level7", hang(20, -6, 90), [(30, -6)]) == [False]


def test_letters_are_as_high_as_the_sign_says_else_as_its_mounting_wants() -> None:
    for sign, height_mm in (
        ({"mounting": "hanging"}, 40.0),
        ({"mounting": "door"}, 25.0),
        ({}, 25.0),
        ({"mounting": "door", "letter_height_mm": 33}, 33.0),
        ({"letter_height_mm": -1}, 25.0),
        ({"directory": True, "mounting": "totem"}, 25 / 7.5 * 2),
    ):
        plan = add_sign(PLAN, **sign)
        (found,) = list_signs(plan)
        assert find_letter_height_mm(plan, found) == height_mm


@given(
    x=st.floats(0.5, 36.5),
    y=st.floats(-13.5, -4.5),
    bearing_deg=st.floats(0, 360),
    face_x=st.floats(0.5, 36.5),
    face_y=st.floats(-13.5, -4.5),
)
def test_what_is_read_is_near_in_front_and_in_plain_sight(
    x: float, y: float, bearing_deg: float, face_x: float, face_y: float
) -> None:
    face = hang(face_x, face_y, bearing_deg)
    at = face.points[0]
    line = shapely.LineString([(x, y), at])
    (read,) = reads(face, (x, y))
    if not read:
        return
    hall = SIGHT.find_region_of("hall")
    assert hall is not None
    assert line.length <= HANGING_M + 1e-6
    assert hall.polygon.buffer(0.02).covers(line)
    out = np.array([sin(radians(bearing_deg)), cos(radians(bearing_deg))])
    towards = (np.array([x, y]) - at) / line.length
    assert towards @ out >= cos(radians(READ_DEG)) - 1e-6


def test_every_face_of_the_hospital_is_read_by_whoever_stands_before_it(
    served_hospital: Served, *, run_all: bool
) -> None:
    sight, plan = Sight(served_hospital.network), served_hospital.plan
    unread = []
    for sign in list_signs(plan)[:: 1 if run_all else 9]:
        assert sign.bearing_deg is not None
        turned = radians(sign.bearing_deg)
        eyes = [
            (sign.point[0] + sin(turned) * m, sign.point[1] + cos(turned) * m) for m in (0.6, 3)
        ]
        if not any(read_face(sight, sign.level_id, Panels.of(plan, [sign]), eyes)):
            unread.append(sign.ref)
    assert not unread
