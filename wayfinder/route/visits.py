"""The best order of a visit's stops, the first and the last kept."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf

EXACT_STOPS = 12
"""Most stops between the first and the last for which the order is exact (Held and Karp 1962)."""

_FAR = 1e12
"""Stands for no way: what is infinite cannot be compared by differences."""

Matrix = Sequence[Sequence[float]]


def find_best_order(costs: Matrix) -> list[int]:
    """Return the order in which all places cost least, the first and the last kept.

    Exact up to 12 places in between; beyond, the cheapest insertion, improved by moving single
    places until no move helps.

    Parameters
    ----------
    costs
        From each place to each other, inf where there is no way, shape (places, places).

    Returns
    -------
    list of int
        Every index once, 0 first and the last one last; the given order where nothing is finite.
    """
    size = len(costs)
    if size <= 3:
        return list(range(size))
    costs = [[min(cost, _FAR) for cost in row] for row in costs]
    order = _solve_exactly(costs) if size - 2 <= EXACT_STOPS else _improve(_insert(costs), costs)
    return order if _length(order, costs) < _length(range(size), costs) else list(range(size))


def _length(order: Sequence[int], costs: Matrix) -> float:
    return sum(costs[one][other] for one, other in pairwise(order))


def _solve_exactly(costs: Matrix) -> list[int]:
    """Solve by dynamic programming over sets of visited places."""
    last = len(costs) - 1
    middle = range(1, last)
    best: dict[tuple[int, int], tuple[float, int]] = {(1 << m, m): (costs[0][m], 0) for m in middle}
    full = (1 << last) - 2
    for visited in range(2, full + 1, 2):
        for place in middle:
            known = best.get((visited, place))
            if known is None:
                continue
            for onward in middle:
                if visited >> onward & 1:
                    continue
                key = (visited | 1 << onward, onward)
                cost = known[0] + costs[place][onward]
                if cost < best.get(key, (inf, 0))[0] or key not in best:
                    best[key] = cost, place
    place = min(middle, key=lambda m: best[full, m][0] + costs[m][last])
    order, visited = [last], full
    while place:
        order.append(place)
        visited, place = visited & ~(1 << place), best[visited, place][1]
    return [0, *reversed(order)]


def _insert(costs: Matrix) -> list[int]:
    """Insert place after place where it costs least."""
    order = [0, len(costs) - 1]
    left = set(range(1, len(costs) - 1))
    while left:
        _, place, position = min(
            (costs[order[k]][m] + costs[m][order[k + 1]] - costs[order[k]][order[k + 1]], m, k)
            for m in left
            for k in range(len(order) - 1)
        )
        order.insert(position + 1, place)
        left.remove(place)
    return order


def _improve(order: list[int], costs: Matrix) -> list[int]:
    """Move single places while that helps."""
    best, improved = _length(order, costs), True
    while improved:
        improved = False
        for place in order[1:-1]:
            rest = [other for other in order if other != place]
            for position in range(1, len(rest)):
                moved = [*rest[:position], place, *rest[position:]]
                length = _length(moved, costs)
                if length < best - 1e-9:
                    order, best, improved = moved, length, True
                    rest = [other for other in order if other != place]
    return order
