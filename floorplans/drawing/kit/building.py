"""A building: its floors, and the shafts that go through them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from shapely.geometry import Polygon

from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.floor import Floor
from floorplans.drawing.kit.items import Access, Door, Side, Space, Zone
from floorplans.drawing.kit.rooms import DoorLike, as_doors
from floorplans.drawing.kit.shapes import Box, Shape, as_polygon
from floorplans.drawing.kit.words import parse_words

if TYPE_CHECKING:
    from floorplans.drawing.kit.hospital import Hospital

DoorsByFloor = DoorLike | Mapping[str, DoorLike]
"""Doors alike on all floors, or by the floor's label; ``""`` stands for the other floors."""


class Building:
    """A building, made by `Hospital.building`.

    Parameters
    ----------
    hospital
        The site.
    key
        Its zone letter or another short name.
    words
        Its name.
    footprint
        What it covers.
    category
        IMDF category of buildings.
    footprint_category
        IMDF category of footprints: ``ground`` or ``subterranean``.
    his
        Its code.
    zone
        Letter and colour of its zone, such as ``("A", "blue")``.
    outdoors
        Whether it is no building but the open ground between them.
    """

    def __init__(
        self,
        hospital: "Hospital",
        key: str,
        name: str,
        footprint: Shape,
        *,
        category: str = "unspecified",
        footprint_category: str = "ground",
        his: str | None = None,
        zone: Zone | None = None,
        outdoors: bool = False,
    ) -> None:
        self.hospital = hospital
        self.key = key
        self.words = parse_words(name)
        self.footprint = as_polygon(footprint, f"the footprint of {key}")
        self.category = category
        self.footprint_category = footprint_category
        self.his = his
        self.zone = zone
        self.outdoors = outdoors
        self.floors: dict[str, Floor] = {}
        self.annexes: list[tuple[str, Polygon]] = []

    def floor(
        self,
        label: str,
        ordinal: float,
        name: str,
        *,
        outline: Shape | None = None,
        outdoor: bool = False,
        short: str | None = None,
    ) -> Floor:
        """Begin a floor; without an outline it covers the building's footprint.

        Raises
        ------
        DrawingError
            There is one of that label.
        """
        if label in self.floors:
            raise DrawingError([f"{self.key} has a floor {label} already"])
        shape = self.footprint if outline is None else outline
        words = parse_words(name)
        floor = Floor(self, label, ordinal, words, shape, outdoor=outdoor, short=short)
        self.floors[label] = floor
        return floor

    def annex(
        self, shape: Shape, category: Literal["ground", "aerial", "subterranean"] = "ground"
    ) -> None:
        """Say that the building also covers this: a link, a bridge (``aerial``), a tunnel.

        What circulation lies off all footprints is drawn as a way in the open, without walls.
        """
        self.annexes.append((category, as_polygon(shape, f"an annex of {self.key}")))

    def lift(
        self,
        ref: str,
        box: Box,
        door: DoorsByFloor,
        *,
        name: str | None = None,
        floors: Iterable[str] | None = None,
        car_m: tuple[float, float] = (1.6, 1.5),
        door_m: float = 1.1,
        wait_s: float | None = None,
        access: Access | None = None,
        his: str | None = None,
        **options: Any,
    ) -> dict[str, Space]:
        """Put a lift on its floors.

        Parameters
        ----------
        ref
            Its number: ``A-1``.
        box
            Its shaft.
        door
            The side or sides it opens to, by floor where they differ.
        name
            By default "A-1号电梯 / Lift A-1".
        floors
            Labels of the floors it stops at; all by default.
        car_m
            Inner width and depth of the car.
        door_m
            Clear width of its door.
        wait_s
            How long one waits for it.
        access
            Who may use it.
        his
            Its code in the hospital's systems; by default its number.
        options
            As for `Floor.room`.

        Returns
        -------
        dict
            Label to its space there.
        """
        lift: dict[str, Any] = {
            "car_width_m": car_m[0],
            "car_depth_m": car_m[1],
            "door_width_m": door_m,
        }
        lift |= {} if wait_s is None else {"wait_s": wait_s}
        options = {"wheelchair": True, **options, "lift": lift, "his": his or ref}
        options |= {"key": f"lift {ref}", "access": access}
        how = {"width_m": door_m, "kind": "sliding", "automatic": True, "material": "metal"}
        name = name or f"{ref}号电梯 / Lift {ref}"
        return self._shaft("elevator", box, door, name, floors, options, how)

    def stairs(
        self,
        ref: str,
        box: Box,
        door: DoorsByFloor,
        *,
        name: str | None = None,
        floors: Iterable[str] | None = None,
        width_m: float = 1.5,
        door_m: float = 1.4,
        **options: Any,
    ) -> dict[str, Space]:
        """Put stairs on their floors; parameters as for `lift`, ``width_m`` is that of the flight.

        Without a door (None) they are open to what they touch.
        """
        options = {**options, "clear_width_m": width_m, "key": f"stairs {ref}", "ref": ref}
        how = {"width_m": door_m, "material": "metal"}
        name = name or f"{ref}号楼梯 / Stairs {ref}"
        return self._shaft("stairs", box, door, name, floors, options, how)

    def escalator(
        self,
        ref: str,
        box: Box,
        lower: str,
        upper: str,
        direction: Literal["up", "down"],
        *,
        foot: Side,
        name: str | None = None,
        width_m: float = 1.0,
    ) -> dict[str, Space]:
        """Put an escalator on the two floors that it joins.

        Parameters
        ----------
        ref
            Its number.
        box
            What it covers on both floors.
        lower, upper
            Labels of the floors.
        direction
            Which way it runs.
        foot
            The side of its lower end: one steps on and off at the ends alone.
        name
            By default "1号扶梯（上行） / Escalator 1 (up)".
        width_m
            Width of the steps.
        """
        words = {"up": ("上行", "up"), "down": ("下行", "down")}[direction]
        name = name or f"{ref}号扶梯（{words[0]}） / Escalator {ref} ({words[1]})"
        opposite: dict[Side, Side] = {"N": "S", "S": "N", "E": "W", "W": "E"}
        options = {"direction": direction, "clear_width_m": width_m, "key": f"escalator {ref}"}
        options |= {"his": f"{self.key}-ESC{ref}"}
        how = {"width_m": width_m, "kind": "open", "material": "metal"}
        doors: dict[str, DoorLike] = {lower: foot, upper: opposite[foot]}
        return self._shaft("escalator", box, doors, name, (lower, upper), options, how)

    def _shaft(
        self,
        category: str,
        box: Box,
        door: DoorsByFloor,
        name: str,
        labels: Iterable[str] | None,
        options: Mapping[str, Any],
        how: Mapping[str, Any],
    ) -> dict[str, Space]:
        spaces = {}
        for label in self.floors if labels is None else labels:
            if label not in self.floors:
                raise DrawingError([f"{self.key} has no floor {label} for {name}"])
            floor = self.floors[label]
            doors = door.get(label, door.get("")) if isinstance(door, Mapping) else door
            space = floor.room(box, category, name, **options)
            for each in as_doors(doors):
                made = each if isinstance(doors, Door) else _make(each, how)
                floor.door_of(space, made)
            spaces[label] = space
        return spaces


def _make(door: Door, how: Mapping[str, Any]) -> Door:
    """Make a door of a shaft as such doors are, but for what was said of it."""
    plain = Door(door.side)
    changed = {key: value for key, value in vars(door).items() if value != vars(plain)[key]}
    return Door(**{"side": door.side, **how, **changed})
