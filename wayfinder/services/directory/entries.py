"""The places of a plan: what is one to a visitor, where it is, what it is called."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wayfinder.guide.names import Signs
from wayfinder.model import (
    Access,
    Amenity,
    Anchor,
    Building,
    Feature,
    Labels,
    Level,
    Occupant,
    Opening,
    Plan,
    Section,
    Unit,
)
from wayfinder.model.categories import SOLID, VERTICAL, is_through
from wayfinder.model.sign import SIGNAGE
from wayfinder.model.values import read_text
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One place.

    Parameters
    ----------
    id
        Id of the feature that stands for it: the department rather than its room.
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

    def list(self) -> list[Entry]:
        """List the places, floors and buildings of the plan in its order."""
        merged = self._merged
        entries = [
            self.make(feature, merged.get(feature.id, ()))
            for feature in self.plan
            if feature.id not in self._absorbed and _is_searched(feature)
        ]
        return [entry for entry in entries if entry.spots or entry.kind is not HitKind.PLACE]

    @cached_property
    def _occupants(self) -> Mapping[str, Sequence[Occupant]]:
        found: defaultdict[str, list[Occupant]] = defaultdict(list)
        for occupant in self.plan.list_of(Occupant):
            anchor = self.plan.find(occupant.anchor_id, Anchor)
            if anchor is not None and anchor.unit_id:
                found[anchor.unit_id].append(occupant)
        return found

    @cached_property
    def _merged(self) -> Mapping[str, tuple[Feature, ...]]:
        """Feature id to the features that are one place with it."""
        found: defaultdict[str, list[Feature]] = defaultdict(list)
        for unit in self.plan.units:
            occupants = self._occupants.get(unit.id, ())
            # a room that one department fills is that department; a hall is not
            if len(occupants) == 1 and not is_through(unit):
                found[occupants[0].id].append(unit)
        for amenity in self.plan.list_of(Amenity):
            same = _find_same(self.plan, amenity)
            if same is not None:
                found[same.id].append(amenity)
        for first, *others in _list_shafts(self.plan):
            found[first.id] += others
        return {key: tuple(group) for key, group in found.items()}

    @cached_property
    def _absorbed(self) -> frozenset[str]:
        return frozenset(one.id for group in self._merged.values() for one in group)

    def make(self, feature: Feature, others: tuple[Feature, ...] = ()) -> Entry:
        """Make the entry of a feature and of those that are one place with it."""
        features = (feature, *others)
        spots = [
            (one.id, spot)
            for one in (features if feature.category in VERTICAL else (feature,))
            if (spot := find_spot(self.plan, one)) is not None
        ]
        kind = _find_kind(feature)
        categories = tuple(dict.fromkeys(one.category for one in features))
        return Entry(feature.id, kind, features, categories, tuple(spots), self._is_public(feature))

    def _is_public(self, feature: Feature) -> bool:
        unit = self.plan.find(find_unit_id(self.plan, feature), Unit)
        tagged = feature.access or (unit.access if unit is not None else None)
        return tagged in {None, Access.PUBLIC, Access.TICKETED}


def list_texts(feature: Feature) -> Iterator[tuple[str, bool]]:
    """Yield what a feature is called, and whether that is one of its names."""
    for text in feature.name.values():
        yield text, True
    if isinstance(feature, Level):
        for text in feature.short_name.values():
            yield text, True
    for text in feature.alt_name.values():
        yield text, False
    for aliases in feature.aliases.values():
        for text in aliases:
            yield text, False


def list_numbers(feature: Feature) -> Iterator[str]:
    """Yield the numbers and codes of a feature: they fit as a whole or from their start."""
    yield from feature.codes.values()
    for values in (feature.wayfinder, feature.properties):
        number = values.get("ref")
        if isinstance(number, str):
            yield number
    code = read_text(feature.wayfinder, "sign_code")
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
    point = geometry.representative_point() if geometry.area else geometry.centroid
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


def _is_searched(feature: Feature) -> bool:
    if isinstance(feature, Opening):
        return bool(feature.name) or feature.category in _NAMELESS_DOORS
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
    units = (plan.find(key, Unit) for key in amenity.unit_ids)
    for unit in units:
        if (
            unit is not None
            and unit.category.partition(".")[0] == family
            and _may_be(unit, amenity)
        ):
            return unit
    return None


def _may_be(unit: Unit, amenity: Amenity) -> bool:
    names: tuple[Labels, Labels] = unit.name, amenity.name
    return amenity.category != SIGNAGE and (not all(names) or names[0] == names[1])


def _list_shafts(plan: Plan) -> list[list[Unit]]:
    """Group the units of each lift and stair that lie above each other, the lowest first."""
    ordinals = {level.id: level.ordinal for level in plan.levels}
    shafts: list[tuple[Unit, list[Unit]]] = []
    units = [unit for unit in plan.units if unit.category in VERTICAL and unit.level_id in ordinals]
    for unit in sorted(units, key=lambda unit: ordinals[unit.level_id or ""]):
        shape = plan.find_geometry_m(unit.id)
        if shape is None or shape.is_empty:
            continue
        for last, group in reversed(shafts):
            below = plan.find_geometry_m(last.id)
            if (
                last.category == unit.category
                and last.name == unit.name
                and below is not None
                and all(one.level_id != unit.level_id for one in group)
                and below.intersects(shape.representative_point())
            ):
                group.append(unit)
                break
        else:
            shafts.append((unit, [unit]))
    return [group for _, group in shafts if len(group) > 1]
