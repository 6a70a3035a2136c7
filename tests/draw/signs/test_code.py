"""Codes are those of the library, and their outline covers what is dark."""

import numpy as np
import pytest
import qrcode
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import lost_point
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.signs.code import count_penalties, make_code, make_modules, measure_code
from wayfinder.model.sign_address import SignAddress

addresses = st.from_regex(r"HTTPS://[A-Z0-9]{3,30}\.ORG/S/[A-Z0-9]{7}", fullmatch=True)
squares = st.integers(21, 41).flatmap(
    lambda side: st.binary(min_size=side * side, max_size=side * side).map(
        lambda drawn: (np.frombuffer(drawn, np.uint8) % 2 == 0).reshape(side, side)
    )
)


@given(addresses)
def test_a_code_is_what_the_library_makes(payload: str) -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(payload)
    code.make()
    assert (make_modules(payload) == np.array(code.get_matrix(), dtype=bool)).all()


@given(squares)
def test_penalties_are_counted_as_the_library_counts_them(modules: NDArray[np.bool_]) -> None:
    other = np.zeros_like(modules)
    counted = count_penalties(np.array([modules, other]))
    assert counted.tolist() == [lost_point(one.tolist()) for one in (modules, other)]


def test_the_outline_covers_what_is_dark_and_nothing_else() -> None:
    payload = "HTTPS://WAY.EXAMPLE.ORG/S/VQAFYHP"
    outline, side = make_code(payload)
    rings, at = [], 0
    for ring in outline.commands.split("Z")[:-1]:
        rings.append(shapely.Polygon(outline.points[at : at + len(ring)]))
        at += len(ring)
    covered: BaseGeometry = shapely.Polygon()
    for polygon in rings:
        covered = covered.symmetric_difference(shapely.make_valid(polygon))
    dark = make_modules(payload)
    assert side == len(dark)
    assert covered.area == dark.sum()
    for y, x in np.argwhere(dark):
        assert covered.contains(shapely.Point(x + 0.5, y + 0.5))
    # each corner is one: no edge goes on straight through a point
    for polygon in rings:
        xy = shapely.get_coordinates(polygon.exterior)
        steps = np.diff(np.vstack([xy, xy[1]]), axis=0)
        assert (steps[:-1, 0] * steps[1:, 0] + steps[:-1, 1] * steps[1:, 1] == 0).all()


def test_a_code_is_measured_without_being_made() -> None:
    address = SignAddress("HTTPS://WAY.EXAMPLE.ORG/S/VQAFYHP", "way.example.org/S/VQAFYHP", "X")
    modules = make_code(address.url)[1]
    assert measure_code(address, 40) == pytest.approx(40 * (modules + 8) / modules)
    assert measure_code(None, 40) == measure_code(address, 40)
