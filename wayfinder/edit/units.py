"""Units drawn, reshaped, divided, joined and cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

import shapely
from pydantic import Field
from shapely import STRtree
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Area, Id, Members, NewId, Ours, Position
from wayfinder.edit.neighbours import find_area_m, find_shape_m, list_near
from wayfinder.edit.outlines import (
    LEAST_AREA_M2,
    SAME_M,
    Metres,
    Nearby,
    check_area,
    interpolate,
    know_positions,
    list_edges,
    measure,
    project,
    read_area,
    write_area,
)
from wayfinder.edit.properties import set_given
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import Amenity, Anchor, Feature, Opening, Plan, Unit, make_feature
from wayfinder.model.imdf_terms import load_terms

_BEYOND_M = 0.05
"""A line that ends this near to a wall is meant to reach it (ours)."""

_OWN_KEYS = frozenset({"aliases", "codes", "description", "osm", "ref", "sign_code"})
"""Keys that are about one place alone, and do not go to its other part."""


@dataclass(frozen=True, kw_only=True)
class AddUnit(Action):
    """Draw a room, a corridor, a lift, a stair: any space with an outline.

    Corners within 1 cm of a neighbour's corner or wall are set on it.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it lies on.
    area
        Its outline.
    category
        IMDF category, or one of the presets.
    members, ours
        What else is known of it, as in ``set-properties``.
    trim
        Whether it leaves out what other units of the level cover already.
    """

    kind: ClassVar[str] = "add-unit"

    id: NewId
    level_id: Id
    area: Area
    category: str
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)
    trim: bool = False

    def apply(self, plan: Plan) -> Edit:
        """Add the unit."""
        changes = Changes(plan)
        changes.check_level(self.level_id)
        shape: BaseGeometry = read_area(plan.frame, self.area)
        shape = snap_area(changes, self.level_id, shape, set())
        if self.trim:
            others = list_near(changes, self.level_id, Unit, shape, 0.0)
            shape = cut(shape, [other for _, other in others], self.id)
        geometry = write_shape(changes, self.level_id, shape, [])
        made = changes.add(self.id, "unit", geometry, {"level_id": self.level_id})
        put_drawn(changes, made)
        set_given(changes, made, {**self.members, "category": self.category}, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class Reshape(Action):
    """Give an area another outline: of a unit, level, venue, building, section, zone or stall.

    Doors stay where they are.

    Parameters
    ----------
    feature
        What is reshaped.
    area
        Its new outline.
    """

    kind: ClassVar[str] = "reshape"

    feature: Id
    area: Area

    def apply(self, plan: Plan) -> Edit:
        """Set the outline."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        terms = load_terms().get(feature.feature_type)
        if terms is None or "Polygon" not in terms.geometry:
            values = {"feature_type": feature.feature_type}
            raise EditError("shape-not-of-kind", values, feature.id)
        shape: BaseGeometry = read_area(plan.frame, self.area)
        if isinstance(feature, Unit) and feature.level_id is not None:
            shape = snap_area(changes, feature.level_id, shape, {feature.id})
        put_drawn(changes, with_area(changes, feature, shape))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SplitUnit(Action):
    """Divide a unit along a line.

    The larger part keeps the id, the name, the codes and the ways that lead to it; the other is
    new, of the same category and access, and without a name. Places go to the part that they
    stand in.

    Parameters
    ----------
    feature
        The unit.
    line
        The line; it may end up to 5 cm before the walls.
    new_id
        Id of the smaller part, free so far.
    """

    kind: ClassVar[str] = "split-unit"

    feature: Id
    line: Annotated[tuple[Position, ...], Field(min_length=2, max_length=100)]
    new_id: NewId

    def apply(self, plan: Plan) -> Edit:
        """Divide the unit."""
        changes = Changes(plan)
        unit = changes.get(self.feature, Unit)
        smaller, larger = _divide(changes, unit, self.line)
        changes.check_free(self.new_id)
        kept = put_drawn(changes, with_area(changes, unit, larger))
        made = make_feature(
            self.new_id, "unit", with_area(changes, unit, smaller).geometry, _strip(unit)
        )
        put_drawn(changes, made)
        _share_places(changes, kept, made, smaller)
        _share_doors(changes, kept, made, smaller)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class CutUnit(Action):
    """Take an area out of a unit.

    Parameters
    ----------
    feature
        The unit.
    area
        What is taken out; or
    by
        another feature, whose area is taken out.
    """

    kind: ClassVar[str] = "cut-unit"

    feature: Id
    area: Area | None = None
    by: Id | None = None

    def apply(self, plan: Plan) -> Edit:
        """Cut the unit."""
        changes = Changes(plan)
        unit = changes.get(self.feature, Unit)
        if (self.area is None) is (self.by is None):
            raise EditError("one-of-two", {"one": "area", "other": "by"}, unit.id)
        others: list[Feature] = []
        if self.area is not None:
            taken: BaseGeometry | None = read_area(plan.frame, self.area)
        else:
            others = [changes.get(self.by or "", Feature)]
            taken = find_area_m(changes, others[0])
        shape = find_area_m(changes, unit)
        if shape is None or taken is None:
            raise EditError("shape-missing", {}, unit.id if shape is None else self.by)
        left = cut(shape, [taken], unit.id)
        put_drawn(changes, with_area(changes, unit, left, others))
        return changes.finish()


def cut(shape: BaseGeometry, taken: Iterable[BaseGeometry], feature_id: str) -> Polygon:
    """Return what is left of an area without others; slivers of a centimetre go with them.

    Raises
    ------
    EditError
        Nothing is left, or it falls into parts.
    """
    left = shape.difference(shapely.union_all([shapely.make_valid(one) for one in taken]))
    parts = [
        part
        for part in shapely.get_parts(left).tolist()
        if isinstance(part, Polygon) and not part.buffer(-SAME_M / 2).is_empty
    ]
    parts = [part for part in parts if part.area >= LEAST_AREA_M2]
    if not parts:
        raise EditError("nothing-left", {}, feature_id)
    if len(parts) > 1:
        raise EditError("falls-apart", {"count": len(parts)}, feature_id)
    return parts[0]


def with_area(
    changes: Changes, feature: Feature, shape: BaseGeometry, others: Sequence[Feature] = ()
) -> Feature:
    """Return a feature with another area, given in metres."""
    geometry = write_shape(changes, feature.level_id, shape, [feature, *others])
    return make_feature(
        feature.id, feature.feature_type, geometry, feature.properties, feature.members
    )


def write_shape(
    changes: Changes, level_id: str | None, shape: BaseGeometry, others: Sequence[Feature]
) -> dict[str, Any]:
    """Return an area in metres as GeoJSON; corners of neighbours are written as theirs are."""
    check_area(shape, others[0].id if others else None)
    near: list[Feature] = list(others)
    if level_id is not None:
        near += [unit for unit, _ in list_near(changes, level_id, Unit, shape, SAME_M)]
    assert isinstance(shape, Polygon | MultiPolygon)  # noqa: S101 - for types; judged above
    return write_area(changes.plan.frame, shape, know_positions(changes.plan.frame, near))


def snap_area(
    changes: Changes, level_id: str, shape: BaseGeometry, without: set[str]
) -> BaseGeometry:
    """Return an area whose corners lie on those, or on the walls, of neighbours within 1 cm."""
    near = [
        other
        for unit, other in list_near(changes, level_id, Unit, shape, 2 * SAME_M)
        if unit.id not in without
    ]
    edges = [edge for other in near for edge in list_edges(other)]
    if not edges:
        return shape
    corners = [end for edge in edges for end in edge]
    index = Nearby(corners, SAME_M * 1.5)
    tree = STRtree([LineString(edge) for edge in edges])

    def place(point: Metres) -> Metres:
        number = index.find(point)
        if number is not None:
            return corners[number]
        found = tree.query(Point(point), "dwithin", SAME_M).tolist()
        feet = [_find_foot(point, edges[n]) for n in found]
        return min(feet, key=lambda foot: measure(foot, point), default=point)

    assert isinstance(shape, Polygon)  # noqa: S101 - for types; somebody drew it
    rings = [
        [place((x, y)) for x, y, *_ in ring.coords] for ring in (shape.exterior, *shape.interiors)
    ]
    snapped = Polygon(rings[0], rings[1:])
    return snapped if snapped.is_valid and snapped.area >= LEAST_AREA_M2 else shape


def _find_foot(point: Metres, edge: tuple[Metres, Metres]) -> Metres:
    """Return the point of an edge that is nearest to a point."""
    return interpolate(*edge, project(point, *edge))


def _divide(
    changes: Changes, unit: Unit, positions: Sequence[Sequence[float]]
) -> tuple[Polygon, Polygon]:
    """Return the smaller and the larger part of a unit along a line in degrees."""
    shape = find_area_m(changes, unit)
    if not isinstance(shape, Polygon):
        raise EditError("shape-in-parts", {}, unit.id)
    points = [changes.plan.frame.to_metres(*position) for position in positions]
    if len(set(points)) < 2:
        raise EditError("line-too-short", {}, unit.id)
    line = _reach(points, shape)
    parts = sorted(
        (part for part in split(shape, line).geoms if isinstance(part, Polygon)),
        key=lambda part: (round(part.area, 6), part.bounds),
    )
    if len(parts) != 2 or parts[0].area < LEAST_AREA_M2:
        raise EditError("line-does-not-divide", {"count": len(parts)}, unit.id)
    return parts[0], parts[1]


def _reach(points: list[Metres], shape: Polygon) -> LineString:
    """Return a line whose points near a corner are the corner, and whose ends reach further."""
    corners = [end for edge in list_edges(shape) for end in edge]
    index = Nearby(corners, SAME_M)

    def place(point: Metres) -> Metres:
        number = index.find(point)
        return point if number is None else corners[number]

    placed = [place(point) for point in points]
    placed = [point for n, point in enumerate(placed) if n == 0 or point != placed[n - 1]]
    if len(placed) < 2:
        placed = points
    first, last = _extend(placed[1], placed[0]), _extend(placed[-2], placed[-1])
    # an end is no corner of what is divided, unless it is one already
    inner = [point for n, point in enumerate(placed) if 0 < n < len(placed) - 1 or point in corners]
    return LineString([first, *inner, last])


def _extend(start: Metres, end: Metres) -> Metres:
    """Return a point a little beyond the end of a stretch."""
    length = measure(start, end)
    return interpolate(start, end, (length + _BEYOND_M) / length)


def _strip(unit: Unit) -> dict[str, Any]:
    """Return the properties of a unit that hold for any part of it."""
    kept = {"category", "restriction", "accessibility", "level_id"}
    terms = load_terms()["unit"]
    properties: dict[str, Any] = dict.fromkeys(terms.members)
    properties.update({key: value for key, value in unit.properties.items() if key in kept})
    ours = {key: value for key, value in unit.wayfinder.items() if key not in _OWN_KEYS}
    return {**properties, "wayfinder": ours} if ours else properties


def _share_places(changes: Changes, kept: Feature, made: Feature, area: Polygon) -> None:
    """Have the anchors and amenities of a unit belong to the part that they stand in."""
    rest = find_area_m(changes, kept)

    def is_over(feature: Feature) -> bool:
        point = find_shape_m(changes, feature)
        if point is None or rest is None:
            return False
        return area.distance(point) < rest.distance(point)

    for anchor in list(changes.list_of(Anchor, lambda one: one.unit_id == kept.id)):
        if is_over(anchor):
            changes.put(anchor.with_properties(unit_id=made.id))
    for amenity in list(changes.list_of(Amenity, lambda one: kept.id in one.unit_ids)):
        if is_over(amenity):
            units = [made.id if key == kept.id else key for key in amenity.unit_ids]
            changes.put(amenity.with_properties(unit_ids=units))


def _share_doors(changes: Changes, kept: Feature, made: Feature, area: Polygon) -> None:
    """Have one-way doors into a unit lead into the part that they open to."""
    others = find_area_m(changes, kept)
    for door in list(changes.list_of(Opening, lambda one: one.one_way_to == kept.id)):
        line = find_shape_m(changes, door)
        if line is None or others is None:
            continue
        middle = Point(line.interpolate(0.5, normalized=True))
        if area.distance(middle) < others.distance(middle):
            changes.put(door.with_wayfinder(one_way_to=made.id))
