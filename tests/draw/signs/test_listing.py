"""Buildings of a directory stand in columns, none higher than need be."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.draw.signs.listing import divide

heights = st.lists(st.integers(1, 20).map(float), max_size=9)


@given(heights, st.integers(1, 4))
def test_columns_are_as_low_as_any_that_keep_the_order(high: list[float], count: int) -> None:
    columns = [high[part] for part in divide(high, count)]
    assert [one for column in columns for one in column] == high
    assert len(columns) == min(count, max(1, len(high)))
    assert all(columns) or not high
    cuts = combinations(range(1, len(high)), len(columns) - 1)
    least = min(
        max(sum(high[a:b]) for a, b in zip((0, *cut), (*cut, len(high)), strict=True))
        for cut in cuts
    )
    assert max(map(sum, columns)) == least


def test_two_hundred_buildings_are_divided_at_once() -> None:
    columns = divide([1.0] * 201, 3)
    assert [part.stop - part.start for part in columns] == [67, 67, 67]
