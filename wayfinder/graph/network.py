"""The network: a directed NetworkX graph of a plan, and what a traveller must know about it.

Its nodes and edges are those of `wayfinder.graph.elements`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations

import networkx as nx
from shapely.geometry import LineString

from wayfinder.graph.joined import join_spaces
from wayfinder.graph.parts import Parts
from wayfinder.graph.space import Space
from wayfinder.kept import Kept
from wayfinder.model import Access, Issue, Plan

Pair = frozenset[str]
"""Ids of two units in touch."""
_KEPT_JOINED = 128
"""Joined spaces with what lines through them need: some 40 kB each in a hospital (ours)."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Units in touch with each other that not everybody may enter.

    Parameters
    ----------
    id
        Stable: made of the access class and the smallest unit id in it.
    access
        Staff, private or ticketed.
    units
        Ids of its units.
    features
        Id of the section or geofence that drew it; empty where the units themselves are tagged.
    """

    id: str
    access: Access
    units: frozenset[str]
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Network:
    """A plan's graph with its places, zones and free space.

    Parameters
    ----------
    plan
        What it was made from.
    graph
        Nodes and edges as in `wayfinder.graph.elements`; treat it as frozen.
    places
        Feature id to the nodes where one has arrived: units, amenities, occupants, openings,
        sections.
    zones
        Zone id to zone.
    zone_of_unit
        Unit id to the id of the zone it lies in; public units are missing.
    spaces
        Unit id to its walkable space in metres.
    issues
        What is wrong with the drawing as far as the way is concerned.
    crossings
        Pair of unit ids to the stretches of open boundary between them, in metres.
    parts
        What the next build may take over.
    one_way
        Pairs of unit ids whose open boundary may be walked over in one direction only.
    """

    plan: Plan
    graph: "nx.DiGraph[str]"
    places: Mapping[str, tuple[str, ...]]
    zones: Mapping[str, Zone]
    zone_of_unit: Mapping[str, str]
    spaces: Mapping[str, Space]
    issues: tuple[Issue, ...]
    crossings: Mapping[Pair, tuple[LineString, ...]]
    parts: Parts = field(repr=False, compare=False)
    one_way: frozenset[Pair] = frozenset()
    _joined: Kept[tuple[frozenset[str], frozenset[Pair]], Space] = field(
        default_factory=lambda: Kept(_KEPT_JOINED), repr=False, compare=False
    )

    def without_parts(self) -> "Network":
        """Return the same without what the next build may take over, a third of its memory.

        For who only serves it.
        """
        return replace(self, parts=Parts(self.parts.frame))

    def join_spaces(self, unit_ids: Iterable[str], shut: frozenset[Pair] = frozenset()) -> Space:
        """Return the space of several units joined over their open boundaries, cached.

        Parameters
        ----------
        unit_ids
            Ids of walkable units; raises KeyError for any other.
        shut
            Pairs of them whose boundary is not to be walked over.

        Returns
        -------
        Space
            Walls between the units stay closed: what is open are the stretches that the build
            found.
        """
        units = frozenset(unit_ids)
        if len(units) == 1:
            return self.spaces[next(iter(units))]
        return self._joined.get((units, shut), partial(self._join, units, shut))

    def _join(self, units: frozenset[str], shut: frozenset[Pair]) -> Space:
        pairs = set(map(frozenset, combinations(units, 2))) - shut
        return join_spaces(
            {unit: self.spaces[unit] for unit in units},
            {pair: self.crossings[pair] for pair in pairs if pair in self.crossings},
        )
