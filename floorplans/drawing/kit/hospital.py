"""The site: its buildings, and the plan that comes of them."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from floorplans.drawing.kit.building import Building
from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.export import make_plan
from floorplans.drawing.kit.floor import Floor
from floorplans.drawing.kit.proof import list_faults
from floorplans.drawing.kit.shapes import Shape, as_polygon, subtract
from floorplans.drawing.kit.sides import Sides
from floorplans.drawing.kit.words import parse_words
from wayfinder.formats.imdf_write import write_imdf
from wayfinder.model import Frame, Plan


class Hospital:
    """A site in metres: x east, y north, the origin where longitude and latitude are given.

    Parameters
    ----------
    key
        What all ids are made of: a name that will never change.
    name
        ``Chinese / English: alias, alias``.
    outline
        The site.
    origin
        Longitude and latitude of (0, 0) in degrees.
    time_zone
        IANA time zone.
    address
        Members of IMDF's address: ``address``, ``locality``, ``province``, ``country``…
    phone
        Telephone number.
    """

    def __init__(
        self,
        key: str,
        name: str,
        outline: Shape,
        *,
        origin: tuple[float, float],
        time_zone: str,
        address: dict[str, str],
        phone: str | None = None,
    ) -> None:
        self.key = key
        self.words = parse_words(name)
        self.outline = as_polygon(outline, "the site")
        self.frame = Frame(*origin)
        self.time_zone = time_zone
        self.address = address
        self.phone = phone
        self.namespace = uuid5(NAMESPACE_DNS, f"{key}.hospital.invalid")
        self.buildings: dict[str, Building] = {}

    def building(self, key: str, name: str, footprint: Shape, **options: Any) -> Building:
        """Begin a building; parameters as for `Building`."""
        if key in self.buildings:
            raise DrawingError([f"there is a building {key} already"])
        self.buildings[key] = Building(self, key, name, footprint, **options)
        return self.buildings[key]

    def outdoors(self, label: str, name: str, short: str) -> Floor:
        """Begin the open ground: all of the site that no building covers at street level."""
        site = self.building("outdoors", name, self.outline, outdoors=True)
        return site.floor(label, 0, name, outdoor=True, short=short)

    @property
    def floors(self) -> list[Floor]:
        """All floors in the order in which they were begun."""
        return [floor for building in self.buildings.values() for floor in building.floors.values()]

    def plan(self) -> Plan:
        """Make the plan.

        Raises
        ------
        DrawingError
            It cannot be built like this: rooms that overlap or stick out, doors that join no two
            spaces, furniture before a door. All faults are named at once.
        """
        for floor in self.floors:
            if floor.outdoor:
                built = [other.outline for other in self.floors if _is_beside(other, floor)]
                floor.outline = as_polygon(subtract(self.outline, built), str(floor))
        sides = Sides(self.floors)
        faults = list_faults(self.floors, sides)
        if faults:
            raise DrawingError(faults)
        return make_plan(self, sides)

    def write(self, target: str | Path) -> Path:
        """Write the plan as an IMDF folder or zip; raises as `plan` does, before it writes."""
        return write_imdf(self.plan(), target)


def _is_beside(other: Floor, floor: Floor) -> bool:
    """Tell whether another floor takes ground from the open one."""
    return not other.outdoor and other.ordinal == floor.ordinal
