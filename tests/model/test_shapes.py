"""Shapes made at once are those made one by one, whatever a plan holds."""

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.model import Plan, make_feature
from wayfinder.model.shapes import read_shape, read_shapes

_NUMBERS = st.floats(-180, 180) | st.integers(-180, 180)
_PLACES = st.lists(_NUMBERS, min_size=2, max_size=2)
_STRANGE = st.lists(
    _NUMBERS | st.none() | st.booleans() | st.text(max_size=3) | st.lists(_NUMBERS, max_size=2),
    max_size=3,
)


@st.composite
def _rings(draw: st.DrawFn) -> list[Any]:
    ring = draw(st.lists(_PLACES, min_size=3, max_size=30))
    return [*ring, ring[0]] if draw(st.booleans()) else ring


def _geometries(places: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    rings = st.lists(_rings() | st.lists(places, max_size=5), max_size=3)
    return st.one_of(
        st.builds(lambda c: {"type": "Point", "coordinates": c}, places),
        st.builds(lambda c: {"type": "LineString", "coordinates": c}, st.lists(places, max_size=5)),
        st.builds(lambda c: {"type": "Polygon", "coordinates": c}, rings),
        st.builds(lambda c: {"type": "MultiPolygon", "coordinates": [c]}, rings),
        st.builds(lambda c: {"type": c}, st.text(max_size=3) | st.none()),
    )


def _wkb(shape: shapely.Geometry | None) -> bytes | None:
    return None if shape is None else shapely.to_wkb(shape)


@given(st.lists(_geometries(_PLACES), max_size=8))
def test_many_shapes_are_what_each_is_alone(geometries: list[dict[str, Any]]) -> None:
    together = [_wkb(shape) for shape in read_shapes(geometries)]
    assert together == [_wkb(read_shape(geometry)) for geometry in geometries]


@pytest.mark.parametrize("number", [1e308, -1e30, 10**400, -(2**63), float("inf"), float("nan")])
def test_what_no_metres_can_be_made_of_is_no_shape(number: float) -> None:
    ring = [[0, 0], [1, 0], [number, 1], [0, 0]]
    assert read_shapes([{"type": "Polygon", "coordinates": [ring]}]) == [None]
    assert read_shape({"type": "Point", "coordinates": [0, number]}) is None


@given(st.lists(_geometries(_PLACES | _STRANGE), max_size=8))
def test_malformed_shapes_spoil_no_others(geometries: list[dict[str, Any]]) -> None:
    together = [_wkb(shape) for shape in read_shapes(geometries)]
    assert together == [_wkb(read_shape(geometry)) for geometry in geometries]


@given(st.lists(st.none() | _geometries(_PLACES | _STRANGE), min_size=1, max_size=6))
def test_prepared_plans_have_the_same_shapes(geometries: list[dict[str, Any] | None]) -> None:
    def make() -> Plan:
        kinds = ("level", "unit")
        return Plan.of(
            make_feature(str(number), kinds[number > 0], geometry, {"ordinal": 0}, {})
            for number, geometry in enumerate(geometries)
        )

    prepared, plain = make(), make()
    prepared.prepare_geometries_m()
    for feature in plain:
        assert _wkb(prepared[feature.id].shape) == _wkb(feature.shape)
        one, other = (plan.find_geometry_m(feature.id) for plan in (prepared, plain))
        assert _wkb(one) == _wkb(other)
