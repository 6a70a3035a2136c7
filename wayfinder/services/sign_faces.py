"""What is printed on the face of a sign: from the messages that the plan gives it, or chosen here.

A face announces at most `MOST_LINES` things, arrow by arrow and in each the nearest first. The
emergency department is never missing where a way leads there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from math import inf

from wayfinder.checks.sight import find_letter_height_mm
from wayfinder.guide.bends import Point, split_line
from wayfinder.guide.face import Face, FaceLine, ListedBuilding
from wayfinder.guide.groups import Group, GroupKind, find_level, find_unit, get_groups
from wayfinder.guide.memory import recall
from wayfinder.guide.pointing import list_arrows
from wayfinder.model import Access, Arrow, Building, Feature, Labels, Level, Sign
from wayfinder.model.categories import VERTICAL
from wayfinder.model.labels import has_language
from wayfinder.model.values import read_number, read_object, read_text
from wayfinder.presets import find_preset, list_kinds
from wayfinder.services.served import Served
from wayfinder.services.sign_directions import MOST_LINES, choose_lines, list_near
from wayfinder.services.sign_directory import LETTER_MM, list_buildings
from wayfinder.services.sign_labels import tell_apart
from wayfinder.services.sign_ways import EMERGENCY, SignWay, SignWays

_NO_LABELS: Labels = {}
_BY_FAMILY = frozenset({"restroom", "elevator"})
"""Announced by what they are, men's beside women's, one car beside the next."""
_SPOT_M, _SPOTS_APART_M = 40.0, 3.0
"""How far on a turn still counts as next, and how near two are one (ours)."""

_Found = tuple[FaceLine, SignWay | None]
_ORDER = {arrow: number for number, arrow in enumerate(list_arrows())}


def make_face(
    served: Served,
    sign_id: str,
    *,
    profile: str = "walk",
    at: datetime | None = None,
    temporary: bool = False,
) -> Face:
    """Make what is printed on a face.

    Parameters
    ----------
    served
        The venue.
    sign_id
        Id of a sign of its plan.
    profile
        Name of the profile by whose ways distances are measured, and arrows chosen where the plan
        gives no messages.
    at
        Aware instant at which a place that is closed until further notice is not announced; None
        is now.
    temporary
        Whether it hangs only as long as what the venue's conditions close: ways lead round that.

    Raises
    ------
    KeyError
        The plan has no such sign.
    ValueError
        For an unknown profile.
    """
    sign = served.signs[sign_id]
    instant = at or datetime.now(UTC)
    closed = served.conditions.closed_at(instant) if temporary else frozenset()
    ways = SignWays(served, profile, closed)
    return _FaceMaker(served, sign, ways, instant, temporary=temporary).make()


@dataclass(frozen=True)
class _FaceMaker:
    served: Served
    sign: Sign
    ways: SignWays
    at: datetime
    temporary: bool

    def make(self) -> Face:
        served, plan, sign = self.served, self.served.plan, self.sign
        level = plan.find(sign.level_id, Level)
        building = next((one for one in self._around if one.kind is GroupKind.BUILDING), None)
        several = len(plan.list_of(Building)) > 1
        gone = tuple(m.to for m in sign.messages if not self._is_told(m.to))
        directory = self._list_directory() if sign.directory else ()
        found = self._point_out(directory) if sign.directory else self._list_lines()
        lines = tuple(line for line, _ in found)
        return Face(
            sign=sign,
            here=recall(served.network).sights.signs.read(sign.unit_id).labels,
            floor=(level.short_name or level.name) if level is not None else _NO_LABELS,
            building=building.labels if building is not None and several else _NO_LABELS,
            zone=_find_zone(self._around),
            lines=tell_apart(served, lines),
            phone=(read_text(plan.venue.properties, "phone") or "") if plan.venue else "",
            spots=_find_spots(way for _, way in found),
            letter_height_mm=self._find_letter_height_mm(),
            directory=directory,
            gone=gone,
            temporary=self.temporary,
        )

    @cached_property
    def _around(self) -> tuple[Group, ...]:
        return get_groups(self.served.plan).list_groups(self.sign.id)

    @cached_property
    def _closed(self) -> frozenset[str]:
        """Ids of what is closed until further notice."""
        closures = self.served.conditions.closures
        return frozenset(c.feature for c in closures if c.end is None and c.holds_at(self.at))

    def _is_told(self, feature_id: str) -> bool:
        """Tell whether the plan has a thing and a name for it."""
        feature = self.served.plan.features.get(feature_id)
        return feature is not None and bool(self._name(feature))

    def _is_open(self, feature: Feature) -> bool:
        """Tell whether everybody may go to a place, and it is not closed until further notice."""
        unit = find_unit(self.served.plan, feature)
        zones = self.served.network.zone_of_unit
        barred = {feature.access, unit.access if unit else None} & {Access.STAFF, Access.PRIVATE}
        inside = unit is not None and unit.id in zones
        # a lift that is out of order will run again as long as its sign hangs
        around = {one.id for one in (feature, unit) if one and one.category not in VERTICAL}
        return not barred and not inside and not around & self._closed

    def _list_lines(self) -> list[_Found]:
        found = list(self._list_messages() if self.sign.messages else self._choose())
        if not any(line.emergency for line, _ in found):
            emergency = self.ways.find_emergency(self.sign, self._is_open)
            if emergency is not None:
                line = self._make_line(emergency[0], emergency[1].arrow, emergency[1])
                found = [*_drop_last(found, MOST_LINES - 1), (line, emergency[1])]
        found = _merge(found)
        if self.sign.messages:
            found += list(self._list_near(found))[: max(0, MOST_LINES - len(found))]
        return sorted(found, key=_rank)

    def _find_letter_height_mm(self) -> float:
        plan, sign = self.served.plan, self.sign
        own = read_number(dict(read_object(plan[sign.id].wayfinder, "sign")), "letter_height_mm")
        if sign.directory and own is None:
            return LETTER_MM
        return find_letter_height_mm(plan, sign)

    def _list_directory(self) -> tuple[ListedBuilding, ...]:
        return list_buildings(self.served, self.sign, self.ways, self._is_open, self._make_line)

    def _point_out(self, directory: Iterable[ListedBuilding]) -> list[_Found]:
        """Return the lines of a directory: the emergency department, then the other buildings."""
        emergency = self.ways.find_emergency(self.sign, self._is_open)
        found: list[_Found] = []
        if emergency is not None:
            found.append(
                (self._make_line(emergency[0], emergency[1].arrow, emergency[1]), emergency[1])
            )
        return [*found, *((one.line, None) for one in directory if one.pointed)]

    def _list_messages(self) -> Iterator[_Found]:
        """Yield what the plan says that the sign announces, as far as it can be announced."""
        for message in self.sign.messages:
            feature = self.served.plan.features.get(message.to)
            if feature is None or not self._is_told(message.to) or not self._is_open(feature):
                continue
            way = self.ways.find_way(self.sign, self.ways.list_nodes(message.to))
            yield self._make_line(feature, message.arrow, way), way

    def _list_near(self, found: Iterable[_Found]) -> Iterator[_Found]:
        """Yield the toilets, the lift and the way out nearby that the plan does not speak of."""
        said = {line.to for line, _ in found}
        kinds = {kind for line, _ in found for kind in list_kinds(line.category)}
        for feature_id, way in list_near(self.served, self.sign, self.ways, self._is_open):
            feature = self.served.plan[feature_id]
            if feature_id not in said and list_kinds(feature.category)[-1] not in kinds:
                yield self._make_line(feature, way.arrow, way), way

    def _choose(self) -> Iterator[_Found]:
        """Yield what lies each way, where the plan does not say what is announced."""
        for feature_id, way in choose_lines(self.served, self.sign, self.ways, self._is_open):
            yield self._make_line(self.served.plan[feature_id], way.arrow, way), way

    def _make_line(self, feature: Feature, arrow: Arrow, way: SignWay | None) -> FaceLine:
        groups = get_groups(self.served.plan)
        group, around = groups.find_group(feature.id), groups.list_groups(feature.id)
        own, level = _find_zone(self._around), find_level(self.served.plan, feature)
        zone = _find_zone(around)
        here = level is None or level.id == self.sign.level_id or self._is_even(level)
        return FaceLine(
            arrow=arrow,
            to=feature.id,
            labels=self._name(feature),
            category=_find_category(feature) if group is None or group.unmarked else "",
            group=group,
            distance_m=None if way is None else way.length_m,
            emergency=group is None and EMERGENCY in list_kinds(feature.category),
            floor=_NO_LABELS
            if here or group is not None or level is None
            else level.short_name or level.name,
            zone=zone if zone != own else None,
        )

    def _is_even(self, level: Level) -> bool:
        """Tell whether one gets from the sign's floor to another one on the flat, as outdoors."""
        own = self.served.plan.find(self.sign.level_id, Level)
        return own is not None and own.ordinal == level.ordinal

    def _name(self, feature: Feature) -> Labels:
        group = get_groups(self.served.plan).find_group(feature.id)
        if group is not None:
            return group.labels
        category = _find_category(feature)
        preset = find_preset(category)
        labels = recall(self.served.network).sights.signs.find_own(feature.id).labels
        if preset is None:
            return labels
        unnamed = preset.nearest and not feature.name
        return preset.name if unnamed or not labels or category in _BY_FAMILY else labels


def list_untranslated(face: Face, languages: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of what a face names without a name in some language, and those languages.

    Printed is then what `wayfinder.model.pick_label` falls back on. A name that is the same in all
    languages, such as a number, lacks none.
    """
    named = [(line.to, line.labels) for line in face.listed]
    named.append((face.sign.unit_id, face.here))
    lacking = {
        key: tuple(one for one in languages if labels and not has_language(labels, one))
        for key, labels in named
    }
    return {key: tongues for key, tongues in lacking.items() if tongues}


def _find_category(feature: Feature) -> str:
    """Return what a line's symbol stands for: men's toilets are announced as toilets."""
    family = list_kinds(feature.category)[-1]
    return family if family in _BY_FAMILY else feature.category


def _find_zone(groups: Iterable[Group]) -> Group | None:
    """Return the colour zone among groups: a zone, or the building that is one."""
    lettered = [one for one in groups if one.letter and one.kind is not GroupKind.FLOOR]
    return lettered[0] if lettered else None


def _rank(found: _Found) -> tuple[int, float]:
    line = found[0]
    return _ORDER[line.arrow], inf if line.distance_m is None else line.distance_m


def _drop_last(found: list[_Found], most: int) -> list[_Found]:
    """Leave out the farthest places where there are too many lines."""
    kept = sorted(found, key=lambda one: _rank(one)[1])[:most]
    return [one for one in found if one in kept]


def _merge(found: Iterable[_Found]) -> list[_Found]:
    """Keep the nearest of what reads the same and is any of many, such as toilets."""
    nearest: dict[object, _Found] = {}
    for one in sorted(found, key=lambda each: _rank(each)[1]):
        line = one[0]
        preset = find_preset(line.category) if line.category else None
        alike = preset is not None and preset.nearest
        key: object = (tuple(sorted(line.labels.items())), line.category) if alike else line.to
        nearest.setdefault(key, one)
    return list(nearest.values())


def _find_spots(ways: Iterable[SignWay | None]) -> tuple[Point, ...]:
    """Return where the ways from a sign turn for the first time."""
    spots: list[Point] = []
    for way in ways:
        stretches = split_line(way.line) if way is not None and len(way.line) > 1 else ()
        if len(stretches) < 2 or stretches[0].length_m > _SPOT_M:
            continue
        x, y = stretches[0].end
        if all(abs(x - a) + abs(y - b) > _SPOTS_APART_M for a, b in spots):
            spots.append((x, y))
    return tuple(spots)
