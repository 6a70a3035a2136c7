"""Features taken out, with what is nothing without them."""

from collections import defaultdict
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
    Fixture,
    Footprint,
    Kiosk,
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
    reach = _Reach(changes, dict(wanted))
    waiting = list(wanted)
    in_the_way: dict[str, Feature] = {}
    while waiting:
        feature = changes.get(waiting.pop(), Feature)
        along, inside = reach.list_dependents(feature)
        in_the_way.update({one.id: one for one in inside if one.id not in wanted})
        more = [one.id for one in (*along, *inside) if one.id not in reach.gone]
        reach.gone.update(dict.fromkeys(more))
        waiting += more
    if in_the_way and not contents:
        raise _explain(next(iter(wanted)), list(in_the_way.values()))
    _forget(changes, reach.gone)
    for key in reach.gone:
        changes.drop(key)
    if len(reach.gone) > len(wanted):
        count = len(reach.gone) - len(wanted)
        changes.note("deleted-along", next(iter(wanted)), count=count)


def _explain(feature_id: str, others: list[Feature]) -> EditError:
    names = [_name(one) for one in others[:_MOST_NAMED]]
    return EditError("feature-in-use", {"names": names, "count": len(others)}, feature_id)


class _Reach:
    """What depends on what, looked up once.

    Parameters
    ----------
    changes
        The plan as it is now.
    gone
        What goes, as far as it is known.
    """

    def __init__(self, changes: Changes, gone: dict[str, None]) -> None:
        self._changes = changes
        self.gone = gone
        self._anchors: defaultdict[str | None, list[Anchor]] = defaultdict(list)
        self._occupants: defaultdict[str | None, list[Occupant]] = defaultdict(list)
        self._amenities: defaultdict[str, list[Amenity]] = defaultdict(list)
        self._ways: defaultdict[str, list[Relationship]] = defaultdict(list)
        self._furnished = {one.anchor_id for one in changes.list_of(Fixture)}
        self._furnished |= {one.anchor_id for one in changes.list_of(Kiosk)}
        for anchor in changes.list_of(Anchor):
            self._anchors[anchor.unit_id].append(anchor)
        for occupant in changes.list_of(Occupant):
            self._occupants[occupant.anchor_id].append(occupant)
        for amenity in changes.list_of(Amenity):
            for unit_id in amenity.unit_ids:
                self._amenities[unit_id].append(amenity)
        for way in changes.list_of(Relationship):
            for key in set(list_references(way)):
                self._ways[key].append(way)

    def list_dependents(self, feature: Feature) -> tuple[list[Feature], list[Feature]]:
        """List what is nothing without a feature, and what has a meaning of its own in it."""
        along: list[Feature] = []
        inside: list[Feature] = []
        if isinstance(feature, Unit):
            along, inside = self._list_of_unit(feature)
        elif isinstance(feature, Level):
            inside = [one for one in self._changes.list_of_all() if _is_on(one, feature.id)]
        elif isinstance(feature, Anchor):
            inside = [*self._occupants[feature.id]]
        elif isinstance(feature, Occupant):
            along = self._list_of_occupant(feature)
        elif isinstance(feature, Building):
            outlines = self._changes.list_of(Footprint)
            along = [one for one in outlines if set(one.building_ids) == {feature.id}]
        elif isinstance(feature, Opening):
            inside = self._list_broken(feature)
        return along, inside

    def _list_of_unit(self, unit: Unit) -> tuple[list[Feature], list[Feature]]:
        anchors = self._anchors[unit.id]
        occupants = [one for anchor in anchors for one in self._occupants[anchor.id]]
        amenities = [
            one for one in self._amenities[unit.id] if self.gone.keys() >= set(one.unit_ids)
        ]
        inside = [*occupants, *amenities, *self._list_broken(unit)]
        return [*anchors, *self._list_doors(unit)], inside

    def _list_of_occupant(self, occupant: Occupant) -> list[Feature]:
        """List the anchor of an occupant, if nothing else is at it."""
        anchor = self._changes.find(occupant.anchor_id, Anchor)
        if anchor is None:
            return []
        others = (one.id for one in self._occupants[anchor.id])
        shared = anchor.id in self._furnished or any(key not in self.gone for key in others)
        return [] if shared else [anchor]

    def _list_doors(self, unit: Unit) -> list[Feature]:
        """List the doors of a unit that lead to nothing that stays, or to it alone."""
        shape = find_shape_m(self._changes, unit)
        if shape is None or unit.level_id is None or unit.level_id in self.gone:
            return []
        found: list[Feature] = []
        doors = list_near(self._changes, unit.level_id, Opening, shape.boundary, SNAP_M)
        for opening, _ in doors:
            line = find_door_line(self._changes, opening)
            if line is None or opening.id in self.gone:
                continue
            sides = find_sides_of(self._changes, unit.level_id, line).units
            alone = opening.one_way_to == unit.id or self.gone.keys() >= set(sides)
            if unit.id in sides and alone:
                found.append(opening)
        return found

    def _list_broken(self, feature: Feature) -> list[Feature]:
        """List the drawn ways that lead nowhere without a feature."""
        return [one for one in self._ways[feature.id] if _shorten(one, self.gone) is None]


def _is_on(feature: Feature, level_id: str) -> bool:
    """Tell whether a feature lies on a level, or a drawn way leads over it."""
    if isinstance(feature, Relationship):
        return level_id in feature.level_ids
    return feature.level_id == level_id


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
    signs: list[Feature] = []
    for feature, _ in list_naming(changes, gone):
        if feature.id in gone:
            continue
        made = rewrite(feature, dict.fromkeys(gone))
        if isinstance(feature, Relationship):
            made = _shorten(feature, gone) or made
        if isinstance(feature, Amenity) and made.wayfinder != feature.wayfinder:
            signs.append(feature)
        changes.put(made)
    if signs:
        names = [_name(sign) for sign in signs[:_MOST_NAMED]]
        changes.note("sign-lines-gone", signs[0].id, signs=names, count=len(signs))


def _name(feature: Feature) -> str | dict[str, str]:
    """Return what a feature is called, else the number on it, else its type."""
    return dict(feature.name) or str(feature.wayfinder.get("ref") or feature.feature_type)
