"""A small house whose hall has signs, and a house that has errors."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.ascii_plan import draw_plan
from wayfinder.model import Plan, make_feature
from wayfinder.model.sign_codes import make_code

DRAWING = """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+--2--+--3--+
    |hall             |
    +--0--------------+
"""
FIRST, SECOND, OTHER = (make_code(number) for number in (5_000, 6_000, 7_000))
"""Codes far from those that a registry gives out first."""


@cache
def _draw() -> Plan:
    return draw_plan(DRAWING)


def make_plan(signs: Mapping[str, Mapping[str, Any]] | None = None, *, tag: int = 0) -> Plan:
    """Make a plan.

    Parameters
    ----------
    signs
        Feature id to what `wayfinder` says of the sign: ``sign_code``, ``ref``.
    tag
        Makes another plan of it, with another hash.
    """
    plan = _draw()
    hall = plan["hall"]
    assert hall.shape is not None
    point = hall.shape.representative_point()
    faces = [
        make_feature(
            feature_id,
            "amenity",
            {"type": "Point", "coordinates": [point.x, point.y]},
            {"category": "signage", "unit_ids": ["hall"], "wayfinder": {"sign": {}, **said}},
        )
        for feature_id, said in (signs or {}).items()
    ]
    tagged = plan["A"].with_wayfinder(tag=tag) if tag else plan["A"]
    return plan.with_features(tagged, *faces)


def make_broken_plan() -> Plan:
    """Make a plan with an error: a room without a floor."""
    plan = _draw()
    return plan.with_features(plan["B"].with_properties(level_id="nowhere"))
