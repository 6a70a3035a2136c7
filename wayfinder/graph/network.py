"""The network: a directed NetworkX graph of a plan, and what a traveller must know about it.

Every node lies in one unit, so a door is two nodes, one a side, joined by an edge of kind ``door``;
an open boundary and the junctions that divide a long corridor are made likewise. There are no
parallel edges.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NotRequired, TypedDict

import networkx as nx
from shapely.geometry import LineString

from wayfinder.graph.joined import join_spaces
from wayfinder.graph.space import Space
from wayfinder.model import Access, Issue, Plan

if TYPE_CHECKING:
    from wayfinder.graph.parts import Parts


class NodeKind(StrEnum):
    """What a node stands for."""

    PLACE = "place"
    DOOR = "door"
    ENTRANCE = "entrance"
    OPENING = "opening"
    JUNCTION = "junction"
    LIFT = "lift"
    STAIRS = "stairs"
    ESCALATOR = "escalator"
    RAMP = "ramp"
    WAY = "way"
    OUTSIDE = "outside"


class EdgeKind(StrEnum):
    """How one gets along an edge."""

    WALK = "walk"
    DOOR = "door"
    OPENING = "opening"
    LIFT_BOARD = "lift_board"
    LIFT_RIDE = "lift_ride"
    LIFT_ALIGHT = "lift_alight"
    STAIRS = "stairs"
    ESCALATOR = "escalator"
    RAMP = "ramp"
    MANUAL = "manual"


class Node(TypedDict):
    """Attributes of a node; the key in the graph is its id."""

    kind: NodeKind
    level: str
    ordinal: float
    x: float
    y: float
    lon: float
    lat: float
    unit: str | None
    feature: str | None
    """The opening, amenity, occupant, relationship or unit that it stands for; None for a junction.
    """
    heading_deg: NotRequired[float]
    """Direction into the unit across the boundary, degrees clockwise from north; doors and
    boundaries have one."""


class Edge(TypedDict):
    """Attributes of an edge."""

    kind: EdgeKind
    length_m: float
    clear_width_m: float | None
    """Narrowest known clear width: tagged, else None. Defaults of the venue are the router's
    affair."""
    features: tuple[str, ...]
    """Ids that it depends on: closing one closes the edge."""
    geometry: tuple[tuple[float, float], ...]
    turns: int
    """Bends of more than 45°, measured with the headings at both ends."""
    through_room: float
    """1 where it crosses a room from door to door, 0.5 where it joins a place inside one to a door,
    else 0."""
    floors: float
    """Storeys climbed (negative: descended), 0 on the level."""
    enters: str | None
    """Id of the zone that it leads into from outside, or None."""
    access: NotRequired[Access]
    """Staff, private or ticketed, where the door or way itself is tagged so: barred to others but
    on the way out of a zone or into one that they may enter."""
    emergency: NotRequired[bool]
    """True for an emergency exit that is alarmed or locked in daily life: part of the drawing, not
    of any route."""
    incline: NotRequired[float | None]
    """Slope as rise over run; positive climbs in the edge's direction, None where unknown."""


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
        Ids of the sections that drew it; empty where the units themselves are tagged.
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
        Nodes as `Node`, edges as `Edge`; treat it as frozen.
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
    """

    plan: Plan
    graph: "nx.DiGraph[str]"
    places: Mapping[str, tuple[str, ...]]
    zones: Mapping[str, Zone]
    zone_of_unit: Mapping[str, str]
    spaces: Mapping[str, Space]
    issues: tuple[Issue, ...]
    crossings: Mapping[frozenset[str], tuple[LineString, ...]]
    parts: "Parts" = field(repr=False, compare=False)
    _joined: dict[frozenset[str], Space] = field(default_factory=dict, repr=False, compare=False)

    def join_spaces(self, unit_ids: Iterable[str]) -> Space:
        """Return the space of several units joined over their open boundaries, cached.

        Parameters
        ----------
        unit_ids
            Ids of walkable units; raises KeyError for any other.

        Returns
        -------
        Space
            Walls between the units stay closed: what is open are the stretches that the build
            found.
        """
        key = frozenset(unit_ids)
        if len(key) == 1:
            return self.spaces[next(iter(key))]
        if key not in self._joined:
            self._joined[key] = join_spaces(
                {unit: self.spaces[unit] for unit in key}, self.crossings
            )
        return self._joined[key]
