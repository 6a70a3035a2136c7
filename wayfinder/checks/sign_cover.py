"""The fewest faces that everybody can read who must: set cover, solved or bounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

TIME_S = 5.0
"""The solver may take so long for one floor (ours)."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Sets that cover all that any covers.

    Parameters
    ----------
    chosen
        Indices of the sets.
    gap
        How many times the fewest they are at most, less one: 0 where they are proven the fewest.
    solved
        Whether the solver found it; else a greedy choice, never worse than ln(n) + 1 times the
        fewest for n things to cover (Chvátal 1979).
    """

    chosen: tuple[int, ...]
    gap: float
    solved: bool


def cover(
    sets: Sequence[frozenset[int]], costs: Mapping[int, float], time_s: float = TIME_S
) -> Cover:
    """Choose the cheapest sets that together cover all things.

    Parameters
    ----------
    sets
        What each set covers.
    costs
        Index of a set to what it costs; 1 where it has none.
    time_s
        The solver's time limit.
    """
    rows = _reduce(sets)
    if not rows:
        return Cover((), 0.0, solved=True)
    members = [(row, column) for row, columns in enumerate(rows) for column in columns]
    row, column = np.array(members).T
    matrix = csr_array((np.ones(len(members)), (row, column)), shape=(len(rows), len(sets)))
    prices = np.array([costs.get(number, 1.0) for number in range(len(sets))])
    found = milp(
        prices,
        integrality=np.ones(len(sets)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=1),
        options={"time_limit": time_s},
    )
    if found.x is None:
        return choose_greedily(sets, costs)
    chosen = tuple(np.flatnonzero(found.x > 0.5).tolist())
    return Cover(chosen, float(found.mip_gap or 0.0), solved=True)


def choose_greedily(sets: Sequence[frozenset[int]], costs: Mapping[int, float]) -> Cover:
    """Choose the set that covers most of what is left for its price, again and again."""
    left = set().union(*sets)
    bound = log(max(1, len(left)))
    chosen: list[int] = []
    while left:
        best = max(range(len(sets)), key=lambda k: (len(sets[k] & left) / costs.get(k, 1.0), -k))
        chosen.append(best)
        left -= sets[best]
    return Cover(tuple(chosen), bound, solved=False)


def _reduce(sets: Sequence[frozenset[int]]) -> list[tuple[int, ...]]:
    """Return what covers each thing, things covered alike taken once, the harder alone."""
    by_thing: dict[int, list[int]] = {}
    for number, members in enumerate(sets):
        for thing in members:
            by_thing.setdefault(thing, []).append(number)
    rows = sorted(
        {tuple(columns) for columns in by_thing.values()}, key=lambda one: (len(one), one)
    )
    kept: list[frozenset[int]] = []
    for row in rows:
        columns = frozenset(row)
        if not any(one <= columns for one in kept):
            kept.append(columns)
    return [tuple(sorted(one)) for one in kept]
