"""Lifts, stairs and escalators over several floors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import NAMESPACE_URL, uuid5

import shapely
from pydantic import ConfigDict, Field

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import SNAP_M, find_door_line, find_sides_of
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, NewId
from wayfinder.edit.neighbours import find_area_m, find_shape_m, list_near
from wayfinder.edit.references import point_to
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import Feature, Level, Opening, Plan, Relationship, Unit, make_feature
from wayfinder.model.categories import ESCALATOR, RAMP, VERTICAL

LINKING = frozenset({*VERTICAL, RAMP})
"""Categories of units that lead to other floors."""

_SAME_SHAFT = 0.5
"""Share of the smaller outline that two must have in common to be one shaft."""

_OWN = frozenset({"osm", "sign_code"})


@dataclass(frozen=True, kw_only=True)
class LinkFloors(Action):
    """Say that lifts, stairs, escalators or ramps on different floors are one.

    They are linked in the order of their floors. What a person says so wins over what stands on
    top of what.

    Parameters
    ----------
    id
        Id of the relationship, free so far.
    units
        The units, of one category, each on another level.
    directed
        Whether one goes from the first to the last alone, in the order given.
    """

    kind: ClassVar[str] = "link-floors"

    id: NewId
    units: Annotated[tuple[Id, ...], Field(min_length=2, max_length=500)]
    directed: bool = False

    def apply(self, plan: Plan) -> Edit:
        """Link the units."""
        changes = Changes(plan)
        units = [changes.get(key, Unit) for key in self.units]
        link(changes, self.id, units, directed=self.directed)
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class Unlink(Action):
    """Take a floor out of a lift or stair that somebody linked, or the whole link away.

    Parameters
    ----------
    feature
        The relationship.
    unit
        The unit that is no longer a part of it; null: the whole link goes.
    """

    kind: ClassVar[str] = "unlink"

    feature: Id
    unit: Id | None = None

    def apply(self, plan: Plan) -> Edit:
        """Take the unit, or the link, out."""
        changes = Changes(plan)
        relationship = changes.get(self.feature, Relationship)
        chain = list_chain(changes, relationship)
        if len(chain) < 2:
            raise EditError("not-a-link", {}, relationship.id)
        if self.unit is not None and self.unit not in {unit.id for unit in chain}:
            raise EditError("not-in-link", {"id": self.unit[:80]}, relationship.id)
        left = [unit for unit in chain if unit.id != self.unit]
        if self.unit is None or len(left) < 2:
            changes.drop(relationship.id)
        else:
            changes.put(_with_chain(relationship, left))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Where a shaft goes on.

    Parameters
    ----------
    level_id
        The level.
    id
        Id of the unit there, free so far; not used where the shaft is drawn there already.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    level_id: Id
    id: NewId


@dataclass(frozen=True, kw_only=True)
class StackUnit(Action):
    """Draw a lift, a stair or an escalator on other floors too, and link them all.

    Where a unit of its category stands in the same place already, that one is linked. Its doors
    are copied with it. A link that there is already goes on.

    Parameters
    ----------
    feature
        The unit that goes on.
    copies
        The other levels, with an id for the unit on each.
    link_id
        Id of the relationship that links them, free so far; not used where there is a link.
    doors
        Whether its doors are drawn on the other floors too.
    """

    kind: ClassVar[str] = "stack-unit"

    feature: Id
    copies: Annotated[tuple[Copy, ...], Field(min_length=1, max_length=200)]
    link_id: NewId
    doors: bool = True

    def apply(self, plan: Plan) -> Edit:
        """Copy and link the unit."""
        changes = Changes(plan)
        unit = changes.get(self.feature, Unit)
        chain = [unit]
        for copy in self.copies:
            changes.check_level(copy.level_id)
            chain.append(_find_there(changes, unit, copy) or self._draw(changes, unit, copy))
        _link_all(changes, self.link_id, chain)
        return changes.finish()

    def _draw(self, changes: Changes, unit: Unit, copy: Copy) -> Unit:
        """Draw the unit, and its doors, on another level."""
        changes.check_free(copy.id)
        made = changes.get(put_drawn(changes, copy_feature(unit, copy.id, copy.level_id)).id, Unit)
        for door in _list_doors(changes, unit) if self.doors else ():
            door_id = derive_id(copy.id, door.id)
            changes.check_free(door_id)
            there = copy_feature(door, door_id, copy.level_id)
            if door.one_way_to is not None:
                to = copy.id if door.one_way_to == unit.id else None
                there = there.with_wayfinder(one_way_to=to)
                if to is None:
                    there = there.with_wayfinder(locked=True)
                    changes.note("one-way-unclear", door_id)
            changes.put(there)
        return made


def link(changes: Changes, link_id: str, units: Sequence[Unit], *, directed: bool) -> None:
    """Link units over floors.

    Raises
    ------
    EditError
        They are not of one category that leads to other floors, share a level, or are linked.
    """
    first = units[0]
    levels = [_get_level(changes, unit) for unit in units]
    for unit in units:
        if unit.category not in LINKING or unit.category != first.category:
            raise EditError("not-one-shaft", {"category": unit.category}, unit.id)
        known = find_link(changes, unit)
        if known is not None:
            raise EditError("linked-already", {"id": known.id}, unit.id)
    if len({level.id for level in levels}) < len(units):
        raise EditError("level-twice", {}, first.id)
    pairs = list(zip(levels, units, strict=True))
    if not directed:
        pairs.sort(key=lambda pair: (pair[0].ordinal, pair[0].id))
    chain = [unit for _, unit in pairs]
    if directed and first.category == ESCALATOR:
        _set_direction(changes, pairs)
    made = changes.add(
        link_id,
        "relationship",
        None,
        {
            "category": first.category,
            "direction": "directed" if directed else "undirected",
        },
    )
    assert isinstance(made, Relationship)  # noqa: S101 - for types; it was just made
    changes.put(_with_chain(made, chain))


def _set_direction(changes: Changes, pairs: Sequence[tuple[Level, Unit]]) -> None:
    """Say of each unit which way it runs, where nobody has said so."""
    way = "up" if pairs[0][0].ordinal < pairs[-1][0].ordinal else "down"
    for _, unit in pairs:
        if unit.direction is None:
            changes.put(unit.with_wayfinder(direction=way))


def _get_level(changes: Changes, unit: Unit) -> Level:
    level = changes.find(unit.level_id, Level)
    if level is None:
        raise EditError("level-not-given", {}, unit.id)
    return level


def list_chain(changes: Changes, relationship: Relationship) -> list[Unit]:
    """List the units that a relationship links over floors, in its order; none if it is no link."""
    if relationship.category not in LINKING or relationship.geometry is not None:
        return []
    ids = (relationship.origin_id, *relationship.intermediary_ids, relationship.destination_id)
    units = (changes.find(key, Unit) for key in ids)
    return [unit for unit in units if unit is not None and unit.category in LINKING]


def find_link(changes: Changes, unit: Unit) -> Relationship | None:
    """Return the relationship that links a unit to other floors, or None."""
    for relationship in changes.list_of(Relationship, lambda one: not one.banned):
        chain = list_chain(changes, relationship)
        if len(chain) > 1 and unit.id in {one.id for one in chain}:
            return relationship
    return None


def _with_chain(relationship: Relationship, units: Sequence[Unit]) -> Feature:
    first, *between, last = (point_to(unit) for unit in units)
    return relationship.with_properties(
        origin=first, intermediary=between or None, destination=last
    )


def insert_in_link(changes: Changes, relationship: Relationship, unit: Unit) -> None:
    """Add a unit to a link, in the order of the floors."""
    chain = [*list_chain(changes, relationship), unit]
    levels = [one.level_id for one in chain]
    if len(set(levels)) < len(levels):
        raise EditError("level-twice", {}, unit.id)
    ordinals = {one.id: _get_level(changes, one).ordinal for one in chain}
    falling = ordinals[chain[0].id] > ordinals[chain[-2].id]
    chain.sort(key=lambda one: ordinals[one.id], reverse=falling)
    changes.put(_with_chain(relationship, chain))


def _link_all(changes: Changes, link_id: str, chain: Sequence[Unit]) -> None:
    """Link units over floors, in the link that one of them is in already, else in a new one."""
    known = {found.id: found for unit in chain if (found := find_link(changes, unit)) is not None}
    if not known:
        link(changes, link_id, chain, directed=False)
        return
    first, *others = known.values()
    linked = {unit.id for unit in list_chain(changes, first)}
    joined = [*chain, *(unit for other in others for unit in list_chain(changes, other))]
    for other in others:
        changes.drop(other.id)
    for unit in joined:
        if unit.id not in linked:
            linked.add(unit.id)
            insert_in_link(changes, changes.get(first.id, Relationship), unit)


def _find_there(changes: Changes, unit: Unit, copy: Copy) -> Unit | None:
    """Return the unit of the same category that stands in the same place on a level, or None."""
    area = find_area_m(changes, unit)
    if area is None:
        raise EditError("shape-missing", {}, unit.id)
    for other, shape in list_near(changes, copy.level_id, Unit, area, 0.0):
        valid = shapely.make_valid(shape)
        common = valid.intersection(area).area
        if other.id == unit.id:
            raise EditError("level-twice", {}, unit.id)
        if other.category == unit.category and common >= _SAME_SHAFT * min(valid.area, area.area):
            return other
    return None


def _list_doors(changes: Changes, unit: Unit) -> list[Opening]:
    """List the doors of a unit."""
    shape = find_shape_m(changes, unit)
    if shape is None or unit.level_id is None:
        return []
    found = []
    for door, _ in list_near(changes, unit.level_id, Opening, shape, SNAP_M):
        line = find_door_line(changes, door)
        if line is not None and unit.id in find_sides_of(changes, unit.level_id, line).units:
            found.append(door)
    return sorted(found, key=lambda door: door.id)


def derive_id(scope: str, source: str) -> str:
    """Return the id of a copy: the same for the same source and scope, another for any other."""
    return str(uuid5(uuid5(NAMESPACE_URL, scope), source))


def copy_feature(feature: Feature, new_id: str, level_id: str | None) -> Feature:
    """Return a copy of a feature on another level, without what names the original alone."""
    properties: dict[str, Any] = dict(feature.properties)
    if level_id is not None:
        properties["level_id"] = level_id
    ours = {key: value for key, value in feature.wayfinder.items() if key not in _OWN}
    if "wayfinder" in properties:
        properties["wayfinder"] = ours
        if not ours:
            del properties["wayfinder"]
    geometry = None if feature.geometry is None else dict(feature.geometry)
    return make_feature(new_id, feature.feature_type, geometry, properties, feature.members)
