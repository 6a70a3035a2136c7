"""What every part of a floor writes into."""

from typing import TYPE_CHECKING
from uuid import uuid5

from shapely.geometry import Polygon

from floorplans.drawing.kit.items import Gate, Link, Part, Space, Spot, Tenant, Thing
from floorplans.drawing.kit.shapes import Shape, as_polygon
from floorplans.drawing.kit.words import Words, parse_words

if TYPE_CHECKING:
    from floorplans.drawing.kit.building import Building


class Store:
    """The lists of a floor.

    Parameters
    ----------
    building
        The building it belongs to.
    label
        What the lift's button says: ``1F``.
    ordinal
        Its place in the stack of floors.
    words
        Its name.
    outline
        What it covers.
    outdoor
        Whether it lies in the open.
    short
        ``Chinese / English`` of the label, where the two differ.
    """

    def __init__(
        self,
        building: "Building",
        label: str,
        ordinal: float,
        words: Words,
        outline: Shape,
        *,
        outdoor: bool = False,
        short: str | None = None,
    ) -> None:
        self.building = building
        self.label = label
        self.ordinal = ordinal
        self.words = words
        self.outline: Polygon = as_polygon(outline, f"the outline of {building.key} {label}")
        self.outdoor = outdoor
        self.short = parse_words(short)
        self.spaces: list[Space] = []
        self.gates: list[Gate] = []
        self.spots: list[Spot] = []
        self.tenants: list[Tenant] = []
        self.things: list[Thing] = []
        self.parts: list[Part] = []
        self.links: list[Link] = []

    @property
    def key(self) -> str:
        """What ids on it are made of."""
        return f"{self.building.key}/{self.label}"

    @property
    def id(self) -> str:
        """The level's id."""
        return self.make_id("level", "")

    def make_id(self, feature_type: str, key: str) -> str:
        """Make the id of a feature on it: the same words give the same id."""
        hospital = self.building.hospital
        return str(uuid5(hospital.namespace, f"{feature_type}/{self.key}/{key}"))

    def __str__(self) -> str:
        return f"{self.building.key} {self.label}"
