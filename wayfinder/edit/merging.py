"""Units joined into one."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import shapely
from pydantic import Field
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import SNAP_M, find_door_line, find_sides_of
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id
from wayfinder.edit.neighbours import find_area_m, list_near
from wayfinder.edit.outlines import LEAST_AREA_M2, SAME_M
from wayfinder.edit.properties import with_values
from wayfinder.edit.references import list_naming, rewrite
from wayfinder.edit.units import with_area
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import Amenity, Opening, Plan, Relationship, Unit
from wayfinder.model.values import read_labels

WALL_M = 0.5
"""Units this far apart have a wall between them, which goes when they are joined (ours)."""

_COMMON_M = 0.1
"""Units that touch over less have no wall in common."""


@dataclass(frozen=True, kw_only=True)
class MergeUnits(Action):
    """Join units of one level into one; a wall of up to 50 cm between them goes.

    The first keeps its id, name, category and properties; without a name it takes that of the next
    that has one. Names of the others become its aliases, and their codes its codes in systems in
    which it has none. Departments, facilities, signs and drawn ways of the others are then its own.
    Doors between them go.

    Parameters
    ----------
    features
        The units, the one that stays first.
    """

    kind: ClassVar[str] = "merge-units"

    features: Annotated[tuple[Id, ...], Field(min_length=2, max_length=100)]

    def apply(self, plan: Plan) -> Edit:
        """Join the units."""
        changes = Changes(plan)
        first, *others = (changes.get(key, Unit) for key in dict.fromkeys(self.features))
        if not others:
            raise EditError("units-apart", {}, first.id)
        for other in others:
            if other.level_id != first.level_id:
                raise EditError("levels-differ", {}, other.id)
        _drop_doors(changes, [first, *others])
        area = _join(changes, [first, *others])
        for other in others:
            changes.drop(other.id)
        named = _name(changes, first, others)
        put_drawn(changes, with_area(changes, named, area, others))
        _hand_over(changes, first, {other.id: first.id for other in others})
        return changes.finish()


def _join(changes: Changes, units: list[Unit]) -> BaseGeometry:
    """Return the one area of units, with the walls between them.

    Raises
    ------
    EditError
        They do not touch.
    """
    areas = []
    for unit in units:
        area = find_area_m(changes, unit)
        if area is None:
            raise EditError("shape-missing", {}, unit.id)
        areas.append(area)
    joined: BaseGeometry = areas[0]
    waiting = list(zip(units[1:], areas[1:], strict=True))
    while waiting:
        waiting.sort(key=lambda pair: (round(pair[1].distance(joined), 3), pair[0].id))
        unit, area = waiting.pop(0)
        joined = _bridge(changes, units, joined, area, unit)
    return joined


def _bridge(
    changes: Changes, units: list[Unit], one: BaseGeometry, other: BaseGeometry, unit: Unit
) -> BaseGeometry:
    """Return the area of two areas and of the wall between them."""
    gap_m = one.distance(other)
    if gap_m > WALL_M:
        raise EditError("units-apart", {}, unit.id)
    wide = max(gap_m, SAME_M) * 1.01
    # what lies within the width of the wall of both, and beside neither
    wall = one.buffer(wide, join_style="mitre").intersection(other.buffer(wide, join_style="mitre"))
    wall = wall.difference(one).difference(other)
    wall = _without_others(changes, units, wall)
    parts = [
        part
        for part in shapely.get_parts(wall).tolist()
        if isinstance(part, Polygon)
        and part.distance(one) < SAME_M
        and part.distance(other) < SAME_M
        and part.area > LEAST_AREA_M2 * SAME_M
    ]
    joined = shapely.union_all([one, other, *(_between(part, one, other) for part in parts)])
    filled = _fill_slits(joined)
    if not isinstance(filled, Polygon) or _measure_common(one, other, wide) < _COMMON_M:
        raise EditError("units-apart", {}, unit.id)
    return filled


def _between(wall: BaseGeometry, one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the part of a wall that lies between two areas, not round their corners."""
    hull = shapely.convex_hull(
        shapely.union_all(
            [
                area.boundary.intersection(wall.buffer(1e-6, join_style="mitre"))
                for area in (one, other)
            ]
        )
    )
    return wall.intersection(hull)


def _without_others(changes: Changes, units: list[Unit], wall: BaseGeometry) -> BaseGeometry:
    """Return a wall without what other units cover of it."""
    keys, level_id = {unit.id for unit in units}, units[0].level_id
    if level_id is None or wall.is_empty:
        return wall
    near = list_near(changes, level_id, Unit, wall, 0.0)
    others = [shapely.make_valid(shape) for unit, shape in near if unit.id not in keys]
    return wall.difference(shapely.union_all(others)) if others else wall


def _measure_common(one: BaseGeometry, other: BaseGeometry, wide: float) -> float:
    """Return over what length two areas face each other."""
    facing = one.boundary.intersection(other.buffer(wide, join_style="mitre"))
    return float(facing.length)


def _fill_slits(shape: BaseGeometry) -> BaseGeometry:
    """Return an area without holes that are mere slits between walls drawn nearly alike."""
    if not isinstance(shape, Polygon):
        return shape
    holes = [ring for ring in shape.interiors if not Polygon(ring).buffer(-SAME_M / 2).is_empty]
    return Polygon(shape.exterior, holes)


def _drop_doors(changes: Changes, units: list[Unit]) -> None:
    """Take out the doors that lead from one of the units into another."""
    keys, level_id = {unit.id for unit in units}, units[0].level_id
    if level_id is None:
        return
    areas = [area for unit in units if (area := find_area_m(changes, unit)) is not None]
    doors = list_near(changes, level_id, Opening, shapely.union_all(areas), SNAP_M)
    gone = []
    for door, _ in doors:
        line = find_door_line(changes, door)
        sides = find_sides_of(changes, level_id, line).units if line is not None else ()
        if len(sides) == 2 and keys.issuperset(sides):
            gone.append(door.id)
    for feature, named in list_naming(changes, gone):
        if isinstance(feature, Relationship):
            changes.drop(feature.id)
        else:
            changes.put(rewrite(feature, dict.fromkeys(named)))
    for key in gone:
        changes.drop(key)
    if gone:
        changes.note("doors-gone", units[0].id, count=len(gone))


def _name(changes: Changes, first: Unit, others: list[Unit]) -> Unit:
    """Return the first unit with what it lacks, and with the others' names as aliases."""
    members: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    aliases = {tag: list(texts) for tag, texts in first.aliases.items()}
    names = dict(read_labels(first.properties, "name"))
    for other in others:
        theirs = dict(read_labels(other.properties, "name"))
        if not names:
            names = members["name"] = theirs
        for tag, text in theirs.items():
            if names.get(tag) != text and text not in aliases.get(tag, []):
                aliases.setdefault(tag, []).append(text)
                changes.note("name-became-alias", first.id, name=text)
        for tag, texts in other.aliases.items():
            known = aliases.setdefault(tag, [])
            known += [text for text in texts if text not in known]
        lost = _take_codes(first, other, ours)
        if lost:
            changes.note("codes-lost", first.id, codes=lost)
    if any(aliases.values()):
        ours["aliases"] = {tag: texts for tag, texts in aliases.items() if texts}
    made = with_values(first, members, ours)
    assert isinstance(made, Unit)  # noqa: S101 - for types; it keeps its type
    return made


def _take_codes(first: Unit, other: Unit, ours: dict[str, Any]) -> list[str]:
    """Take over the codes of a unit for systems in which the first has none; return the others."""
    known = {**first.codes, **ours.get("codes", {})}
    more = {system: code for system, code in other.codes.items() if system not in known}
    if more:
        ours["codes"] = {**known, **more}
    return [code for system, code in other.codes.items() if known.get(system, code) != code]


def _hand_over(changes: Changes, first: Unit, renaming: dict[str, str]) -> None:
    """Give what names the others to the first unit."""
    moved = 0
    for feature, _ in list_naming(changes, renaming):
        made = rewrite(feature, renaming)
        if isinstance(made, Relationship) and made.origin_id == made.destination_id == first.id:
            changes.drop(made.id)
            changes.note("way-gone", made.id)
            continue
        moved += not isinstance(feature, Amenity | Opening | Relationship)
        changes.put(made)
    if moved:
        changes.note("places-moved", first.id, count=moved)
