"""Trees that go on being used when something closes: as good as trees grown anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.route.houses import TOWER, make_router, travel
from tests.route.networks import networks, search_on
from wayfinder.graph import Network
from wayfinder.model import Closure, Conditions
from wayfinder.route.schedule import CALM, Epoch
from wayfinder.route.search import Search
from wayfinder.route.trees import find_cost_s

_features = st.frozensets(st.sampled_from(("a", "b", "c", "d")), max_size=2)
_waits = st.sampled_from(((), (("u1", 600.0),), (("u1", 1.0),)))


@st.composite
def epochs(draw: st.DrawFn) -> Epoch:
    """Draw what is closed and how long one waits for one lift."""
    closed, waits = draw(_features), draw(_waits)
    if not closed and not waits:
        return CALM
    return Epoch(f"{sorted(closed)}{waits}", frozenset(), closed, waits)


def price(search: Search, root: int, profile: str, epoch: Epoch) -> list[float | None]:
    """Return what the way from each node to a root costs, as the epoch has it."""
    matrix = search.get_matrix(profile, epoch)
    found: list[float | None] = []
    for start in range(len(search.table.nodes)):
        legs = list(search.trees.list_paths([start], [root], profile, epoch, frozenset()))
        assert len(legs) <= 1
        costs = [find_cost_s(matrix, path) for path in legs]
        found.append(costs[0] if costs else None)
    return found


@given(networks(), st.sampled_from(("walk", "easy")), st.lists(epochs(), min_size=2, max_size=4))
def test_ways_are_the_best_whatever_trees_were_grown_before(
    network: Network, profile: str, spells: list[Epoch]
) -> None:
    search = search_on(network)
    for epoch in spells:
        found = price(search, 0, profile, epoch)
        fresh = price(search_on(network), 0, profile, epoch)
        assert found == [None if cost is None else pytest.approx(cost, abs=1e-4) for cost in fresh]


def test_a_closure_elsewhere_needs_no_new_tree() -> None:
    router = make_router(TOWER)
    travel(router, "R0", "R1")
    grown = len(router.search.trees)
    elsewhere = travel(router, "R0", "R1", conditions=Conditions((Closure("lift@0"),)))
    assert len(router.search.trees) == grown
    assert elsewhere.conditions
    travel(router, "R0", "R1", conditions=Conditions((Closure("stairs@0"),)))
    assert len(router.search.trees) == grown + 1


def test_what_reopens_is_taken_again() -> None:
    router = make_router(TOWER)
    without = Conditions((Closure("stairs@0"),))
    first = travel(router, "R0", "R1", conditions=without)
    assert travel(router, "R0", "R1") != first
    assert travel(router, "R0", "R1", conditions=without) == first
