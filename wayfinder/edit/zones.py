"""Areas with a meaning of their own: wards, colour zones, closed areas; stalls and furniture."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import shapely

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Area, Id, Labels, Line, Members, NewId, Ours
from wayfinder.edit.neighbours import find_area_m
from wayfinder.edit.outlines import check_near, read_area, write_area, write_line
from wayfinder.edit.properties import merge_labels, set_given, set_properties
from wayfinder.edit.units import write_shape
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import Feature, Geofence, Plan, Section, Unit


@dataclass(frozen=True, kw_only=True)
class AddSection(Action):
    """Mark a part of a floor: a ward, a colour zone, a department of several rooms.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it lies on.
    area
        Its outline; or
    units
        the units that it covers.
    category
        IMDF category.
    name
        Its name by language.
    members, ours
        What else is known of it, as in ``set-properties``: ``access`` or ``zone``, say.
    """

    kind: ClassVar[str] = "add-section"

    id: NewId
    level_id: Id
    area: Area | None = None
    units: tuple[Id, ...] = ()
    category: str = "unspecified"
    name: Labels = field(default_factory=dict)
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the section."""
        changes = Changes(plan)
        changes.check_level(self.level_id)
        geometry = _find_area(changes, self.level_id, self.area, self.units)
        made = changes.add(self.id, "section", geometry, {"level_id": self.level_id})
        put_drawn(changes, made)
        _describe(changes, made, self.name, {**self.members, "category": self.category}, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class CoverUnits(Action):
    """Draw a section or a zone round some units.

    Parameters
    ----------
    feature
        The section or zone.
    units
        The units that it covers from now on.
    """

    kind: ClassVar[str] = "cover-units"

    feature: Id
    units: tuple[Id, ...]

    def apply(self, plan: Plan) -> Edit:
        """Set the outline."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        if not isinstance(feature, Section | Geofence):
            values = {"id": feature.id[:80], "expected": "section", "found": feature.feature_type}
            raise EditError("feature-of-other-kind", values, feature.id)
        level_id = feature.level_id
        if level_id is None:
            level_id = changes.get(self.units[0], Unit).level_id if self.units else None
        geometry = _find_area(changes, level_id or "", None, self.units)
        made = type(feature)(
            feature.id, feature.feature_type, geometry, feature.properties, feature.members
        )
        put_drawn(changes, made)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddGeofence(Action):
    """Mark a zone, possibly over several floors or out of doors.

    Parameters
    ----------
    id
        Its id, free so far.
    area
        Its outline.
    level_ids
        Its levels; none: all.
    building_ids
        The buildings that it concerns.
    category
        IMDF category.
    name
        Its name by language.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-geofence"

    id: NewId
    area: Area
    level_ids: tuple[Id, ...] = ()
    building_ids: tuple[Id, ...] = ()
    category: str = "geofence"
    name: Labels = field(default_factory=dict)
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the zone."""
        changes = Changes(plan)
        geometry = write_area(plan.frame, read_area(plan.frame, self.area), {})
        made = changes.add(self.id, "geofence", geometry, {})
        ids = {
            "level_ids": list(dict.fromkeys(self.level_ids)) or None,
            "building_ids": list(dict.fromkeys(self.building_ids)) or None,
        }
        made = set_properties(changes, made, ids)
        put_drawn(changes, made)
        _describe(changes, made, self.name, {**self.members, "category": self.category}, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddArea(Action):
    """Set down a stall or a piece of furniture, which people walk round.

    Parameters
    ----------
    id
        Its id, free so far.
    feature_type
        Whether it is a stall (``kiosk``) or furniture (``fixture``).
    level_id
        The level that it stands on.
    area
        Its outline.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-area"

    id: NewId
    feature_type: Literal["kiosk", "fixture"]
    level_id: Id
    area: Area
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add it."""
        changes = Changes(plan)
        changes.check_level(self.level_id)
        geometry = write_area(plan.frame, read_area(plan.frame, self.area), {})
        properties: dict[str, Any] = {"level_id": self.level_id}
        if self.feature_type == "fixture":
            properties["category"] = "furniture"
        made = changes.add(self.id, self.feature_type, geometry, properties)
        put_drawn(changes, made)
        set_given(changes, made, self.members, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddWall(Action):
    """Draw a wall, or a line of the drawing that is none.

    Parameters
    ----------
    id
        Its id, free so far.
    level_id
        The level that it stands on.
    line
        Its line.
    wall
        Whether nobody gets across.
    """

    kind: ClassVar[str] = "add-wall"

    id: NewId
    level_id: Id
    line: Line
    wall: bool = True

    def apply(self, plan: Plan) -> Edit:
        """Add the line."""
        changes = Changes(plan)
        changes.check_level(self.level_id)
        made = changes.add(self.id, "detail", write_line(self.line), {"level_id": self.level_id})
        put_drawn(changes, made)
        set_properties(changes, made, {}, {"wall": True} if self.wall else {})
        return changes.finish()


def _describe(
    changes: Changes,
    made: Feature,
    name: dict[str, str | None],
    members: dict[str, Any],
    ours: dict[str, Any],
) -> None:
    """Set what is known of a feature that was just drawn."""
    now = changes.get(made.id, Feature)
    set_given(changes, now, {"name": merge_labels({}, name) or None, **members}, ours)


def _find_area(
    changes: Changes,
    level_id: str,
    area: Sequence[Sequence[Sequence[float]]] | None,
    units: Sequence[str],
) -> dict[str, Any]:
    """Return the outline that was drawn, or that of units on a level."""
    if (area is None) is (not units):
        raise EditError("one-of-two", {"one": "area", "other": "units"})
    frame = changes.plan.frame
    if area is not None:
        return write_area(frame, read_area(frame, area), {})
    covered: list[Feature] = []
    shapes = []
    for unit_id in units:
        unit = changes.get(unit_id, Unit)
        shape = find_area_m(changes, unit)
        if shape is None:
            raise EditError("shape-missing", {}, unit.id)
        if unit.level_id != level_id:
            raise EditError("levels-differ", {}, unit.id)
        covered.append(unit)
        shapes.append(shape)
    united = shapely.union_all(shapes)
    check_near(united, None)
    return write_shape(changes, level_id, united, covered)
