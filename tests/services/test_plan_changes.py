"""What differs is told by kind and floor, each feature with what of it changed."""

from dataclasses import replace

from tests.ascii_plan import draw_plan
from wayfinder.model import make_feature
from wayfinder.services.plan_changes import Change, How, compare_plans

PLAN = draw_plan("""
    +-----+-----+
    |A    |B    |
    +--1--+--2--+
    |hall       |
    +-----------+
    level 1 F2
    +-----+
    |C    |
    +-----+
""")


def test_what_came_went_and_changed() -> None:
    room = PLAN["A"].with_properties(name={"en": "X-ray"}).with_wayfinder(clear_width_m=2.0)
    moved = replace(PLAN["C"], geometry=PLAN["hall"].geometry)
    added = make_feature("desk", "amenity", None, {"unit_ids": ["C"], "category": "information"})
    note = make_feature("note", "address", None, {})
    found = compare_plans(PLAN, PLAN.with_features(room, moved, added, note).without("door-1", "B"))
    level, upper = (one.id for one in PLAN.levels)
    assert found.changes == (
        Change(
            *("door-1", "opening", PLAN["door-1"].category, level, PLAN["door-1"].name),
            How.REMOVED,
        ),
        Change(
            *("A", "unit", PLAN["A"].category, level, {"en": "X-ray"}),
            How.CHANGED,
            ("name", "wayfinder.clear_width_m"),
        ),
        Change("B", "unit", PLAN["B"].category, level, PLAN["B"].name, How.REMOVED),
        Change("desk", "amenity", "information", upper, {}, How.ADDED),
        Change("C", "unit", "room", upper, PLAN["C"].name, How.CHANGED, ("geometry",)),
        Change("note", "address", "unspecified", None, {}, How.ADDED),
    )
    assert found.levels == (level, upper)
    assert found.counts[("unit", How.CHANGED)] == 2
    assert found.counts[("unit", How.ADDED)] == 0


def test_what_is_written_alike_does_not_differ() -> None:
    same = replace(PLAN["A"], properties=dict(PLAN["A"].properties))
    assert compare_plans(PLAN, PLAN.with_features(same)).changes == ()
    one, other = (make_feature("x", "detail", None, {"n": n}, {"m": (1,)}) for n in (1, 1.0))
    assert compare_plans(PLAN.with_features(one), PLAN.with_features(other)).changes == ()


def test_foreign_members_and_types_are_told() -> None:
    one = make_feature("x", "detail", None, {"wayfinder": {"a": 1}}, {"m": 1})
    other = make_feature("x", "section", None, {"wayfinder": 3}, {"m": 2})
    (change,) = compare_plans(PLAN.with_features(one), PLAN.with_features(other)).changes
    assert change.members == ("type", "members", "wayfinder.a")
