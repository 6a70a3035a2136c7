"""Floors added, copied and put in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar

import shapely
from pydantic import Field
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Area, Id, Labels, Members, NewId, Ours
from wayfinder.edit.links import LINKING, copy_feature, derive_id, find_link, insert_in_link
from wayfinder.edit.members import OUTSIDE
from wayfinder.edit.neighbours import find_area_m
from wayfinder.edit.outlines import LEAST_AREA_M2, check_area, know_positions, read_area, write_area
from wayfinder.edit.properties import merge_labels, set_given, set_properties, with_values
from wayfinder.edit.references import rewrite
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import (
    Amenity,
    Building,
    Detail,
    Feature,
    Fixture,
    Footprint,
    Kiosk,
    Level,
    Opening,
    Plan,
    Section,
    Unit,
    Venue,
)

_LARGEST_WALL_M = 0.6
"""Gaps between units this wide are walls, and lie inside the outline of their level."""

_OWN_KEYS = frozenset({"aliases", "codes", "description", "ref"})
_OWN_MEMBERS = ("name", "alt_name", "hours", "phone", "website", "correlation_id")

Ordinal = Annotated[float, Field(ge=-1000, le=1000)]


@dataclass(frozen=True, kw_only=True)
class AddLevel(Action):
    """Add a floor.

    Parameters
    ----------
    id
        Its id, free so far.
    ordinal
        Its place in the stack of floors, 0 at street level; half floors are fractions.
    short_name
        The label on the lift's button, by language.
    name
        Its name by language.
    building_ids
        Its buildings.
    area
        Its outline; missing: that of its buildings, else of the venue.
    outdoor
        Whether it lies in the open.
    members, ours
        What else is known of it, as in ``set-properties``.
    """

    kind: ClassVar[str] = "add-level"

    id: NewId
    ordinal: Ordinal
    short_name: Labels
    name: Labels = field(default_factory=dict)
    building_ids: tuple[Id, ...] = ()
    area: Area | None = None
    outdoor: bool = False
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Add the level."""
        changes = Changes(plan)
        shape, sources = self._find_outline(changes)
        check_area(shape, self.id)
        assert isinstance(shape, Polygon | MultiPolygon)  # noqa: S101 - for types; just judged
        geometry = write_area(plan.frame, shape, know_positions(plan.frame, sources))
        made = changes.add(self.id, "level", geometry, {"category": "unspecified"})
        members = {
            "ordinal": _write_ordinal(self.ordinal),
            "outdoor": self.outdoor,
            "short_name": merge_labels({}, self.short_name) or None,
            "name": merge_labels({}, self.name) or merge_labels({}, self.short_name) or None,
            "building_ids": list(self.building_ids) or None,
        }
        made = set_properties(changes, made, members)
        set_given(changes, made, self.members, self.ours)
        return changes.finish()

    def _find_outline(self, changes: Changes) -> tuple[BaseGeometry, list[Feature]]:
        """Return the outline of the level, and the features that it was taken from."""
        if self.area is not None:
            return read_area(changes.plan.frame, self.area), []
        for building_id in self.building_ids:
            changes.get(building_id, Building)
        wanted = set(self.building_ids)
        sources: list[Feature] = [
            one for one in changes.list_of(Footprint) if not wanted.isdisjoint(one.building_ids)
        ]
        if not sources:
            levels = changes.list_of(Level)
            sources = [one for one in levels if not wanted.isdisjoint(one.building_ids)]
        if not sources:
            sources += [*changes.list_of(Venue)][:1]
        areas = [area for one in sources if (area := find_area_m(changes, one)) is not None]
        if not areas:
            raise EditError("shape-missing", {}, self.id)
        return shapely.union_all(areas), sources


@dataclass(frozen=True, kw_only=True)
class SetOrdinal(Action):
    """Put a floor elsewhere into the stack of floors.

    Parameters
    ----------
    feature
        The level.
    ordinal
        Its place, 0 at street level.
    """

    kind: ClassVar[str] = "set-ordinal"

    feature: Id
    ordinal: Ordinal

    def apply(self, plan: Plan) -> Edit:
        """Set the ordinal."""
        changes = Changes(plan)
        set_properties(
            changes, changes.get(self.feature, Level), {"ordinal": _write_ordinal(self.ordinal)}
        )
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class FitLevel(Action):
    """Draw a floor's outline round all its units.

    Parameters
    ----------
    feature
        The level.
    """

    kind: ClassVar[str] = "fit-level"

    feature: Id

    def apply(self, plan: Plan) -> Edit:
        """Set the outline."""
        changes = Changes(plan)
        level = changes.get(self.feature, Level)
        units = changes.list_on(level.id, Unit)
        areas = [area for unit in units if (area := find_area_m(changes, unit)) is not None]
        if not areas:
            raise EditError("level-empty", {}, level.id)
        half = _LARGEST_WALL_M / 2
        united = shapely.union_all(areas)
        closed = united.buffer(half, join_style="mitre").buffer(-half, join_style="mitre")
        shape = _without_shafts(shapely.union(closed, united))
        check_area(shape, level.id)
        assert isinstance(shape, Polygon | MultiPolygon)  # noqa: S101 - for types; just judged
        geometry = write_area(plan.frame, shape, know_positions(plan.frame, units))
        put_drawn(changes, replace(level, geometry=geometry))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class CopyLevel(Action):
    """Copy a floor: its outline, spaces, doors, furniture and drawn walls.

    Names, codes and hours stay with the original, but for lifts, stairs and escalators, which are
    the same ones on the new floor and are linked to it. Ids of the copies are made of the new
    level's id and theirs.

    Parameters
    ----------
    feature
        The level that is copied.
    id
        Id of the new level, free so far.
    ordinal
        Its place in the stack of floors.
    short_name
        The label on the lift's button, by language.
    name
        Its name by language.
    facilities
        Whether toilets, counters and the like are copied; signs and screens never are.
    """

    kind: ClassVar[str] = "copy-level"

    feature: Id
    id: NewId
    ordinal: Ordinal
    short_name: Labels
    name: Labels = field(default_factory=dict)
    facilities: bool = True

    def apply(self, plan: Plan) -> Edit:
        """Copy the level and what is on it."""
        changes = Changes(plan)
        level = changes.get(self.feature, Level)
        changes.check_free(self.id)
        ids = {level.id: self.id}
        sources = list(self._list_sources(changes, level))
        ids.update({one.id: derive_id(self.id, one.id) for one in sources})
        self._add_level(changes, level)
        for one in sources:
            changes.check_free(ids[one.id])
            changes.put(_copy(one, ids, self.id))
        for unit in changes.list_on(level.id, Unit):
            self._link(changes, unit, ids[unit.id])
        return changes.finish()

    def _add_level(self, changes: Changes, level: Level) -> None:
        copied = copy_feature(level, self.id, None)
        stripped = with_values(
            copied, {"alt_name": None}, dict.fromkeys(_OWN_KEYS.intersection(copied.wayfinder))
        )
        members = {
            "ordinal": _write_ordinal(self.ordinal),
            "short_name": merge_labels({}, self.short_name) or None,
            "name": merge_labels({}, self.name) or merge_labels({}, self.short_name) or None,
        }
        set_properties(changes, stripped, members)

    def _list_sources(self, changes: Changes, level: Level) -> Iterable[Feature]:
        """Yield what is copied."""
        for kind in (Unit, Opening, Fixture, Kiosk, Detail, Section):
            yield from changes.list_on(level.id, kind)
        if not self.facilities:
            return
        units = {unit.id for unit in changes.list_on(level.id, Unit)}
        for amenity in changes.list_of(Amenity):
            shown = "sign" in amenity.wayfinder or "display" in amenity.wayfinder
            here = amenity.unit_ids and units.issuperset(amenity.unit_ids)
            if here and not shown and amenity.category not in {"signage", "display"}:
                yield amenity

    def _link(self, changes: Changes, unit: Unit, copy_id: str) -> None:
        """Add the copy of a lift, stair or escalator to the link that holds the original."""
        if unit.category in LINKING and (known := find_link(changes, unit)) is not None:
            insert_in_link(changes, known, changes.get(copy_id, Unit))


def _write_ordinal(ordinal: float) -> float:
    """Return an ordinal as IMDF has it: whole where it is."""
    return int(ordinal) if ordinal.is_integer() else ordinal


def _copy(feature: Feature, ids: dict[str, str], level_id: str) -> Feature:
    """Return the copy of a feature, naming the copies of what it names."""
    made = copy_feature(feature, ids[feature.id], level_id if feature.level_id else None)
    dangling = {"anchor_id"} if "anchor_id" in made.properties else set()
    if isinstance(feature, Opening) and feature.one_way_to not in {None, OUTSIDE, *ids}:
        made = with_values(made, {}, {"one_way_to": None, "locked": True})
    shaft = isinstance(feature, Unit) and feature.category in LINKING
    own = [] if shaft else [key for key in _OWN_MEMBERS if key in made.properties]
    keys = set() if shaft else _OWN_KEYS.intersection(made.wayfinder)
    members: dict[str, Any] = dict.fromkeys([*own, *dangling])
    return rewrite(with_values(made, members, dict.fromkeys(keys)), ids)


def _without_shafts(shape: BaseGeometry) -> BaseGeometry:
    """Return an outline without holes so small that they are gaps between walls."""
    parts = []
    for part in shapely.get_parts(shape).tolist():
        if isinstance(part, Polygon) and part.area >= LEAST_AREA_M2:
            holes = [ring for ring in part.interiors if Polygon(ring).area > 1.0]
            parts.append(Polygon(part.exterior, holes))
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
