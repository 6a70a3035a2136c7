"""Who walks by signs that are planned: all errands from public entrances to public places."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from wayfinder.checks.public_places import Entrance, list_entrances, list_public_places
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch


@dataclass(frozen=True)
class Errand:
    """Somebody who comes in by an entrance and wants to get to a place.

    Parameters
    ----------
    entrance
        The entrance.
    place
        Id of the place.
    shortest_m
        Length of the shortest way.
    """

    entrance: Entrance
    place: str
    shortest_m: float


def list_errands(router: Router, profile: str = "walk", epoch: Epoch = CALM) -> tuple[Errand, ...]:
    """List all errands from public entrances to public places for which there is a way."""
    return tuple(_list_errands(router, profile, epoch))


def _list_errands(router: Router, profile: str, epoch: Epoch) -> Iterator[Errand]:
    network, search = router.network, router.search
    edges, index, nodes = network.graph.edges, search.table.index, search.table.nodes
    for place in list_public_places(network):
        ends = [index[node] for node in network.places.get(place.id, ())]
        for entrance in list_entrances(network):
            leg = search.find_leg([index[entrance.node]], ends, profile, epoch) if ends else None
            if leg is not None:
                path = pairwise(leg.path)
                length_m = sum(edges[nodes[a], nodes[b]]["length_m"] for a, b in path)
                yield Errand(entrance, place.id, length_m)
