"""Drawing rooms: one by one, in rows, what is left between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from shapely.geometry import MultiPolygon, Polygon

from floorplans.drawing.kit.doors import Doors
from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.items import Access, Door, Side, Space
from floorplans.drawing.kit.shapes import (
    Box,
    Shape,
    Xy,
    as_polygon,
    find_middle,
    find_narrowest_m,
    subtract,
)
from floorplans.drawing.kit.words import parse_words
from wayfinder.model.categories import OPEN, SOLID, THROUGH

_WAITING_M = 1.5
"""Clear width between the seats of a waiting area where none is given."""

DoorLike = Side | Door | Sequence[Side | Door] | None


@dataclass(frozen=True)
class R:
    """A room of a row.

    Parameters
    ----------
    width_m
        Its width along the row; None: what the others leave.
    category
        Its category; None leaves the place free (a corridor comes in there).
    name, options
        As for `Rooms.room`.
    """

    width_m: float | None
    category: str | None = None
    name: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, width_m: float | None, category: str, name: str | None = None, **options: Any
    ) -> "R":
        """Write a room of a row as `Rooms.room` would have it."""
        return cls(width_m, category, name, options)


def numbers(first: str, step: int = 1) -> Iterator[str]:
    """Count up the number at the end of a text: ``A2-01``, ``A2-02``, and so on."""
    digits = len(first) - len(first.rstrip("0123456789"))
    stem, number = first[: len(first) - digits], int(first[len(first) - digits :])
    while True:
        yield f"{stem}{number:0{digits}d}"
        number += step


class Rooms(Doors):
    """The part of a floor that draws spaces."""

    def room(
        self,
        shape: Shape,
        category: str,
        name: str | None = None,
        *,
        door: DoorLike = None,
        ref: str | None = None,
        his: str | None = None,
        access: Access | None = None,
        hours: str | None = None,
        clear_width_m: float | None = None,
        wheelchair: bool | None = None,
        is_open: bool | None = None,
        description: str | None = None,
        key: str | None = None,
        **wayfinder: Any,
    ) -> Space:
        """Draw a room.

        Parameters
        ----------
        shape
            Its outline in metres.
        category
            IMDF category, or one of the presets.
        name
            ``Chinese / English: alias, alias``.
        door
            Its doors: sides of its box (``"S"``), or `Door`s.
        ref
            Number on the door.
        his
            Code in the hospital's information system.
        access
            Who may enter; a door of a staff room has a badge reader.
        hours
            OSM opening_hours in which one may enter.
        clear_width_m
            Width at its narrowest place; where one walks through, by default what the outline
            leaves.
        wheelchair
            Whether it is fit for wheelchairs, where no width says so.
        is_open
            Whether it has no walls of its own; by default what its category means.
        description
            ``Chinese / English``.
        key
            What its id is made of, where neither number nor name will do.
        wayfinder
            More members of the ``wayfinder`` object.
        """
        words = parse_words(name)
        polygon = as_polygon(shape, f"{self} {words.zh or category}")
        open_ = category in OPEN if is_open is None else is_open
        if clear_width_m is None and category not in SOLID and (open_ or category in _WALKED):
            clear_width_m = _find_clear_width_m(polygon, category)
        members = {
            "ref": ref,
            "codes": {"his": his} if his else None,
            "access": access,
            "hours": hours,
            "clear_width_m": clear_width_m,
            "wheelchair": wheelchair,
            "open": is_open,
            "description": dict(parse_words(description).name) or None,
            **wayfinder,
        }
        known = {member: value for member, value in members.items() if value is not None}
        key = key or ref or his or _make_key(words.zh or category, polygon)
        space = Space(self._floor, polygon, category, words, key, known, has_walls=not open_)
        self.spaces.append(space)
        for each in as_doors(door):
            self.door_of(space, each)
        return space

    def corridor(
        self, shape: Shape, name: str | None = None, *, category: str = "walkway", **options: Any
    ) -> Space:
        """Draw a corridor: a box, or boxes that are one together."""
        return self.room(shape, category, name, **options)

    def open_area(
        self, shape: Shape, category: str = "waitingroom", name: str | None = None, **options: Any
    ) -> Space:
        """Draw an area without walls: one walks into it wherever it touches a corridor."""
        return self.room(
            shape, category, name, is_open=None if category in OPEN else True, **options
        )

    def remainder(
        self, shape: Shape, category: str = "walkway", name: str | None = None, **options: Any
    ) -> Space:
        """Draw what the spaces drawn so far leave of a shape, which must be one piece.

        Raises
        ------
        DrawingError
            They leave nothing, or several pieces; their places are named.
        """
        rest = self._subtract(shape)
        if len(rest) != 1:
            parts = [f"{part.area:.1f} m² at {find_middle(part)}" for part in rest]
            raise DrawingError([f"{self}: {name or category} is {len(parts)} pieces: {parts}"])
        return self.room(rest[0], category, name, **options)

    def remainders(
        self, shape: Shape, category: str, name: str | None = None, **options: Any
    ) -> list[Space]:
        """Draw all pieces that the spaces drawn so far leave of a shape, such as a road."""
        return [self.room(part, category, name, **options) for part in self._subtract(shape)]

    def _subtract(self, shape: Shape) -> list[Polygon]:
        rest = subtract(as_polygon(shape), [space.shape for space in self.spaces])
        parts = list(rest.geoms) if isinstance(rest, MultiPolygon) else [as_polygon(rest)]
        return sorted(parts, key=lambda part: part.bounds)

    def solid(self, shape: Shape, category: str = "structure") -> Space:
        """Draw what nobody enters: a shaft, thick walls, a void (``opentobelow``)."""
        return self.room(shape, category)

    def row(
        self,
        start: Xy,
        depth_m: float,
        rooms: Iterable[R],
        *,
        along: Literal["E", "N"] = "E",
        end: float | None = None,
        door: DoorLike = None,
        refs: Iterator[str] | None = None,
        **options: Any,
    ) -> list[Space]:
        """Draw rooms side by side.

        Parameters
        ----------
        start
            South-west corner of the first.
        depth_m
            Their size across the row.
        rooms
            Widths, categories, names, what differs; one may have the width None and takes what is
            left up to ``end``.
        along
            Whether the row runs east or north.
        end
            Where it must end: x of a row to the east, y of one to the north.
        door, options
            Of all rooms that have none of their own.
        refs
            Door numbers, for the rooms that are not given one.

        Raises
        ------
        DrawingError
            The widths do not add up to ``end``.
        """
        found, items = [], list(rooms)
        at = start[0] if along == "E" else start[1]
        given = sum(item.width_m or 0.0 for item in items)
        rest = 0.0 if end is None else end - at - given
        free = [item for item in items if item.width_m is None]
        if end is not None and (rest < -0.001 or (not free and rest > 0.001) or len(free) > 1):
            raise DrawingError([f"{self}: the row from {start} to {end} has {rest:.2f} m left"])
        for item in items:
            width = round(rest if item.width_m is None else item.width_m, 3)
            box = (
                Box(at, start[1], at + width, start[1] + depth_m)
                if along == "E"
                else Box(start[0], at, start[0] + depth_m, at + width)
            )
            at = round(at + width, 3)
            if item.category is None:
                continue
            choice = {"door": door, **options, **item.options}
            if refs is not None and "ref" not in choice and item.category not in SOLID:
                choice["ref"] = next(refs)
            found.append(self.room(box, item.category, item.name, **choice))
        return found

    def toilets(
        self,
        box: Box,
        door: Side,
        *,
        family: bool = True,
        accessible: bool = True,
        reverse: bool = False,
        hours: str | None = None,
    ) -> list[Space]:
        """Draw a group of toilets along one wall: men, women, accessible, family.

        The accessible one is 2.4 m wide, the family one 2.6 m, the rest is shared by women (more)
        and men; all doors are 0.9 m clear or more, without sills.

        Parameters
        ----------
        box
            The whole group.
        door
            The side of the corridor.
        family, accessible
            Whether it has these rooms.
        reverse
            Begin in the east or north rather than in the west or south.
        hours
            When it is open.
        """
        along: Literal["E", "N"] = "E" if door in "NS" else "N"
        length = box.width_m if along == "E" else box.depth_m
        rest = length - (2.4 if accessible else 0) - (2.6 if family else 0)
        women = round(rest * 0.54, 1)
        wide: dict[str, Any] = {
            "wheelchair": True,
            "clear_width_m": 1.5,
            "door": Door(door, kind="sliding"),
        }
        group = [R.of(round(rest - women, 3), "restroom.male"), R.of(women, "restroom.female")]
        group += [R.of(2.4, "restroom.wheelchair", **wide)] if accessible else []
        group += [R.of(2.6, "restroom.family", **wide)] if family else []
        if reverse:
            group.reverse()
        depth = box.depth_m if along == "E" else box.width_m
        return self.row((box.x0, box.y0), depth, group, along=along, door=Door(door), hours=hours)


_WALKED = THROUGH - {"elevator", "escalator", "stairs"}


def _find_clear_width_m(outline: Polygon, category: str) -> float:
    """Return what an outline leaves to walk; a waiting area is full of seats."""
    narrowest_m = find_narrowest_m(outline)
    return min(narrowest_m, _WAITING_M) if category == "waitingroom" else narrowest_m


def _make_key(what: str, outline: Polygon) -> str:
    x, y = find_middle(outline)
    return f"{what}@{x:.1f},{y:.1f}"


def as_doors(door: DoorLike) -> list[Door]:
    """Read what may be a side, a door or several."""
    if door is None:
        return []
    listed = [door] if isinstance(door, Door | str) else list(door)
    return [each if isinstance(each, Door) else Door(each) for each in listed]


def outline_of(spaces: Iterable[Space]) -> Polygon:
    """Return the outline of several spaces that hang together, for a section."""
    return as_polygon([Box(*space.shape.bounds) for space in spaces])
