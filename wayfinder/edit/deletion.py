"""Features taken out, with what is nothing without them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import SNAP_M, find_door_line, find_sides_of
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Ids
from wayfinder.edit.neighbours import find_shape_m, list_near
from wayfinder.edit.references import list_naming, list_references, rewrite
from wayfinder.model import (
    Amenity,
    Anchor,
    Building,
    Feature,
    Footprint,
    Level,
    Occupant,
    Opening,
    Plan,
    Relationship,
    Unit,
    Venue,
)
from wayfinder.model.categories import RAMP, VERTICAL

_MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Delete(Action):
    """Take features out.

    What is nothing without them goes along: doors that lead nowhere else, the anchor of a
    department, the outline of a building. What has a meaning of its own (departments, facilities,
    signs, drawn ways, all that is on a level) bars it, unless `contents` says that it goes too.
    What names them otherwise forgets them.

    Parameters
    ----------
    features
        What goes.
    contents
        Whether what stands in them, or leads through them, goes along.
    """

    kind: ClassVar[str] = "delete"

    features: Ids
    contents: bool = False

    def apply(self, plan: Plan) -> Edit:
        """Take them out, with what goes along."""
        changes = Changes(plan)
        for feature_id in self.features:
            feature = changes.get(feature_id, Feature)
            if isinstance(feature, Venue):
                raise EditError("venue-needed", {}, feature_id)
        delete(changes, self.features, contents=self.contents)
        return changes.finish()


def delete(changes: Changes, ids: Iterable[str], *, contents: bool) -> None:
    """Take features out of a plan; see `Delete`.

    Raises
    ------
    EditError
        Something stands in them that is not to go along.
    """
    wanted = dict.fromkeys(ids)
    gone = dict(wanted)
    waiting = list(wanted)
    in_the_way: dict[str, Feature] = {}
    while waiting:
        feature = changes.get(waiting.pop(), Feature)
        along, inside = _list_dependents(changes, feature, gone)
        for one in inside:
            if one.id not in wanted:
                in_the_way.setdefault(one.id, one)
        for one in (*along, *inside):
            if one.id not in gone:
                gone[one.id] = None
                waiting.append(one.id)
    if in_the_way and not contents:
        raise _explain(next(iter(wanted)), list(in_the_way.values()))
    _forget(changes, gone)
    for key in gone:
        changes.drop(key)
    more = len(gone) - len(wanted)
    if more:
        changes.note("deleted-along", next(iter(wanted)), count=more)


def _explain(feature_id: str, others: list[Feature]) -> EditError:
    names = [_name(one) for one in others[:_MOST_NAMED]]
    return EditError("feature-in-use", {"names": names, "count": len(others)}, feature_id)


def _list_dependents(
    changes: Changes, feature: Feature, gone: dict[str, None]
) -> tuple[list[Feature], list[Feature]]:
    """List what is nothing without a feature, and what has a meaning of its own in it."""
    along: list[Feature] = []
    inside: list[Feature] = []
    if isinstance(feature, Unit):
        along, inside = _list_of_unit(changes, feature, gone)
    elif isinstance(feature, Level):
        inside = [one for one in changes.list_of_all() if _is_on(one, feature.id)]
    elif isinstance(feature, Anchor):
        inside = [one for one in changes.list_of(Occupant) if one.anchor_id == feature.id]
    elif isinstance(feature, Occupant):
        along = _list_of_occupant(changes, feature, gone)
    elif isinstance(feature, Building):
        outlines = changes.list_of(Footprint)
        along = [one for one in outlines if set(one.building_ids) == {feature.id}]
    elif isinstance(feature, Opening):
        inside = _list_broken(changes, feature, gone)
    return along, inside


def _is_on(feature: Feature, level_id: str) -> bool:
    """Tell whether a feature lies on a level, or a drawn way leads over it."""
    if isinstance(feature, Relationship):
        return level_id in feature.level_ids
    return feature.level_id == level_id


def _list_of_unit(
    changes: Changes, unit: Unit, gone: dict[str, None]
) -> tuple[list[Feature], list[Feature]]:
    anchors = list(changes.list_of(Anchor, lambda one: one.unit_id == unit.id))
    keys = {anchor.id for anchor in anchors}
    occupants = changes.list_of(Occupant, lambda one: one.anchor_id in keys)
    amenities = changes.list_of(
        Amenity, lambda one: unit.id in one.unit_ids and set(one.unit_ids) <= gone.keys()
    )
    doors = _list_doors(changes, unit, gone)
    broken = _list_broken(changes, unit, gone)
    return [*anchors, *doors], [*occupants, *amenities, *broken]


def _list_of_occupant(changes: Changes, occupant: Occupant, gone: dict[str, None]) -> list[Feature]:
    """List the anchor of an occupant, if nothing else is at it."""
    anchor = changes.find(occupant.anchor_id, Anchor)
    if anchor is None:
        return []
    others = [one for one, _ in list_naming(changes, [anchor.id]) if one.id not in gone]
    return [] if others else [anchor]


def _list_doors(changes: Changes, unit: Unit, gone: dict[str, None]) -> list[Feature]:
    """List the doors of a unit that lead to nothing that stays, or to it alone."""
    shape = find_shape_m(changes, unit)
    if shape is None or unit.level_id is None:
        return []
    found: list[Feature] = []
    for opening, _ in list_near(changes, unit.level_id, Opening, shape.boundary, SNAP_M):
        line = find_door_line(changes, opening)
        sides = find_sides_of(changes, unit.level_id, line).units if line is not None else ()
        if unit.id in sides and (opening.one_way_to == unit.id or set(sides) <= gone.keys()):
            found.append(opening)
    return found


def _list_broken(changes: Changes, feature: Feature, gone: dict[str, None]) -> list[Feature]:
    """List the drawn ways that lead nowhere without a feature."""
    return [
        one
        for one in changes.list_of(Relationship)
        if feature.id in list_references(one) and _shorten(one, gone) is None
    ]


def _shorten(relationship: Relationship, gone: dict[str, None]) -> Feature | None:
    """Return a drawn way without some features, or None where nothing is left of it.

    A lift that stops at one floor less is still a lift.
    """
    made = rewrite(relationship, dict.fromkeys(gone))
    chain = [
        item
        for item in (
            made.properties.get("origin"),
            *(made.properties.get("intermediary") or ()),
            made.properties.get("destination"),
        )
        if item is not None
    ]
    whole = (relationship.origin_id, *relationship.intermediary_ids, relationship.destination_id)
    if len(chain) == len([end for end in whole if end]):
        return made  # only a level went
    is_link = relationship.category in {*VERTICAL, RAMP} and relationship.geometry is None
    if not is_link or len(chain) < 2:
        return None
    first, *between, last = chain
    return made.with_properties(origin=first, intermediary=between or None, destination=last)


def _forget(changes: Changes, gone: dict[str, None]) -> None:
    """Take what goes out of what names it."""
    for feature, _ in list_naming(changes, gone):
        if feature.id in gone:
            continue
        made = rewrite(feature, dict.fromkeys(gone))
        if isinstance(feature, Relationship):
            made = _shorten(feature, gone) or made
        if isinstance(feature, Amenity) and made.wayfinder != feature.wayfinder:
            changes.note("sign-lines-gone", feature.id, sign=_name(feature))
        changes.put(made)


def _name(feature: Feature) -> str | dict[str, str]:
    """Return what a feature is called, else the number on it, else its type."""
    return dict(feature.name) or str(feature.wayfinder.get("ref") or feature.feature_type)
