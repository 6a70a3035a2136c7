"""Features moved and turned as a whole, with all that stands in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import radians
from typing import Annotated, Any, ClassVar

from pydantic import Field
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import SNAP_M, find_door_line, find_sides_of, with_turned
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Ids, Position
from wayfinder.edit.neighbours import find_area_m, find_shape_m, list_near
from wayfinder.edit.outlines import Metres
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import (
    Amenity,
    Anchor,
    Detail,
    Feature,
    Fixture,
    Footprint,
    Geofence,
    Kiosk,
    Level,
    Opening,
    Plan,
    Relationship,
    Section,
    Unit,
)

_DRAWN = (Detail, Fixture, Footprint, Geofence, Kiosk, Level, Relationship, Section, Unit)
_LEAST_SHARE = 0.5
"""Share of a piece of furniture that lies in a unit which it goes along with."""


@dataclass(frozen=True, kw_only=True)
class Move(Action):
    """Move and turn rooms, furniture, zones, drawn lines, or a floor with all that is on it.

    With a unit go the doors in its walls, the departments, facilities and signs in it, and its
    furniture; neighbours stay where they are.

    Parameters
    ----------
    features
        What moves.
    start, end
        A point, and where it goes.
    turn_deg
        By how much everything turns about that point, in degrees clockwise.
    """

    kind: ClassVar[str] = "move"

    features: Ids
    start: Position
    end: Position
    turn_deg: Annotated[float, Field(ge=-360, le=360)] = 0.0

    def apply(self, plan: Plan) -> Edit:
        """Move the features, and what goes along."""
        changes = Changes(plan)
        moving: dict[str, Feature] = {}
        for feature_id in self.features:
            feature = changes.get(feature_id, Feature)
            if not isinstance(feature, _DRAWN) or feature.geometry is None:
                values = {"feature_type": feature.feature_type}
                raise EditError("not-moved-whole", values, feature.id)
            for one in _list_along(changes, feature):
                moving.setdefault(one.id, one)
        frame = plan.frame
        self._move(changes, moving, frame.to_metres(*self.start), frame.to_metres(*self.end))
        return changes.finish()

    def _move(
        self, changes: Changes, moving: Mapping[str, Feature], start: Metres, end: Metres
    ) -> None:
        angle = -radians(self.turn_deg)
        for feature in moving.values():
            made = with_turned(changes.plan.frame, feature, start, end, angle)
            if feature.geometry is None:
                changes.put(made)
            else:
                put_drawn(changes, _with_bearing(made, self.turn_deg))


def _list_along(changes: Changes, feature: Feature) -> Iterator[Feature]:
    """Yield a feature and what goes along with it."""
    yield feature
    if isinstance(feature, Level):
        units = {unit.id for unit in changes.list_on(feature.id, Unit)}
        for one in changes.list_of_all():
            on_it = one.level_id == feature.id or not units.isdisjoint(_list_homes(one))
            drawn = isinstance(one, Relationship) and set(one.level_ids) == {feature.id}
            if (on_it or drawn) and one.geometry is not None:
                yield one
    elif isinstance(feature, Unit):
        for kind in (Amenity, Anchor):
            yield from changes.list_of(kind, lambda one: feature.id in _list_homes(one)[:1])
        yield from _list_doors(changes, feature)
        yield from _list_furniture(changes, feature)


def _list_homes(feature: Feature) -> tuple[str, ...]:
    """Return the ids of the units that a point belongs to."""
    if isinstance(feature, Amenity):
        return feature.unit_ids
    if isinstance(feature, Anchor) and feature.unit_id is not None:
        return (feature.unit_id,)
    return ()


def _list_doors(changes: Changes, unit: Unit) -> Iterator[Feature]:
    shape = find_shape_m(changes, unit)
    if shape is None or unit.level_id is None:
        return
    for door, _ in list_near(changes, unit.level_id, Opening, shape.boundary, SNAP_M):
        line = find_door_line(changes, door)
        if line is not None and unit.id in find_sides_of(changes, unit.level_id, line).units:
            yield door


def _list_furniture(changes: Changes, unit: Unit) -> Iterator[Feature]:
    area = find_area_m(changes, unit)
    if area is None or unit.level_id is None:
        return
    inside: list[tuple[Feature, BaseGeometry]] = [
        *list_near(changes, unit.level_id, Fixture, area, 0.0),
        *list_near(changes, unit.level_id, Kiosk, area, 0.0),
    ]
    for one, _ in inside:
        shape = find_area_m(changes, one)
        if shape is not None and shape.intersection(area).area >= _LEAST_SHARE * shape.area:
            yield one


def _with_bearing(feature: Feature, turn_deg: float) -> Feature:
    """Return a sign or screen that faces elsewhere, as what it hangs on has turned."""
    if not isinstance(feature, Amenity) or not turn_deg % 360:
        return feature
    faces: dict[str, Any] = {}
    for key in ("sign", "display"):
        face = feature.wayfinder.get(key)
        bearing = face.get("bearing_deg") if isinstance(face, Mapping) else None
        if isinstance(face, Mapping) and isinstance(bearing, int | float):
            faces[key] = {**face, "bearing_deg": round((bearing + turn_deg) % 360, 3)}
    return feature.with_wayfinder(**faces) if faces else feature
