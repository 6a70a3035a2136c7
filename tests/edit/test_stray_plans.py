"""Plans that were read with mistakes can be edited: there is always an edit, or a reason."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.edit.shown import at, ring
from tests.edit.strategies import PLAN, actions
from wayfinder.edit import EditError, parse_offered
from wayfinder.model import Feature, Plan, encode_plan, make_feature


def redraw(key: str, geometry: dict[str, Any] | None, **properties: object) -> Feature:
    old = PLAN[key]
    return make_feature(
        key, old.feature_type, geometry, {**old.properties, **properties}, old.members
    )


SQUARES = [[ring((0, 0), (6, 0), (6, -3), (0, -3))], [ring((0, -4), (6, -4), (6, -6), (0, -6))]]
BOW = [ring((6, 0), (12, -6), (12, 0), (6, -6))]
SPIKE = [ring((12, 0), (18, 0), (18, -6), (18, 5), (18, -6), (12, -6))]

STRAYS = st.sampled_from(
    [
        redraw("A", {"type": "MultiPolygon", "coordinates": SQUARES}),
        redraw("B", {"type": "Polygon", "coordinates": BOW}),
        redraw("lift@0", {"type": "Polygon", "coordinates": SPIKE}),
        redraw("A", None),
        redraw("hall", {"type": "Polygon", "coordinates": []}),
        redraw("hall", {"type": "Polygon", "coordinates": [[[None, 1], [2, 3]]]}),
        redraw("hall", {"type": "Point", "coordinates": at(3, -9)}),
        redraw("hall", {"type": "GeometryCollection", "geometries": []}),
        redraw("B", PLAN["B"].geometry, level_id=None),  # type: ignore[arg-type]
        redraw("B", PLAN["B"].geometry, level_id="nowhere", name="plain", wayfinder="no"),  # type: ignore[arg-type]
        redraw("door-1", {"type": "MultiLineString", "coordinates": [[at(2, -6), at(3, -6)]]}),
        redraw("door-1", None),
        redraw("door-2", {"type": "LineString", "coordinates": [at(8, -6), at(8, -6)]}),
        redraw("door-2", {"type": "Point", "coordinates": at(8, -6)}),
        redraw("door-3", PLAN["door-3"].geometry, level_id=None),  # type: ignore[arg-type]
        redraw("wc", {"type": "Point", "coordinates": []}, unit_ids="B"),
        redraw("wc", None, unit_ids=None),
        redraw("x-anchor", PLAN["x-anchor"].geometry, unit_id="gone"),  # type: ignore[arg-type]
        redraw("x", None, anchor_id=5),
        redraw("post", PLAN["post"].geometry, wayfinder={"sign": {"messages": [5, {}]}}),  # type: ignore[arg-type]
        redraw("level0", {"type": "Polygon", "coordinates": BOW}),
        redraw("level1", PLAN["level1"].geometry, ordinal="up"),  # type: ignore[arg-type]
        redraw("venue", None, display_point="here"),
        make_feature("r1", "relationship", None, {"category": "elevator", "origin": "lift@0"}),
        make_feature("r1", "relationship", {"type": "LineString", "coordinates": [at(0, 0)]}, {}),
        make_feature("u1", "mystery", {"type": "Polygon", "coordinates": BOW}, {}),
    ]
)


@given(strays=st.lists(STRAYS, min_size=1, max_size=4), documents=st.lists(actions, max_size=8))
def test_a_plan_that_strays_is_edited_or_there_is_a_reason(
    strays: list[Feature], documents: list[dict[str, Any]]
) -> None:
    now = first = PLAN.with_features(*strays)
    reverts = []
    for document in documents:
        try:
            edit = parse_offered(document).apply(now)
        except EditError:
            continue
        reverts.append(edit.revert)
        now = edit.plan
    back: Plan = now
    for revert in reversed(reverts):
        back = revert.apply(back).plan
    assert encode_plan(back) == encode_plan(first)
