"""Nodes and edges: what they stand for and what they carry.

Every node lies in one unit, so a door is two nodes, one a side, joined by an edge of kind ``door``;
an open boundary is made likewise. There are no parallel edges.
"""

from enum import StrEnum
from typing import NotRequired, TypedDict

from wayfinder.model import Access

RESTRICTED = frozenset({Access.STAFF, Access.PRIVATE, Access.TICKETED})
"""Access that not everybody has."""


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
