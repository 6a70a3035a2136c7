"""Metres become pixels: the direction asked for points up, all that is shown lies in the frame."""

from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from wayfinder.draw.boxes import Box, Occupied
from wayfinder.draw.view import fit_view, make_least, measure_turned

BEARING = st.floats(-360, 360)


@given(BEARING, BEARING, st.floats(0.1, 50))
def test_heads_up(up_deg: float, bearing: float, distance: float) -> None:
    shape = [box(-50, -50, 50, 50)]
    frame = (0.0, 0.0, 400.0, 300.0)
    view = fit_view(measure_turned(shape, up_deg), frame, up_deg=up_deg, margin_px=10)
    ahead = radians(bearing)
    ox, oy = view.point((0, 0))
    x, y = view.point((distance * sin(ahead), distance * cos(ahead)))
    turned = radians(bearing - up_deg)
    assert x - ox == pytest.approx(distance * view.px_per_m * sin(turned), abs=1e-6)
    assert oy - y == pytest.approx(distance * view.px_per_m * cos(turned), abs=1e-6)
    angle = radians(view.angle(bearing))
    reach = hypot(x - ox, y - oy)
    assert (cos(angle) * reach, sin(angle) * reach) == pytest.approx((x - ox, y - oy), abs=1e-6)


@given(st.floats(-500, 500), st.floats(1, 800), st.floats(1, 800), BEARING)
def test_what_is_shown_lies_in_the_frame_and_fills_it(
    x: float, width: float, height: float, up_deg: float
) -> None:
    shape = box(x, -x, x + width, height - x)
    frame = (10.0, 44.0, 370.0, 500.0)
    view = fit_view(measure_turned([shape], up_deg), frame, up_deg=up_deg, margin_px=20)
    left, top, right, bottom = view.shape(shape).bounds
    assert left >= 30 - 1e-6
    assert right <= 350 + 1e-6
    assert top >= 64 - 1e-6
    assert bottom <= 480 + 1e-6
    assert max((right - left) / 320, (bottom - top) / 416) == pytest.approx(1)


BOXES = st.builds(
    Box,
    *(st.floats(-50, 50), st.floats(-50, 50), st.floats(2, 60), st.floats(2, 30)),
    st.sampled_from([0.0, 0.0, 30.0, -75.0, 90.0]),
)


@given(BOXES, BOXES)
def test_boxes_overlap_as_their_shapes_do(one: Box, other: Box) -> None:
    shared = one.polygon.intersection(other.polygon).area
    assert one.overlaps(other) == other.overlaps(one)
    if shared > 1e-3:
        assert one.overlaps(other)
    elif shared == 0:
        assert not one.overlaps(other)


@given(st.lists(BOXES, max_size=25))
def test_what_is_taken_stays_free_of_others(boxes: list[Box]) -> None:
    space = Occupied((-60, -60, 60, 60), box(-5, -5, 5, 5))
    kept: list[Box] = []
    for candidate in boxes:
        if space.is_free(candidate):
            space.add(candidate)
            kept.append(candidate)
    assert all(not a.overlaps(b) for i, a in enumerate(kept) for b in kept[:i])
    assert all(b.polygon.intersection(box(-5, -5, 5, 5)).area == 0 for b in kept)
    assert all(b.inside((-60, -60, 60, 60)) for b in kept)


def test_the_least_that_is_shown_lies_about_the_middle_of_all() -> None:
    shapes = [box(0, 0, 1, 1), Point(9, 3), box(2, 0, 2, 0)]
    assert make_least(shapes, 10).bounds == pytest.approx((-0.5, -3.5, 9.5, 6.5))
