"""The venue and its buildings."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Area, Id, Labels, Members, NewId, Ours, Position
from wayfinder.edit.members import check_time_zone
from wayfinder.edit.outlines import check_area, read_area, write_area, write_point
from wayfinder.edit.properties import merge_labels, set_given, set_properties
from wayfinder.model import Building, Frame, Level, Plan, Venue


@dataclass(frozen=True, kw_only=True)
class AddVenue(Action):
    """Begin a plan: the site, where it lies, and its time zone.

    Parameters
    ----------
    id
        Its id, free so far.
    name
        Its name by language.
    display_point
        Its middle: the plan's metres are counted from here.
    area
        Its outline.
    time_zone
        IANA time zone, in which all hours are meant.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-venue"

    id: NewId
    name: Labels
    display_point: Position
    area: Area
    time_zone: str
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the venue."""
        changes = Changes(plan)
        if plan.venue is not None:
            raise EditError("venue-there", {}, plan.venue.id)
        check_time_zone(self.time_zone)
        frame = Frame(*self.display_point)
        shape = read_area(frame, self.area)
        point = write_point(self.display_point)
        properties = {"category": "healthcarefacility", "display_point": point}
        made = changes.add(self.id, "venue", write_area(frame, shape, {}), properties)
        names = {"name": merge_labels({}, self.name) or None}
        made = set_properties(changes, made, names, {"time_zone": self.time_zone})
        set_given(changes, made, self.members, self.ours)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class AddBuilding(Action):
    """Add a building, with its outline on the ground.

    Parameters
    ----------
    id
        Its id, free so far.
    name
        Its name by language.
    footprint_id
        Id of its outline, free so far.
    area
        The outline.
    level_ids
        Levels that are its own from now on.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-building"

    id: NewId
    name: Labels
    footprint_id: NewId
    area: Area
    level_ids: tuple[Id, ...] = ()
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the building and its outline."""
        changes = Changes(plan)
        shape = read_area(plan.frame, self.area)
        check_area(shape, self.id)
        centre = shape.representative_point()
        point = write_point(plan.frame.to_degrees(centre.x, centre.y))
        properties: dict[str, Any] = {"category": "unspecified", "display_point": point}
        made = changes.add(self.id, "building", None, properties)
        made = set_properties(changes, made, {"name": merge_labels({}, self.name) or None})
        set_given(changes, made, self.members, self.ours)
        outline = {"category": "ground", "building_ids": [self.id]}
        changes.add(self.footprint_id, "footprint", write_area(plan.frame, shape, {}), outline)
        for level_id in self.level_ids:
            _add_to(changes, changes.check_level(level_id), self.id)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetBuildings(Action):
    """Say which buildings a floor belongs to.

    Parameters
    ----------
    feature
        The level.
    building_ids
        Its buildings.
    """

    kind: ClassVar[str] = "set-buildings"

    feature: Id
    building_ids: tuple[Id, ...]

    def apply(self, plan: Plan) -> Edit:
        """Set the buildings."""
        changes = Changes(plan)
        level = changes.get(self.feature, Level)
        ids = list(dict.fromkeys(self.building_ids))
        set_properties(changes, level, {"building_ids": ids or None})
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetTimeZone(Action):
    """Say in which time zone all hours are meant.

    Parameters
    ----------
    feature
        The venue.
    time_zone
        IANA time zone, such as Asia/Shanghai.
    """

    kind: ClassVar[str] = "set-time-zone"

    feature: Id
    time_zone: str

    def apply(self, plan: Plan) -> Edit:
        """Set the time zone."""
        changes = Changes(plan)
        venue = changes.get(self.feature, Venue)
        set_properties(changes, venue, {}, {"time_zone": self.time_zone})
        return changes.finish()


def _add_to(changes: Changes, level: Level, building_id: str) -> None:
    changes.get(building_id, Building)
    ids = [*level.building_ids, building_id]
    changes.put(level.with_properties(building_ids=list(dict.fromkeys(ids))))
