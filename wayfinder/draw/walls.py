"""Walls with thickness, cut open at the doors, and the doors themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.areas import Area, as_polygons
from wayfinder.model import Level, Opening, Plan

OUTER_WALL_M, INNER_WALL_M = 0.36, 0.18
_THICKEST_GAP_M = 0.6
_REACH_M = 0.45
_TOUCH_M = 0.12
_DOOR_M = 0.9
_WIDEST_LEAF_M = 1.3
_WIDEST_DOOR_M = 2.6
_NO_SWING = frozenset({"open", "sliding", "revolving", "shutter", "turnstile", "movablepartition"})
_LEAST_COURT_M2 = 25.0
_NO_WALL = frozenset({"void", "structure"})

Xy = tuple[float, float]


@dataclass(frozen=True)
class Door:
    """A door, gate or passage.

    Parameters
    ----------
    feature
        Id of the opening.
    category
        Its IMDF category.
    line
        Its sill in metres.
    leaves
        Open leaves, each from its hinge outward.
    inward
        Unit vector into the only area that it touches, or None where it joins two.
    emergency
        Whether it is only for emergencies.
    """

    feature: str
    category: str
    line: LineString
    leaves: tuple[LineString, ...]
    inward: Xy | None
    emergency: bool

    @property
    def middle(self) -> Xy:
        """Its middle in metres."""
        point = self.line.interpolate(0.5, normalized=True)
        return point.x, point.y

    @property
    def outside(self) -> Xy:
        """A point in metres before it, on the side it leads in from."""
        (x, y), (dx, dy) = self.middle, self.inward or (0.0, 0.0)
        return x - dx * _REACH_M, y - dy * _REACH_M


@dataclass(frozen=True)
class Walls:
    """Walls of a level in metres.

    Parameters
    ----------
    inner, outer
        Middle lines, `INNER_WALL_M` and `OUTER_WALL_M` thick.
    solid
        What is left narrow between two rooms.
    outline
        All that is built.
    """

    inner: MultiLineString
    outer: MultiLineString
    solid: MultiPolygon
    outline: MultiPolygon


def list_doors(
    plan: Plan, level: Level, areas: tuple[Area, ...], beside: Polygon | MultiPolygon
) -> tuple[Door, ...]:
    """List the openings of a level with their leaves, which swing into the room.

    A door in a wall that two levels share is on both, whichever it is written down on.

    Parameters
    ----------
    plan, level, areas
        The level and what has an outline on it.
    beside
        What is built on other levels of the storey: a door to it does not lead outside.
    """
    shapely.prepare(beside)
    rooms = [area for area in areas if not area.furniture and area.kind not in _NO_WALL]
    tree = shapely.STRtree([room.outline for room in rooms])
    doors: list[Door] = []
    for opening in _list_openings(plan, level):
        line = _find_sill(plan.find_geometry_m(opening.id))
        if line is None:
            continue
        door = _make_door(opening, line, rooms, tree)
        leads_on = door.inward is not None and beside.intersects(Point(door.outside))
        if leads_on or opening.level_id == level.id:
            doors.append(replace(door, inward=None) if leads_on else door)
    return tuple(doors)


def _list_openings(plan: Plan, level: Level) -> Iterator[Opening]:
    """List the openings of a level, and those of the levels beside it: one may lead in here."""
    yield from plan.list_on(level.id, Opening)
    for other in plan.levels:
        if other.ordinal == level.ordinal and not (
            other is level or other.outdoor or level.outdoor
        ):
            yield from plan.list_on(other.id, Opening)


def _find_sill(shape: BaseGeometry | None) -> LineString | None:
    """Return the longest part of a door's line from end to end."""
    if shape is None or shape.is_empty:
        return None
    lines = [p for p in shapely.get_parts(shape) if isinstance(p, LineString) and p.length > 0]
    if not lines:
        return None
    longest = max(lines, key=lambda line: line.length)
    ends = LineString([longest.coords[0], longest.coords[-1]])
    return ends if ends.length > 0 else None


def _make_door(
    opening: Opening, line: LineString, rooms: list[Area], tree: shapely.STRtree
) -> Door:
    (x1, y1), (x2, y2) = line.coords
    length = line.length
    normal = (-(y2 - y1) / length, (x2 - x1) / length)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    sides = [_find_room(middle, normal, sign, rooms, tree) for sign in (1, -1)]
    left, right = sides
    inward: Xy | None = None
    if _shelter(left) != _shelter(right):
        sign = 1 if _shelter(left) > _shelter(right) else -1
        inward = (normal[0] * sign, normal[1] * sign)
    emergency = opening.emergency_only or opening.category.startswith("emergencyexit")
    door = Door(opening.id, opening.category, line, (), inward, emergency)
    still = opening.automatic or opening.door.get("type") in _NO_SWING
    if still or length > _WIDEST_DOOR_M:
        return door
    swing = 1 if left is not None and (left.walled or right is None) else -1
    return replace(door, leaves=_make_leaves(line, (normal[0] * swing, normal[1] * swing)))


def _shelter(area: Area | None) -> int:
    """Rank the sides of a door: street, grounds of a site, building; one enters upward."""
    if area is None or (area.outdoor and not area.open_air):
        return 0
    return 1 if area.outdoor else 2


def _find_room(
    middle: Xy, normal: Xy, sign: int, rooms: list[Area], tree: shapely.STRtree
) -> Area | None:
    """Find the smallest room beside a door on one side."""
    beside = Point(middle[0] + sign * normal[0] * _REACH_M, middle[1] + sign * normal[1] * _REACH_M)
    found = [rooms[int(i)] for i in tree.query(beside, predicate="intersects")]
    return min(found, key=lambda room: (room.outline.area, room.feature), default=None)


def _make_leaves(line: LineString, into: Xy) -> tuple[LineString, ...]:
    start, end = line.coords
    if line.length <= _WIDEST_LEAF_M:
        return (_swing(start, line.length, into),)
    return tuple(_swing(hinge, line.length / 2, into) for hinge in (start, end))


def _swing(hinge: tuple[float, ...], length: float, into: Xy) -> LineString:
    return LineString([hinge[:2], (hinge[0] + into[0] * length, hinge[1] + into[1] * length)])


def make_walls(areas: tuple[Area, ...], doors: tuple[Door, ...]) -> Walls:
    """Draw the walls around all that has some: where two open areas touch there is none."""
    built = [area for area in areas if not (area.furniture or area.outdoor)]
    outlines = [area.outline for area in built]
    union = shapely.union_all(outlines, grid_size=0.01) if outlines else Polygon()
    half = _THICKEST_GAP_M / 2
    closed = union.buffer(half, join_style="mitre").buffer(-half, join_style="mitre")
    # on a grid: closing may leave a ring that touches itself, which a plain union refuses
    outline = as_polygons(shapely.union(closed.buffer(0), union, grid_size=0.01))
    gaps = _cut_gaps(doors)
    lines = shapely.union_all(_list_lines(built, doors), grid_size=0.01)
    edge = _find_facade(outline)
    near_edge = edge.buffer(0.06)
    outer = _as_lines(edge.difference(_open_air(areas)).difference(gaps))
    inner = _as_lines(lines.difference(near_edge).difference(gaps))
    solid = as_polygons(outline.difference(union).difference(gaps))
    return Walls(inner, outer, _as_multi(solid), _as_multi(outline))


def _find_facade(outline: Polygon | MultiPolygon) -> BaseGeometry:
    """Return the outer edge of what is built, courts included but shafts left out."""
    rings: list[BaseGeometry] = []
    for part in shapely.get_parts(outline):
        courts = [r for r in part.interiors if Polygon(r).area >= _LEAST_COURT_M2]
        rings += [LineString(ring) for ring in (part.exterior, *courts)]
    return shapely.union_all(rings)


def _open_air(areas: tuple[Area, ...]) -> BaseGeometry:
    """Return what lies in the open and is entered without a wall: nothing but steps and ramps."""
    steps = [a.outline.buffer(0.1) for a in areas if a.category in {"steps", "ramp"}]
    return shapely.union_all(steps)


def _cut_gaps(doors: tuple[Door, ...]) -> BaseGeometry:
    """Return what the doors cut out of the walls."""
    sills: BaseGeometry = MultiLineString([door.line for door in doors])
    return sills.buffer(_REACH_M, cap_style="flat")


def _list_lines(built: list[Area], doors: tuple[Door, ...]) -> list[BaseGeometry]:
    """List the outlines of the areas, without what two open ones share; with it around a door."""
    middles = shapely.MultiPoint([door.middle for door in doors])
    walled = [_has_walls(area, doors) for area in built]
    open_outlines = [area.outline for area, own in zip(built, walled, strict=True) if not own]
    tree = shapely.STRtree(open_outlines)
    lines: list[BaseGeometry] = []
    for area, own in zip(built, walled, strict=True):
        if area.kind in _NO_WALL:
            continue
        boundary = shapely.boundary(area.outline)
        if not own:
            near = tree.query(area.outline, predicate="dwithin", distance=_TOUCH_M)
            others = [
                open_outlines[int(i)] for i in near if open_outlines[int(i)] is not area.outline
            ]
            shared = [other.buffer(_TOUCH_M) for other in others]
            lines.append(boundary.difference(shapely.union_all(shared)))
            lines += _list_walled_stretches(boundary, shared, middles)
        else:
            lines.append(boundary)
    return lines


def _list_walled_stretches(
    boundary: BaseGeometry, shared: Sequence[BaseGeometry], middles: shapely.MultiPoint
) -> list[BaseGeometry]:
    """List the stretches that an area shares with others and that have a door: those are walls."""
    found: list[BaseGeometry] = []
    for other in shared:
        touch = boundary.intersection(other)
        if touch.distance(middles) < _TOUCH_M:
            stretches = shapely.get_parts(_as_lines(touch))
            found += [line for line in stretches if line.distance(middles) < _TOUCH_M]
    return found


def _has_walls(area: Area, doors: tuple[Door, ...]) -> bool:
    """Tell whether an area has walls; stairs without a door are entered over their edge."""
    if area.kind != "vertical" or not area.walled:
        return area.walled
    return any(door.line.distance(area.outline) < _REACH_M / 2 for door in doors)


def _as_lines(shape: BaseGeometry) -> MultiLineString:
    merged = shapely.line_merge(shape)
    parts = [p for p in shapely.get_parts(merged) if isinstance(p, LineString) and p.length > 0.02]
    return MultiLineString(parts)


def _as_multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    parts = [p for p in shapely.get_parts(shape) if isinstance(p, Polygon) and not p.is_empty]
    return MultiPolygon(parts)
