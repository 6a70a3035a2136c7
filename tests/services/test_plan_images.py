"""Pictures of plans: where their pixels lie, and what a measured line makes of that."""

from dataclasses import replace
from math import cos, hypot, radians, remainder, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.drafted import ANN
from wayfinder.services.new_venue import start_venue
from wayfinder.services.plan_images import (
    MOST_IMAGES,
    Measured,
    Placement,
    bring_pictures,
    calibrate,
    find_first_place,
    list_images,
    place_image,
    read_image,
    remove_image,
)
from wayfinder.services.uploads.pictures import BroughtPicture
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError

SIZE = (400, 200)
PLAN = draw_plan("""
    +-----+
    1hall |
    +-----+
""")
PLACES = st.builds(
    Placement,
    x_m=st.floats(-500, 500),
    y_m=st.floats(-500, 500),
    m_per_px=st.floats(0.005, 0.5),
    turn_deg=st.floats(-180, 180),
)
PIXELS = st.tuples(st.floats(0, 400), st.floats(0, 200))


def test_a_picture_lies_around_its_middle_and_turns_clockwise() -> None:
    lies = Placement(x_m=10, y_m=5, m_per_px=0.1)
    assert lies.find_point((200, 100), SIZE) == (10, 5)
    assert lies.list_corners(SIZE) == [(-10, 15), (30, 15), (30, -5), (-10, -5)]
    turned = replace(lies, turn_deg=90)
    # what was up is to the east now
    assert turned.find_point((200, 0), SIZE) == pytest.approx((20, 5))


@given(PLACES, PIXELS, PIXELS, st.floats(0.5, 80), st.floats(-180, 180))
def test_a_measured_line_is_as_long_and_goes_as_was_said(
    lies: Placement,
    first: tuple[float, float],
    second: tuple[float, float],
    length_m: float,
    bearing_deg: float,
) -> None:
    length_px = hypot(second[0] - first[0], second[1] - first[1])
    if length_px < 5 or not 0.0005 <= length_m / length_px <= 5:
        return
    was = lies.find_point(first, SIZE)
    now = calibrate(lies, SIZE, Measured(first, second, length_m, bearing_deg))
    begin, end = now.find_point(first, SIZE), now.find_point(second, SIZE)
    assert begin == pytest.approx(was, abs=1e-6)
    turn = radians(bearing_deg)
    east, north = length_m * sin(turn), length_m * cos(turn)
    assert (end[0] - begin[0], end[1] - begin[1]) == pytest.approx((east, north), abs=1e-6)
    # without a bearing it goes as it did
    kept = calibrate(lies, SIZE, Measured(first, second, length_m))
    assert remainder(kept.turn_deg - lies.turn_deg, 360) == pytest.approx(0, abs=1e-9)


def test_the_first_end_may_be_laid_somewhere() -> None:
    measured = Measured((0, 0), (100, 0), 10, first_at_m=(3, 4))
    now = calibrate(Placement(), SIZE, measured)
    assert now.find_point((0, 0), SIZE) == pytest.approx((3, 4))


@pytest.mark.parametrize(
    ("measured", "code"),
    [
        (Measured((0, 0), (3, 0), 10), "points-together"),
        (Measured((0, 0), (float("nan"), 0), 10), "points-together"),
        (Measured((0, 0), (100, 0), 0), "bad-placement"),
        (Measured((0, 0), (100, 0), float("inf")), "bad-placement"),
        (Measured((0, 0), (100, 0), 100_000), "bad-placement"),
    ],
)
def test_what_is_no_line_is_refused(measured: Measured, code: str) -> None:
    with pytest.raises(InvalidError, match=code):
        calibrate(Placement(), SIZE, measured)


@pytest.mark.parametrize(
    "values",
    [{"x_m": "1"}, {"x_m": True}, {"m_per_px": 0}, {"opacity": 1.1}, {"y_m": float("nan")}],
)
def test_what_is_no_placement_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InvalidError, match="bad-placement"):
        Placement.of(values)


def test_at_first_a_picture_is_as_large_as_its_floor() -> None:
    (level,) = PLAN.levels
    lies = find_first_place(PLAN, level.id, SIZE)
    shape = PLAN.find_geometry_m(level.id)
    assert shape is not None
    west, south, east, north = shape.bounds
    assert SIZE[0] * lies.m_per_px <= east - west + 1e-6
    assert SIZE[1] * lies.m_per_px <= north - south + 1e-6
    assert (lies.x_m, lies.y_m) == pytest.approx(((west + east) / 2, (south + north) / 2))
    assert find_first_place(PLAN, "none", SIZE).m_per_px == 0.25


def test_pictures_are_kept_moved_and_removed(store: Store, tmp_path: Path) -> None:
    start_venue(store, "house", "north", {})
    start_venue(store, "annex", "north", {})
    path = tmp_path / "a.png"
    path.write_bytes(b"picture")
    picture = BroughtPicture(path, "image/png", *SIZE, 1)
    (level,) = PLAN.levels

    def bring(count: int) -> None:
        pictures = [replace(picture, page=n + 1) for n in range(count)]
        bring_pictures(
            store, "house", pictures, plan=PLAN, level_id=level.id, name="a.pdf", who=ANN
        )

    bring(2)
    first, second = list_images(store, "house", level.id)
    assert (first.name, second.name, first.made_by) == ("a.pdf · 1", "a.pdf · 2", ANN.name)
    assert read_image(store, "house", first.id)[1] == b"picture"
    assert list_images(store, "house", "other") == []
    moved = place_image(store, "house", first.id, Placement(x_m=7), who=ANN, level_id="other")
    assert (moved.placement["x_m"], moved.level) == (7, "other")
    with pytest.raises(UnknownError):
        read_image(store, "annex", first.id)
    with pytest.raises(ConflictError, match="too-many-plan-images"):
        bring(MOST_IMAGES)
    remove_image(store, "house", first.id, who=ANN)
    assert [one.id for one in list_images(store, "house")] == [second.id]
