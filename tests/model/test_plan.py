"""A plan finds its features, its levels and its frame."""

from typing import Any

import pytest
from shapely.geometry import box, mapping

from wayfinder.model import Feature, Frame, Level, Opening, Plan, Unit, Venue, make_feature


def square(west: float, south: float, size: float = 0.001) -> dict[str, Any]:
    return mapping(box(west, south, west + size, south + size))


def level(key: str, ordinal: object, west: float = 9.0) -> Feature:
    return make_feature(key, "level", square(west, 48), {"ordinal": ordinal})


def unit(key: str, level_id: str, west: float = 9.0) -> Feature:
    return make_feature(key, "unit", square(west, 48), {"level_id": level_id})


def venue(**properties: object) -> Feature:
    return make_feature("v", "venue", square(9, 48, 0.01), properties)


def test_look_ups() -> None:
    plan = Plan.of([venue(), level("L0", 0), unit("a", "L0"), unit("b", "L0"), unit("c", "L9")])
    assert plan["a"].id == "a"
    assert "a" in plan
    assert "x" not in plan
    assert len(plan) == 5
    assert [feature.id for feature in plan] == ["v", "L0", "a", "b", "c"]
    assert plan.find("a", Unit) is plan["a"]
    assert plan.find("a", Level) is None
    assert plan.find(None, Level) is None
    assert plan.units == (plan["a"], plan["b"], plan["c"])
    assert plan.list_on("L0", Unit) == (plan["a"], plan["b"])
    assert plan.list_of(Opening) == ()
    assert isinstance(plan.venue, Venue)
    with pytest.raises(KeyError):
        plan["x"]


def test_ids_are_distinct() -> None:
    with pytest.raises(ValueError, match="'a'"):
        Plan.of([unit("a", "L0"), unit("a", "L1")])


def test_levels_are_in_order_and_unreadable_ones_in_none() -> None:
    plan = Plan.of([level("2", 2), level("B", "-1"), level("?", None), level("M", 0.5)])
    assert [found.id for found in plan.levels] == ["B", "M", "2"]
    assert plan.find("?", Level) is not None


def test_the_frame_is_at_the_venue() -> None:
    point = {"type": "Point", "coordinates": [9.002, 48.003]}
    assert Plan.of([venue(display_point=point), level("L", 0)]).frame == Frame(9.002, 48.003)
    amid = Plan.of([venue(), level("L", 0)]).frame
    assert (amid.lon, amid.lat) == pytest.approx((9.005, 48.005))
    assert Plan.of([]).frame == Frame(0, 0)


def test_a_display_point_elsewhere_does_not_move_the_frame() -> None:
    swapped = {"type": "Point", "coordinates": [48.003, 9.002]}
    frame = Plan.of([venue(display_point=swapped), level("L", 0)]).frame
    assert (frame.lon, frame.lat) == pytest.approx((9.005, 48.005))
    elsewhere = make_feature("v", "venue", square(48, 9), {})
    frame = Plan.of([elsewhere, level("L", 0)]).frame
    assert (frame.lon, frame.lat) == pytest.approx((9.0005, 48.0005))


def test_geometries_in_metres_are_remembered_across_edits() -> None:
    plan = Plan.of([venue(), level("L", 0), unit("a", "L"), unit("b", "L")])
    known = plan.find_geometry_m("a")
    assert known is not None
    assert known.area == pytest.approx(111.2 * 74.6, rel=0.01)
    edited = plan.with_features(unit("b", "L", west=9.002))
    assert edited.find_geometry_m("a") is known
    moved, before = edited.find_geometry_m("b"), plan.find_geometry_m("b")
    assert moved is not None
    assert before is not None
    assert moved.centroid.x - before.centroid.x == pytest.approx(149, rel=0.01)
    assert plan.find_geometry_m("a") is known
    nowhere = make_feature("n", "occupant", None, {})
    assert edited.with_features(nowhere).find_geometry_m("n") is None


def test_a_frame_that_moves_forgets_them() -> None:
    plan = Plan.of([venue(), level("L", 0), unit("a", "L")])
    before = plan.find_geometry_m("a")
    after = plan.without("v").find_geometry_m("a")
    assert before is not None
    assert after is not None
    assert after is not before
    assert not after.equals_exact(before, 1e-6)


def test_without() -> None:
    plan = Plan.of([level("L", 0), unit("a", "L")])
    assert "a" not in plan.without("a")
    assert "a" in plan
    with pytest.raises(KeyError):
        plan.without("x")


def test_what_a_plan_hands_on_is_what_a_new_one_would_find() -> None:
    plan = Plan.of([level("L0", 0), unit("a", "L0"), unit("b", "L0"), venue()])
    plan.prepare_geometries_m()
    plan.list_on("L0", Unit)
    assert plan.frame.lat
    edits: list[dict[str, Feature | None]] = [
        {"b": unit("b", "L1", 9.2)},
        {"c": unit("c", "L0"), "a": None},
        {"a": make_feature("a", "opening", None, {"level_id": "L0"})},
        {"L0": level("L0", 1, 9.4)},
        {"v": None, "0": unit("0", "L0")},
        {"b": None, "c": None, "0": None},
    ]
    for changes in edits:
        plan = plan.replace(changes)
        fresh = Plan.of(plan)
        assert list(plan.features) == sorted(plan.features)
        assert plan.frame == fresh.frame
        for kind in (Level, Opening, Unit, Venue):
            assert plan.list_of(kind) == fresh.list_of(kind)
            for key in ("L0", "L1"):
                assert plan.list_on(key, kind) == fresh.list_on(key, kind)
        for key in plan.features:
            assert plan.find_geometry_m(key) == fresh.find_geometry_m(key)


def test_features_in_no_order_keep_theirs_and_new_ones_come_last() -> None:
    plan = Plan.of([unit("c", "L0"), unit("a", "L0")])
    assert list(plan.replace({"b": unit("b", "L0")}).features) == ["c", "a", "b"]
    with pytest.raises(KeyError):
        plan.replace({"x": None})
