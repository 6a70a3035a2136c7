"""Degrees and metres."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString

from wayfinder.model import Frame

# Metres a degree of longitude and of latitude on the WGS 84 ellipsoid
# (https://en.wikipedia.org/wiki/Geographic_coordinate_system, table of 15-degree steps).
TABLE = [
    (0, 111_320, 110_574),
    (15, 107_550, 110_649),
    (45, 78_847, 111_132),
    (60, 55_800, 111_412),
]


@pytest.mark.parametrize(("lat", "lon_m", "lat_m"), TABLE)
def test_metres_a_degree(lat: float, lon_m: float, lat_m: float) -> None:
    assert Frame(10, lat).scale_m == pytest.approx((lon_m, lat_m), rel=2e-4)


@given(
    st.floats(-179, 179),
    st.floats(-80, 80),
    st.floats(-5_000, 5_000),
    st.floats(-5_000, 5_000),
)
def test_there_and_back(lon: float, lat: float, x: float, y: float) -> None:
    frame = Frame(lon, lat)
    back = frame.to_metres(*frame.to_degrees(x, y))
    assert hypot(back[0] - x, back[1] - y) < 1e-6


def test_geometries() -> None:
    frame = Frame(116.4, 39.9)
    line = LineString([(0, 0), (30, 40)])
    there = frame.geometry_degrees(line)
    assert there.coords[0] == (116.4, 39.9)
    assert frame.geometry_m(there).length == pytest.approx(50, abs=1e-6)
    assert frame.to_metres(116.4, 39.9) == (0, 0)
