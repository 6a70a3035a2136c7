"""What is reached at all is what ways lead to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.route.networks import networks, search_on
from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.resources import floorplans_dir
from wayfinder.route import Router
from wayfinder.route.reached import list_reached
from wayfinder.route.schedule import CALM, Epoch
from wayfinder.route.search import Search
from wayfinder.route.travel import Travel

PROFILES = ("walk", "wheelchair")


def list_led(
    search: Search, starts: list[int], goals: dict[str, list[int]], profile: str, epoch: Epoch
) -> set[str]:
    """List the goals to which a way leads, one after the other."""
    travel = Travel(search, starts, profile, epoch)
    return {
        goal for goal, nodes in goals.items() if nodes and np.isfinite(travel.find_s(nodes)).any()
    }


@given(network=networks(), data=st.data())
def test_on_any_network(network: Network, data: st.DataObject) -> None:
    search = search_on(network)
    every = st.integers(0, len(search.table.nodes) - 1)
    starts = data.draw(st.lists(every, max_size=3))
    goals = {str(goal): data.draw(st.lists(every, max_size=2)) for goal in range(3)}
    for profile in PROFILES:
        led = list_led(search, starts, goals, profile, CALM) if starts else set()
        assert list_reached(search, starts, goals, profile, CALM) == led


def test_what_lies_in_zones_and_behind_them_counts() -> None:
    network = build_network(read_plan(floorplans_dir() / "clinic").plan)
    search = Router(network).search
    index = search.table.index
    zoned = {
        key
        for key, nodes in network.places.items()
        if nodes and network.graph.nodes[nodes[0]]["unit"] in network.zone_of_unit
    }
    wanted = [*sorted(zoned)[::8], *sorted(network.places)[::16]]
    goals = {key: [index[node] for node in network.places[key]] for key in wanted}
    lifts = [unit.id for unit in network.plan.units if unit.lift]
    for closed in (lifts, sorted(network.places)[::9]):
        epoch = Epoch(f"closed:{len(closed)}", frozenset(), search.shafts.expand(closed), ())
        for profile in PROFILES:
            found = list_reached(search, [0, 5], goals, profile, epoch)
            assert found == list_led(search, [0, 5], goals, profile, epoch)
            assert 0 < len(found) < len(goals) or closed is lifts
    assert list_reached(search, [0, 5], goals, "walk", CALM) & zoned
