"""The order of stops: exact up to a number, bounded beyond."""

from itertools import pairwise, permutations
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.route.visits import EXACT_STOPS, find_best_order


def length(order: list[int], costs: list[list[float]]) -> float:
    return sum(costs[one][other] for one, other in pairwise(order))


@st.composite
def matrices(draw: st.DrawFn) -> list[list[float]]:
    size = draw(st.integers(1, 7))
    cost = st.floats(0, 1000) | st.just(inf)
    row = st.lists(cost, min_size=size, max_size=size)
    return draw(st.lists(row, min_size=size, max_size=size))


@given(matrices())
def test_the_order_is_the_best_of_all(costs: list[list[float]]) -> None:
    order = find_best_order(costs)
    size = len(costs)
    assert sorted(order) == list(range(size))
    assert (order[0], order[-1]) == (0, size - 1)
    every = ([0, *middle, size - 1] for middle in permutations(range(1, size - 1)))
    best = min((length(list(o), costs) for o in every), default=0.0) if size > 1 else 0.0
    assert length(order, costs) == pytest.approx(best)


def test_many_stops_are_ordered_well_enough() -> None:
    random = Random(5)
    size = EXACT_STOPS + 18
    points = [complex(random.random(), random.random()) for _ in range(size)]
    costs = [[abs(one - other) for other in points] for one in points]
    order = find_best_order(costs)
    assert sorted(order) == list(range(size))
    assert (order[0], order[-1]) == (0, size - 1)
    assert length(order, costs) < 0.55 * length(list(range(size)), costs)
    nearest = _greedy(costs)
    assert length(order, costs) <= 1.1 * length(nearest, costs)


def _greedy(costs: list[list[float]]) -> list[int]:
    order, left = [0], set(range(1, len(costs) - 1))
    while left:
        order.append(min(left, key=costs[order[-1]].__getitem__))
        left.remove(order[-1])
    return [*order, len(costs) - 1]
