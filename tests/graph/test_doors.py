"""Which spaces a door joins."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.graph.doors import _find_shares
from wayfinder.graph.shapes import as_objects

ROOMS = st.lists(
    st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.integers(1, 6), st.integers(1, 6)),
    max_size=4,
)


@given(st.lists(ROOMS, min_size=1, max_size=3))
def test_the_room_that_fills_most_beside_a_door_is_told_without_cutting(
    near: list[list[tuple[int, int, int, int]]],
) -> None:
    strips = as_objects([shapely.box(0, 0, 2, 1), shapely.box(0, -1, 2, 0)] * len(near))
    sizes = shapely.area(strips)
    outlines = [[shapely.box(x, y, x + w, y + h) for x, y, w, h in rooms] for rooms in near]
    counts = np.array([len(rooms) for rooms in outlines for _ in range(2)])
    every = as_objects([room for rooms in outlines for _ in range(2) for room in rooms])
    found = _find_shares(strips, sizes, counts, every)
    cut = shapely.area(shapely.intersection(np.repeat(strips, counts), every))
    bounds = np.cumsum(counts)
    for mine, theirs in zip(np.split(found, bounds), np.split(cut, bounds), strict=True):
        assert mine.max(initial=0.0) == pytest.approx(theirs.max(initial=0.0))
        assert all(a == pytest.approx(b) for a, b in zip(mine, theirs, strict=True) if a)


def test_a_room_on_both_sides_of_a_door_leaves_one_of_them_to_another() -> None:
    strips = as_objects([shapely.box(0, 0, 2, 1), shapely.box(0, -1, 2, 0)])
    rooms = as_objects([shapely.box(-5, -5, 5, 5), shapely.box(0, -1, 1, 0)] * 2)
    found = _find_shares(strips, shapely.area(strips), np.array([2, 2]), rooms)
    assert found.tolist() == [2.0, 0.0, 2.0, 1.0]
