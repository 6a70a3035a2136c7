"""The places of a plan: what is one to a visitor, where it is, what it is called."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot

from wayfinder.guide.names import Signs
from wayfinder.model import (
    Access,
    Amenity,
    Anchor,
    Building,
    Feature,
    Level,
    Occupant,
    Opening,
    Plan,
    Section,
    Unit,
)
from wayfinder.model.called import find_sign_code, list_refs, list_texts
from wayfinder.model.categories import SOLID, VERTICAL, is_through
from wayfinder.model.sign import SIGNAGE
from wayfinder.presets import Preset, find_preset
from wayfinder.services.directory.hits import HitKind, Spot

_NAMELESS = frozenset(
    {
        *("sanitary", "vertical", "clinic", "ward", "service", "diagnostics", "food"),
        *("emergency", "parking", "waiting", "outdoor"),
    }
)
"""Kinds that are looked for by what they are; any other must have a name."""

_NAMELESS_DOORS = frozenset({"pedestrian.principal", "entry"})
_FIRST = (Level, Building, Occupant, Unit, Amenity, Section, Opening)
"""Which of several features stands for a place: the department rather than its room."""
_ONE_PLACE_M = 30.0
"""Things of one name on one floor that are as near as this are one place (ours)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place.

    Parameters
    ----------
    id
        Id of the feature that stands for it.
    kind
        What sort of thing it is.
    features
        All features that are one with it, its own first; for a lift or stairs those of all floors.
    categories
        Their categories.
    spots
        Where it is and by which feature: one place, or one on each floor of a lift.
    public
        Whether everybody may enter.
    """

    id: str
    kind: HitKind
    features: tuple[Feature, ...]
    categories: tuple[str, ...]
    spots: tuple[tuple[str, Spot], ...]
    public: bool

    @property
    def preset(self) -> Preset | None:
        """What is known of its category."""
        return find_preset(self.categories[0])

    @property
    def is_way(self) -> bool:
        """Whether it is a room to walk or wait in."""
        return isinstance(self.features[0], Unit) and is_through(self.features[0])

    @property
    def is_room(self) -> bool:
        """Whether it is a mere room, no department or point of service."""
        return isinstance(self.features[0], Unit)


class Entries:
    """Makes the entries of a plan.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.signs = Signs(plan)
        self._spots: dict[str, Spot | None] = {}

    def make_all(self) -> list[Entry]:
        """Make the places, floors and buildings of the plan in its order."""
        order = {feature.id: number for number, feature in enumerate(self.plan)}
        groups = self._group([feature for feature in self.plan if is_searched(feature)])
        for group in groups:
            group.sort(key=lambda one: (_FIRST.index(type(one)), order[one.id]))
        groups.sort(key=lambda group: order[group[0].id])
        entries = [self.make(group[0], tuple(group[1:])) for group in groups]
        return [entry for entry in entries if entry.spots or entry.kind is not HitKind.PLACE]

    def make(self, feature: Feature, others: tuple[Feature, ...] = ()) -> Entry:
        """Make the entry of a feature and of those that are one place with it."""
        features = (feature, *others)
        alike = (one for one in features if type(one) is type(feature))
        spots = [
            (one.id, spot)
            for one in self._list_places(alike)
            if (spot := self.find_spot(one)) is not None
        ]
        categories = tuple(dict.fromkeys(one.category for one in features))
        kind, public = _find_kind(feature), self._is_public(feature)
        return Entry(feature.id, kind, features, categories, tuple(spots), public)

    def find_spot(self, feature: Feature) -> Spot | None:
        """Return where a feature is, or None where it is nowhere."""
        if feature.id not in self._spots:
            self._spots[feature.id] = find_spot(self.plan, feature)
        return self._spots[feature.id]

    def _list_places(self, features: Iterable[Feature]) -> Iterator[Feature]:
        """Yield what has a spot: a building has those of its levels."""
        for feature in features:
            if isinstance(feature, Building):
                for level in self.plan.list_of(Level):
                    if feature.id in level.building_ids:
                        yield level
            else:
                yield feature

    def _group(self, searched: Sequence[Feature]) -> list[list[Feature]]:
        """Put together what is one place to a visitor."""
        top: dict[str, str] = {}

        def find(key: str) -> str:
            while (above := top.get(key, key)) != key:
                key = above
            return key

        for one, other in self._list_pairs(searched):
            top[find(other)] = find(one)
        groups: defaultdict[str, list[Feature]] = defaultdict(list)
        for feature in searched:
            groups[find(feature.id)].append(feature)
        return list(groups.values())

    def _list_pairs(self, searched: Sequence[Feature]) -> Iterator[tuple[str, str]]:
        """Yield pairs of features that are one place."""
        known = {feature.id for feature in searched}
        for occupant, unit in self._list_filled():
            if unit in known:
                yield occupant, unit
        for amenity in self.plan.list_of(Amenity):
            same = _find_same(self.plan, amenity)
            if same is not None and amenity.id in known and same.id in known:
                yield same.id, amenity.id
        for shaft in _list_shafts(self.plan):
            yield from pairwise(unit.id for unit in shaft)
        yield from self._list_namesakes(searched)

    def _list_filled(self) -> Iterator[tuple[str, str]]:
        """Yield occupants with the rooms that they fill; a named hall is a place of its own."""
        in_unit: defaultdict[str, list[Occupant]] = defaultdict(list)
        for occupant in self.plan.list_of(Occupant):
            unit_id = find_unit_id(self.plan, occupant)
            if unit_id is not None:
                in_unit[unit_id].append(occupant)
        for unit_id, occupants in in_unit.items():
            unit = self.plan.find(unit_id, Unit)
            named = unit is not None and bool(unit.name) and is_through(unit)
            if len(occupants) == 1 and not named:
                yield occupants[0].id, unit_id

    def _list_namesakes(self, searched: Sequence[Feature]) -> Iterator[tuple[str, str]]:
        """Yield things of one name that stand together on one floor."""
        called: defaultdict[tuple[str, ...], list[tuple[Feature, Spot]]] = defaultdict(list)
        for feature in searched:
            spot = self.find_spot(feature)
            if feature.name and spot is not None and _find_kind(feature) is HitKind.PLACE:
                called[spot.level_id, *sorted(feature.name.values())].append((feature, spot))
        for alike in called.values():
            for number, (one, here) in enumerate(alike):
                for other, there in alike[number + 1 :]:
                    if hypot(here.x_m - there.x_m, here.y_m - there.y_m) <= _ONE_PLACE_M:
                        yield one.id, other.id

    @cached_property
    def _restricted(self) -> Mapping[str, Access]:
        return {unit.id: unit.access for unit in self.plan.units if unit.access is not None}

    def _is_public(self, feature: Feature) -> bool:
        tagged = feature.access or self._restricted.get(find_unit_id(self.plan, feature) or "")
        return tagged in {None, Access.PUBLIC, Access.TICKETED}


def list_numbers(feature: Feature) -> Iterator[str]:
    """Yield the numbers and codes of a feature: they fit as a whole or from their start."""
    yield from feature.codes.values()
    yield from list_refs(feature)
    code = find_sign_code(feature)
    if code is not None:
        yield code


def find_unit_id(plan: Plan, feature: Feature) -> str | None:
    """Return the id of the unit that a feature is, or lies in, or None."""
    if isinstance(feature, Unit):
        return feature.id
    if isinstance(feature, Occupant):
        anchor = plan.find(feature.anchor_id, Anchor)
        return anchor.unit_id if anchor else None
    if isinstance(feature, Amenity):
        return next((key for key in feature.unit_ids if plan.find(key, Unit)), None)
    return None


def find_level(plan: Plan, feature: Feature) -> Level | None:
    """Return the level that a feature is on, or None."""
    if isinstance(feature, Level):
        return feature
    if feature.level_id is not None:
        return plan.find(feature.level_id, Level)
    unit = plan.find(find_unit_id(plan, feature), Unit)
    return plan.find(unit.level_id, Level) if unit else None


def find_spot(plan: Plan, feature: Feature) -> Spot | None:
    """Return where a feature is, or None where it is nowhere."""
    level = find_level(plan, feature)
    place: Feature | None = feature
    if isinstance(feature, Occupant):
        place = plan.find(feature.anchor_id, Anchor)
    geometry = plan.find_geometry_m(place.id) if place is not None else None
    if level is None or geometry is None or geometry.is_empty:
        return None
    point = geometry.centroid if geometry.geom_type == "Point" else geometry.representative_point()
    return Spot(level.id, float(point.x), float(point.y))


def find_building(plan: Plan, feature: Feature) -> Building | None:
    """Return the building that a feature is in, or None in the open or where levels share it."""
    if isinstance(feature, Building):
        return feature
    level = find_level(plan, feature)
    ids = level.building_ids if level is not None else ()
    return plan.find(ids[0], Building) if len(ids) == 1 else None


def _find_kind(feature: Feature) -> HitKind:
    if isinstance(feature, Level):
        return HitKind.FLOOR
    if isinstance(feature, Building):
        return HitKind.BUILDING
    return HitKind.SIGN if feature.category == SIGNAGE else HitKind.PLACE


def is_searched(feature: Feature) -> bool:
    """Tell whether people look for it: what has a name, a number or an obvious use."""
    if isinstance(feature, Opening):
        named = bool(feature.name) or feature.category in _NAMELESS_DOORS
        return named and not feature.emergency_only
    if isinstance(feature, Unit | Amenity | Occupant):
        return feature.category == SIGNAGE or _is_thing(feature)
    return isinstance(feature, Level | Building) or (
        isinstance(feature, Section) and bool(feature.name)
    )


def _is_thing(feature: Feature) -> bool:
    """Tell whether somebody may look for it: it has a name, a number or an obvious use."""
    preset = find_preset(feature.category)
    kind = preset.kind if preset is not None else ""
    if feature.category in SOLID or kind in {"structure", "glass", "void"}:
        return False
    return kind in _NAMELESS or any(True for _ in (*list_texts(feature), *list_numbers(feature)))


def _find_same(plan: Plan, amenity: Amenity) -> Unit | None:
    """Return the room that an amenity stands for, such as the toilet it marks, or None."""
    family = amenity.category.partition(".")[0]
    for unit in (plan.find(key, Unit) for key in amenity.unit_ids):
        if (
            unit is not None
            and unit.category.partition(".")[0] == family
            and (not unit.name or not amenity.name or unit.name == amenity.name)
        ):
            return unit
    return None


def _list_shafts(plan: Plan) -> list[list[Unit]]:
    """Group the units of each lift and stair that lie above each other, the lowest first."""
    ordinals = {level.id: level.ordinal for level in plan.levels}
    shafts: defaultdict[tuple[str, ...], list[list[Unit]]] = defaultdict(list)
    units = [unit for unit in plan.units if unit.category in VERTICAL and unit.level_id in ordinals]
    for unit in sorted(units, key=lambda unit: ordinals[unit.level_id or ""]):
        alike = shafts[unit.category, *sorted(unit.name.values())]
        group = next((one for one in reversed(alike) if _goes_on(plan, one, unit)), None)
        if group is None:
            alike.append([unit])
        else:
            group.append(unit)
    return [group for alike in shafts.values() for group in alike if len(group) > 1]


def _goes_on(plan: Plan, group: Sequence[Unit], unit: Unit) -> bool:
    """Tell whether a unit is the next floor of a lift or stair."""
    below, above = plan.find_geometry_m(group[-1].id), plan.find_geometry_m(unit.id)
    return (
        below is not None
        and above is not None
        and all(one.level_id != unit.level_id for one in group)
        and bool(below.intersects(above.representative_point()))
    )
