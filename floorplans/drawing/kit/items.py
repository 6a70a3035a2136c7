"""What a floor holds, in metres, before it becomes features."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from shapely.geometry import Polygon

from floorplans.drawing.kit.shapes import Box, Xy, find_middle
from floorplans.drawing.kit.words import Words

if TYPE_CHECKING:
    from floorplans.drawing.kit.floor import Floor

Side = Literal["N", "E", "S", "W"]
Access = Literal["public", "staff", "private", "ticketed"]
Mounting = Literal["wall", "hanging", "pillar", "door", "totem"]
Zone = tuple[str, str]
"""Letter and colour of a zone that signs announce, such as ``("A", "blue")``."""


def make_zone(zone: Zone) -> dict[str, str]:
    """Return a zone as the plan has it."""
    letter, colour = zone
    return {"letter": letter, "colour": colour}


@dataclass(eq=False)
class Space:
    """A unit: a room, corridor, lift.

    Parameters
    ----------
    floor
        Its floor.
    shape
        Its outline in metres.
    category
        IMDF category, or one of the presets.
    words
        What it is called.
    key
        What its id is made of.
    wayfinder
        Members of its ``wayfinder`` object besides the aliases.
    has_walls
        Whether it needs a door to be entered.
    """

    floor: "Floor"
    shape: Polygon
    category: str
    words: Words
    key: str
    wayfinder: Mapping[str, Any] = field(default_factory=dict)
    has_walls: bool = True

    @property
    def box(self) -> Box:
        """The box around it."""
        x0, y0, x1, y1 = self.shape.bounds
        return Box(x0, y0, x1, y1)

    @cached_property
    def middle(self) -> Xy:
        """A spot in it where its name may stand."""
        return find_middle(self.shape)

    @property
    def id(self) -> str:
        """Its feature's id."""
        return self.floor.make_id("unit", self.key)

    def __str__(self) -> str:
        x, y = self.middle
        name = self.words.zh or self.wayfinder.get("ref") or self.category
        return f"{self.floor} {name} ({x:.1f}, {y:.1f})"


@dataclass(frozen=True)
class Door:
    """How a door is made, and where it sits in a room's wall.

    Parameters
    ----------
    side
        The wall of the room that it is in.
    at_m
        Metres of its middle from the wall's west or south end; None: the middle of the wall.
    width_m
        Clear width with the leaf open.
    kind
        IMDF's type of door.
    automatic
        Whether it opens by itself.
    access
        Who may pass; ``staff`` doors have a badge reader.
    hours
        OSM opening_hours.
    into
        ``in`` or ``out``: the only way one may pass, seen from the room; None: both.
    name
        What its sign reads.
    material
        IMDF's material of the leaf.
    threshold_mm
        Height of the sill.
    description
        What to know about it, ``Chinese / English``.
    """

    side: Side
    at_m: float | None = None
    width_m: float = 1.0
    kind: str = "swinging"
    automatic: bool = False
    access: Access | None = None
    hours: str | None = None
    into: Literal["in", "out"] | None = None
    name: str | None = None
    material: str = "wood"
    threshold_mm: int = 0
    description: str | None = None


@dataclass(eq=False)
class Gate:
    """An opening: a door at its place."""

    floor: "Floor"
    at: Xy
    category: str
    words: Words
    how: Door
    one_way_to: "Space | Literal['outside'] | None" = None
    axis: Literal["x", "y"] | None = None
    leaves: Space | None = None
    """The only space that one may leave by it."""

    def __str__(self) -> str:
        name = f" {self.words.zh}" if self.words.zh else ""
        return f"{self.floor} door{name} at ({self.at[0]:.2f}, {self.at[1]:.2f})"


@dataclass(eq=False)
class Spot:
    """A point: an amenity, a sign."""

    floor: "Floor"
    at: Xy
    category: str
    words: Words
    key: str
    hours: str | None = None
    phone: str | None = None
    wayfinder: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_sign(self) -> bool:
        """Whether it is a sign of the wayfinding."""
        return "sign" in self.wayfinder

    def __str__(self) -> str:
        name = self.words.zh or self.wayfinder.get("ref") or ""
        return f"{self.floor} {self.category} {name} at ({self.at[0]:.2f}, {self.at[1]:.2f})"


@dataclass(eq=False)
class Tenant:
    """An occupant: a department or service in a space."""

    space: Space
    at: Xy
    category: str
    words: Words
    key: str
    hours: str | None = None
    phone: str | None = None
    wayfinder: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Thing:
    """A fixture: a desk, seats, a bed."""

    floor: "Floor"
    shape: Polygon
    category: str
    words: Words
    key: str
    wayfinder: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Part:
    """A section: a colour zone, a ward."""

    floor: "Floor"
    shape: Polygon
    words: Words
    key: str
    category: str = "unspecified"
    wayfinder: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Link:
    """A relationship: a way drawn by hand, a ban, or units of several floors in one shaft."""

    key: str
    category: str
    line: tuple[Xy, ...] = ()
    floors: tuple["Floor", ...] = ()
    spaces: tuple[Space, ...] = ()
    directed: bool = False
    hours: str | None = None
    wayfinder: Mapping[str, Any] = field(default_factory=dict)
