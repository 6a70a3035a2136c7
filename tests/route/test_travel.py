"""Times from many places at once are those of the ways one by one."""

from itertools import pairwise
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.route.networks import networks, search_on
from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.model import Closure, Conditions
from wayfinder.resources import floorplans_dir
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch
from wayfinder.route.search import Search
from wayfinder.route.travel import Travel


def time_one(search: Search, start: int, roots: list[int], profile: str, epoch: Epoch) -> float:
    """Add up the seconds along the best way, hop by hop."""
    leg = search.find_leg([start], roots, profile, epoch)
    if leg is None:
        return inf
    costs = search.get_costs(profile)
    shown_s = (costs.make_choice(epoch) - costs.burden).tolist()
    table = search.table
    rows = {
        (tail, head): row
        for row, (tail, head) in enumerate(
            zip(table.tail.tolist(), table.head.tolist(), strict=True)
        )
    }
    return float(sum(shown_s[rows[hop]] for hop in pairwise(leg.path)))


@given(network=networks(), data=st.data())
def test_on_any_network(network: Network, data: st.DataObject) -> None:
    search = search_on(network)
    size = len(search.table.nodes)
    root = data.draw(st.integers(0, size - 1))
    for profile in ("walk", "wheelchair"):
        found = Travel(search, range(size), profile, CALM).find_s([root])
        expected = [time_one(search, start, [root], profile, CALM) for start in range(size)]
        assert found.tolist() == pytest.approx(expected, abs=1e-4)


def test_in_the_clinic_with_zones_and_a_lift_that_is_out() -> None:
    router = Router(build_network(read_plan(floorplans_dir() / "clinic").plan))
    search, network = router.search, router.network
    lift = next(unit.id for unit in network.plan.units if unit.lift)
    barred = search.shafts.expand([lift])
    closed = Epoch("closed", frozenset(), barred, ())
    starts = range(0, len(search.table.nodes), 7)
    places = [nodes for nodes in network.places.values() if nodes][::17]
    differ = 0
    for profile in ("walk", "easy", "wheelchair", "staff"):
        for nodes in places:
            roots = [search.table.index[node] for node in nodes]
            found = {}
            for epoch in (CALM, closed):
                found[epoch.id] = Travel(search, starts, profile, epoch).find_s(roots)
                expected = [time_one(search, one, roots, profile, epoch) for one in starts]
                if len(roots) == 1:
                    np.testing.assert_allclose(found[epoch.id], expected, atol=1e-3)
                else:
                    assert np.isinf(found[epoch.id]).tolist() == np.isinf(expected).tolist()
            differ += int((found[CALM.id] != found["closed"]).sum())
    assert differ > 0


def test_a_closure_of_a_door_is_felt() -> None:
    router = Router(build_network(read_plan(floorplans_dir() / "clinic").plan))
    search = router.search
    conditions = Conditions(closures=(Closure(next(iter(router.network.plan.levels)).id),))
    epoch = Epoch("level", frozenset(), search.shafts.expand([conditions.closures[0].feature]), ())
    every = range(len(search.table.nodes))
    open_s = Travel(search, every, "walk", CALM).find_s([0])
    closed_s = Travel(search, every, "walk", epoch).find_s([0])
    assert (closed_s >= open_s - 1e-6).all()
    assert (np.isinf(closed_s) & ~np.isinf(open_s)).any()
