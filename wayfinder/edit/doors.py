"""Doors set into walls, moved along them, and made to join what they should."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

import shapely
from pydantic import Field
from shapely.geometry import LineString, Point, Polygon

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorfit import REACH_M, WALL_M, fit_door, fit_line, judge_sides
from wayfinder.edit.doorways import (
    find_door_line,
    find_ends,
    find_sides_of,
)
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Members, NewId, Ours, Position
from wayfinder.edit.members import OUTSIDE
from wayfinder.edit.neighbours import find_area_m, list_near
from wayfinder.edit.outlines import (
    SAME_M,
    interpolate,
    measure,
    round_position,
    write_line,
    write_point,
)
from wayfinder.edit.properties import set_given, set_properties
from wayfinder.edit.units import with_area
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import Feature, Opening, Plan, Unit, make_feature

_DOOR_M = 0.9
_INSIDE, _ENTRANCE = "pedestrian", "pedestrian.principal"
Width = Annotated[float, Field(ge=0.3, le=30)]


@dataclass(frozen=True, kw_only=True)
class AddDoor(Action):
    """Set a door, gate or passage into the nearest wall.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it lies on.
    at
        Where its middle is to be, within 1.5 m of a wall; or
    coordinates
        the two ends of its line, which stays as it is where it lies in a wall.
    width_m
        How wide it is, in metres, where `at` is given.
    category
        IMDF category; missing: a door, or an entrance where nothing lies behind it.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-door"

    id: NewId
    level_id: Id
    at: Position | None = None
    coordinates: tuple[Position, Position] | None = None
    width_m: Width = _DOOR_M
    category: str | None = None
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the door."""
        changes, frame = Changes(plan), plan.frame
        changes.check_level(self.level_id)
        if (self.at is None) is (self.coordinates is None):
            raise EditError("one-of-two", {"one": "at", "other": "coordinates"})
        if self.coordinates is not None:
            ends = [frame.to_metres(*position) for position in self.coordinates]
            line = fit_line(changes, self.level_id, (ends[0], ends[1]))
        else:
            at = frame.to_metres(*(self.at or (0.0, 0.0)))
            line = fit_door(changes, self.level_id, at, self.width_m, self.id)
        sides = judge_sides(changes, self.level_id, line, self.id)
        made = _draw(changes, self.id, self.level_id, line)
        inside = len(sides.units) == 2
        category = self.category or (_INSIDE if inside else _ENTRANCE)
        set_given(changes, made, {**self.members, "category": category}, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class MoveOpening(Action):
    """Move a door to the wall nearest to a place, on its level; it keeps its width.

    Parameters
    ----------
    feature
        The door.
    to
        Where its middle is to be, within 1.5 m of a wall.
    """

    kind: ClassVar[str] = "move-opening"

    feature: Id
    to: Position

    def apply(self, plan: Plan) -> Edit:
        """Move the door."""
        changes = Changes(plan)
        opening, line = _get_door(changes, self.feature)
        level_id = _get_level(opening)
        at = plan.frame.to_metres(*self.to)
        _redraw(changes, opening, fit_door(changes, level_id, at, line.length, opening.id))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetDoorWidth(Action):
    """Draw a door wider or narrower, about its middle.

    Parameters
    ----------
    feature
        The door.
    width_m
        How wide it is drawn, in metres.
    """

    kind: ClassVar[str] = "set-door-width"

    feature: Id
    width_m: Width

    def apply(self, plan: Plan) -> Edit:
        """Set the width."""
        changes = Changes(plan)
        opening, line = _get_door(changes, self.feature)
        a, b = find_ends(line)
        middle, length = interpolate(a, b, 0.5), measure(a, b)
        half = self.width_m / 2 / length
        step = ((b[0] - a[0]) * half, (b[1] - a[1]) * half)
        ends = [(middle[0] + sign * step[0], middle[1] + sign * step[1]) for sign in (-1, 1)]
        _redraw(changes, opening, LineString(ends))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetOneWay(Action):
    """Have a door let people through one way only, or both.

    Parameters
    ----------
    feature
        The door.
    to
        Id of the unit on the side that it leads to, ``outside``, or null for both ways.
    """

    kind: ClassVar[str] = "set-one-way"

    feature: Id
    to: Id | None = None

    def apply(self, plan: Plan) -> Edit:
        """Set the way."""
        changes = Changes(plan)
        opening, line = _get_door(changes, self.feature)
        if self.to is not None:
            sides = find_sides_of(changes, _get_level(opening), line)
            reached = {*sides.units, *([OUTSIDE] if len(sides.units) < 2 else [])}
            if self.to not in reached:
                raise EditError("side-not-of-door", {"id": self.to[:80]}, opening.id)
        set_properties(changes, opening, {}, {"one_way_to": self.to})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class JoinUnits(Action):
    """Make a door join two units that it does not touch yet.

    It goes into the middle of the wall between them; where that is thicker than 60 cm, the farther
    unit gets a niche as wide as the door.

    Parameters
    ----------
    feature
        The door.
    units
        Ids of the two units.
    """

    kind: ClassVar[str] = "join-units"

    feature: Id
    units: tuple[Id, Id]

    def apply(self, plan: Plan) -> Edit:
        """Join the units."""
        changes = Changes(plan)
        opening, line = _get_door(changes, self.feature)
        level_id = _get_level(opening)
        one, other = (changes.get(key, Unit) for key in self.units)
        if one.id == other.id or {one.level_id, other.level_id} != {level_id}:
            raise EditError("levels-differ", {}, other.id)
        wanted = {one.id, other.id}
        if set(find_sides_of(changes, level_id, line).units) != wanted:
            line = _between(changes, line, one, other)
            _redraw(changes, opening, line)
        if set(find_sides_of(changes, level_id, line).units) != wanted:
            _add_niche(changes, line, one, other)
        if set(find_sides_of(changes, level_id, line).units) != wanted:
            raise EditError("units-not-joined", {}, opening.id)
        if opening.category == _ENTRANCE:
            made = changes.get(opening.id, Opening)
            set_properties(changes, made, {"category": _INSIDE})
        return changes.finish()


def _get_door(changes: Changes, feature_id: str) -> tuple[Opening, LineString]:
    opening = changes.get(feature_id, Opening)
    line = find_door_line(changes, opening)
    if line is None:
        raise EditError("shape-missing", {}, opening.id)
    return opening, line


def _get_level(opening: Opening) -> str:
    if opening.level_id is None:
        raise EditError("level-not-given", {}, opening.id)
    return opening.level_id


def _draw(changes: Changes, door_id: str, level_id: str, line: LineString) -> Feature:
    frame = changes.plan.frame
    ends = [frame.to_degrees(*end) for end in find_ends(line)]
    middle = interpolate(*find_ends(line), 0.5)
    properties: dict[str, Any] = {
        "level_id": level_id,
        "display_point": write_point(frame.to_degrees(*middle)),
    }
    return changes.add(door_id, "opening", write_line(ends), properties)


def _redraw(changes: Changes, opening: Opening, line: LineString) -> None:
    """Draw a door anew; what it is stays."""
    frame = changes.plan.frame
    ends = find_ends(line)
    judge_sides(changes, _get_level(opening), line, opening.id)
    _check_one_way(changes, opening, line)
    heights = _list_heights(opening)
    drawn = [
        [*round_position(*frame.to_degrees(*end)), *height]
        for end, height in zip(ends, heights, strict=True)
    ]
    properties = dict(opening.properties)
    if opening.display_point is not None:
        middle = interpolate(*ends, 0.5)
        properties["display_point"] = write_point(frame.to_degrees(*middle))
    geometry = {**(opening.geometry or {}), "type": "LineString", "coordinates": drawn}
    changes.put(make_feature(opening.id, "opening", geometry, properties, opening.members))


def _list_heights(opening: Opening) -> list[Sequence[float]]:
    """Return what stands behind longitude and latitude at a door's ends."""
    coordinates = (opening.geometry or {}).get("coordinates") or [[0, 0], [0, 0]]
    if not isinstance(coordinates[0][0], int | float):
        return [(), ()]
    return [coordinates[0][2:], coordinates[-1][2:]]


def _check_one_way(changes: Changes, opening: Opening, line: LineString) -> None:
    """Refuse to move a one-way door away from the unit that it leads to."""
    to = opening.one_way_to
    if to is None:
        return
    units = find_sides_of(changes, _get_level(opening), line).units
    if to not in units and not (to == OUTSIDE and len(units) < 2):
        raise EditError("one-way-elsewhere", {"id": to[:80]}, opening.id)


def _between(changes: Changes, line: LineString, one: Unit, other: Unit) -> LineString:
    """Return a door's line in the middle between two units."""
    areas = [find_area_m(changes, unit) for unit in (one, other)]
    ends = find_ends(line)
    middle = Point(interpolate(*ends, 0.5))
    feet = []
    for unit, area in zip((one, other), areas, strict=True):
        if area is None:
            raise EditError("shape-missing", {}, unit.id)
        foot = shapely.get_coordinates(shapely.shortest_line(area.boundary, middle))[0]
        feet.append((float(foot[0]), float(foot[1])))
    gap_m = measure(feet[0], feet[1])
    if gap_m > 2 * REACH_M:
        raise EditError("units-not-joined", {}, other.id)
    to = interpolate(feet[0], feet[1], 0.5) if gap_m <= WALL_M else feet[0]
    shift = (to[0] - middle.x, to[1] - middle.y)
    (x0, y0), (x1, y1) = ends
    return LineString([(x0 + shift[0], y0 + shift[1]), (x1 + shift[0], y1 + shift[1])])


def _add_niche(changes: Changes, line: LineString, one: Unit, other: Unit) -> None:
    """Draw the farther of two units up to a door, as wide as the door."""
    level_id = one.level_id or ""
    touched = find_sides_of(changes, level_id, line).units
    far = one if other.id in touched else other
    area = find_area_m(changes, far)
    if area is None:
        raise EditError("shape-missing", {}, far.id)
    ends = find_ends(line)
    length = measure(*ends)
    nx, ny = (ends[0][1] - ends[1][1]) / length, (ends[1][0] - ends[0][0]) / length
    middle = interpolate(*ends, 0.5)
    x, y = shapely.get_coordinates(shapely.shortest_line(area, Point(middle)))[0]
    if (x - middle[0]) * nx + (y - middle[1]) * ny < 0:
        nx, ny = -nx, -ny
    deep = Point(middle).distance(area) + SAME_M
    niche = Polygon([*ends, *((x + nx * deep, y + ny * deep) for x, y in reversed(ends))])
    grown = shapely.union(area, niche)
    others = [
        shape
        for unit, shape in list_near(changes, level_id, Unit, niche, 0.0)
        if unit.id not in {one.id, other.id}
    ]
    blocked = any(shapely.make_valid(shape).intersection(niche).area > 0.01 for shape in others)
    if not isinstance(grown, Polygon) or blocked:
        raise EditError("units-not-joined", {}, far.id)
    put_drawn(changes, with_area(changes, far, grown))
