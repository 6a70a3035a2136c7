"""The solver's sets are the fewest there are; greedy ones are within their bound."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.checks.sign_cover import choose_greedily, cover

sets_drawn = st.lists(st.frozensets(st.integers(0, 7), max_size=5), min_size=1, max_size=7)


def count_fewest(sets: list[frozenset[int]]) -> int:
    wanted = frozenset().union(*sets)
    return next(
        size
        for size in range(len(sets) + 1)
        for chosen in combinations(sets, size)
        if frozenset().union(*chosen) == wanted
    )


@given(sets_drawn)
def test_the_solver_finds_the_fewest(sets: list[frozenset[int]]) -> None:
    found = cover(sets, {})
    assert frozenset().union(*(sets[k] for k in found.chosen)) == frozenset().union(*sets)
    assert len(found.chosen) == count_fewest(sets)
    assert found.solved
    assert found.gap < 1e-6


@given(sets_drawn)
def test_a_greedy_choice_is_within_its_bound(sets: list[frozenset[int]]) -> None:
    found = choose_greedily(sets, {})
    assert frozenset().union(*(sets[k] for k in found.chosen)) == frozenset().union(*sets)
    assert len(found.chosen) <= count_fewest(sets) * (1.0 + found.gap) + 1e-9
    assert not found.solved
