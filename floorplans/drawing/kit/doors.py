"""Drawing doors: in a room's wall, or at a point of any wall."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast

from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.items import Door, Gate, Space
from floorplans.drawing.kit.shapes import Xy
from floorplans.drawing.kit.store import Store
from floorplans.drawing.kit.words import parse_words

if TYPE_CHECKING:
    from floorplans.drawing.kit.floor import Floor


class Doors(Store):
    """The part of a floor that draws doors."""

    @property
    def _floor(self) -> "Floor":
        return cast("Floor", self)

    def door(
        self,
        x: float,
        y: float,
        width_m: float = 1.0,
        *,
        category: str = "pedestrian",
        one_way_to: "Space | Literal['outside'] | None" = None,
        axis: Literal["x", "y"] | None = None,
        **how: Any,
    ) -> Gate:
        """Draw a door in the wall that runs through a point.

        Parameters
        ----------
        x, y
            Its middle in metres.
        width_m
            Its clear width.
        category
            IMDF category of openings.
        one_way_to
            The only space it lets people into.
        axis
            Whether the wall runs along x or y; by default what is found there.
        how
            Members of `Door`.
        """
        return self._hang((x, y), Door("N", width_m=width_m, **how), category, one_way_to, axis)

    def door_of(self, space: Space, door: Door) -> Gate:
        """Draw a door in one of a room's walls; raises DrawingError where the wall is too short."""
        box = space.box
        lies_level = door.side in "NS"
        length = box.width_m if lies_level else box.depth_m
        at = length / 2 if door.at_m is None else door.at_m
        if not door.width_m / 2 <= at + 0.001 <= length - door.width_m / 2 + 0.002:
            raise DrawingError(
                [f"{space}: a door of {door.width_m} m at {at} m leaves its wall of {length:.2f} m"]
            )
        x = box.x0 + at if lies_level else (box.x0 if door.side == "W" else box.x1)
        y = box.y0 + at if not lies_level else (box.y0 if door.side == "S" else box.y1)
        staff = space.wayfinder.get("access") in {"staff", "private"}
        if door.access is None and staff and space.has_walls:
            door = replace(door, access="staff")
        one_way_to = space if door.into == "in" else None
        gate = self._hang((x, y), door, "pedestrian", one_way_to, "x" if lies_level else "y")
        gate.leaves = space if door.into == "out" else None
        return gate

    def entrance(
        self,
        x: float,
        y: float,
        name: str,
        width_m: float = 2.4,
        *,
        kind: str = "sliding",
        automatic: bool = True,
        material: str = "glass",
        **options: Any,
    ) -> Gate:
        """Draw a public way into a building from the open; a sliding door that opens by itself."""
        options |= {"kind": kind, "automatic": automatic, "material": material, "name": name}
        return self.door(x, y, width_m, category="pedestrian.principal", **options)

    def service_door(self, x: float, y: float, width_m: float = 1.5, **options: Any) -> Gate:
        """Draw a staff door of a building to the open."""
        how = {"access": "staff", "material": "metal", **options}
        return self.door(x, y, width_m, category="service", **how)

    def exit(self, x: float, y: float, width_m: float = 1.2, **options: Any) -> Gate:
        """Draw an alarmed emergency exit: nobody's way in daily life."""
        how = {"material": "metal", "name": "紧急出口 / Emergency Exit", **options}
        return self.door(x, y, width_m, category="emergencyexit", **how)

    def _hang(
        self,
        at: Xy,
        how: Door,
        category: str,
        one_way_to: "Space | Literal['outside'] | None",
        axis: Literal["x", "y"] | None,
    ) -> Gate:
        place = (round(at[0], 3), round(at[1], 3))
        gate = Gate(self._floor, place, category, parse_words(how.name), how, one_way_to, axis)
        self.gates.append(gate)
        return gate
