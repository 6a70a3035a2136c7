"""What a sign far away announces instead of a place: its floor, its building, its colour zone.

Groups are what the directory at an entrance teaches. A building and a floor are groups of any
plan, as far as they have a name or a label; a colour zone is a section or a building that the plan
tags with ``wayfinder.zone = {"letter": "A", "colour": "blue"}``. Sections of one letter and colour
are one zone, on however many floors; a zone that has the letter and colour of a building is that
building.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.guide.names import capitalise, say_floor
from wayfinder.kept import keep_with
from wayfinder.languages import LANGUAGES
from wayfinder.model import (
    Amenity,
    Anchor,
    Building,
    Feature,
    Labels,
    Level,
    Occupant,
    Plan,
    Section,
    Unit,
)
from wayfinder.model.values import read_object, read_text


class GroupKind(StrEnum):
    """What sort of group it is."""

    ZONE = "zone"
    FLOOR = "floor"
    BUILDING = "building"


@dataclass(frozen=True, slots=True)
class Group:
    """What stands for all the places in it.

    Parameters
    ----------
    id
        Id of the feature that a message names: a building, a level, the first section of a zone.
    kind
        What sort of group it is.
    labels
        Its name by language.
    letter
        Letter of its zone, which a floor has from its building; empty where it has none.
    colour
        Name of that zone's colour as the plan has it, such as ``blue``; None where it has none.
    short_labels
        A floor's label as the lift's button has it, by language; empty for other groups.
    """

    id: str
    kind: GroupKind
    labels: Labels = field(hash=False)
    letter: str = ""
    colour: str | None = None
    short_labels: Labels = field(default_factory=dict, hash=False)

    @property
    def unmarked(self) -> bool:
        """Whether it has neither letter nor label for a badge, as a car park may."""
        return not self.letter and not self.short_labels


@dataclass(frozen=True, slots=True)
class _Known:
    """A group, the ids that name it, the ids of the levels that it lies on."""

    group: Group
    members: frozenset[str]
    level_ids: tuple[str, ...]


_Tag = tuple[str, str | None]
"""Letter and colour."""


class Groups:
    """The groups of a plan.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._groups_of: dict[str, tuple[Group, ...]] = {}

    def find_group(self, feature_id: str) -> Group | None:
        """Return the group that a feature is or names, or None where it is no group."""
        known = self._by_member.get(feature_id)
        return None if known is None else known.group

    def list_groups(self, feature_id: str) -> tuple[Group, ...]:
        """List the groups that a feature lies in, what says most first: zone, floor, building.

        A zone that goes through several floors comes after the floor. None for an unknown id, nor
        what it is itself.
        """
        found = self._groups_of.get(feature_id)
        if found is None:
            found = self._groups_of[feature_id] = self._list(feature_id)
        return found

    def list_all(self) -> tuple[Group, ...]:
        """List all groups: buildings, then zones, then floors from the lowest up."""
        return tuple(known.group for known in self._all)

    def list_levels(self, group_id: str) -> tuple[str, ...]:
        """List the ids of the levels that a group lies on, the lowest first; none for no group."""
        known = self._by_member.get(group_id)
        return () if known is None else known.level_ids

    def _list(self, feature_id: str) -> tuple[Group, ...]:
        feature = self._plan.features.get(feature_id)
        level = None if feature is None else find_level(self._plan, feature)
        if feature is None or level is None:
            return ()
        keys = [level.id, *level.building_ids, *self._list_sections(feature, level)]
        found = [self._by_member[key] for key in keys if key in self._by_member]
        around = {one.group.id: one for one in found if feature_id not in one.members}
        return tuple(one.group for one in sorted(around.values(), key=_rank))

    def _list_sections(self, feature: Feature, level: Level) -> list[str]:
        """List the ids of the tagged sections that a feature lies in."""
        sections = self._sections_on.get(level.id, ())
        point = find_point(self._plan, feature) if sections else None
        return [key for key, outline in sections if point is not None and outline.covers(point)]

    @cached_property
    def _all(self) -> tuple[_Known, ...]:
        return (*self._buildings.values(), *self._zones, *self._list_floors())

    @cached_property
    def _by_member(self) -> Mapping[str, _Known]:
        return {member: known for known in self._all for member in known.members}

    @cached_property
    def _tagged(self) -> Mapping[str, _Tag]:
        """Id of each building and section with a zone's tag to letter and colour."""
        found = {}
        for feature in (*self._plan.list_of(Building), *self._plan.list_of(Section)):
            zone = read_object(feature.wayfinder, "zone")
            letter = read_text(zone, "letter")
            if letter:
                found[feature.id] = (letter, read_text(zone, "colour"))
        return found

    @cached_property
    def _sections_of(self) -> Mapping[_Tag, list[Section]]:
        """Letter and colour to the sections that are tagged so."""
        found: defaultdict[_Tag, list[Section]] = defaultdict(list)
        for section in self._plan.list_of(Section):
            if section.id in self._tagged:
                found[self._tagged[section.id]].append(section)
        return found

    @cached_property
    def _sections_on(self) -> Mapping[str, list[tuple[str, BaseGeometry]]]:
        found: defaultdict[str, list[tuple[str, BaseGeometry]]] = defaultdict(list)
        for section in (one for alike in self._sections_of.values() for one in alike):
            outline = self._plan.find_geometry_m(section.id)
            if outline is not None and section.level_id is not None:
                found[section.level_id].append((section.id, outline))
        return found

    @cached_property
    def _buildings(self) -> Mapping[str, _Known]:
        levels: defaultdict[str, list[str]] = defaultdict(list)
        for level in self._plan.levels:
            for key in level.building_ids:
                levels[key].append(level.id)
        made = {}
        for one in self._plan.list_of(Building):
            if one.name:
                letter, colour = tag = self._tagged.get(one.id, ("", None))
                group = Group(one.id, GroupKind.BUILDING, one.name, letter, colour)
                sections = (section.id for section in self._sections_of.get(tag, ()))
                known = _Known(group, frozenset((one.id, *sections)), tuple(levels[one.id]))
                made[one.id] = known
        return made

    @cached_property
    def _zones(self) -> tuple[_Known, ...]:
        buildings = {(one.group.letter, one.group.colour) for one in self._buildings.values()}
        made = []
        for tag, sections in self._sections_of.items():
            if tag not in buildings:
                letter, colour = tag
                first, levels = sections[0], {one.level_id for one in sections}
                labels = first.name or {"und": letter}
                group = Group(first.id, GroupKind.ZONE, labels, letter, colour)
                ordered = tuple(level.id for level in self._plan.levels if level.id in levels)
                made.append(_Known(group, frozenset(one.id for one in sections), ordered))
        return tuple(made)

    def _list_floors(self) -> Iterator[_Known]:
        """Yield the floors: their labels count, never their ordinals."""
        for level in self._plan.levels:
            short = level.short_name or level.name
            if not short:
                continue
            labels = level.name
            if not labels or set(labels.values()) <= set(short.values()):  # a bare "3" says little
                labels = {tag: capitalise(say_floor(short, tag)) for tag in LANGUAGES}
            homes = [self._buildings[key] for key in level.building_ids if key in self._buildings]
            home = homes[0].group if len(homes) == 1 else None
            letter, colour = (home.letter, home.colour) if home is not None else ("", None)
            group = Group(level.id, GroupKind.FLOOR, labels, letter, colour, short)
            yield _Known(group, frozenset({level.id}), (level.id,))


def get_groups(plan: Plan) -> Groups:
    """Return the groups of a plan, made when first asked for and kept with it."""
    return keep_with(plan, "groups", lambda: Groups(plan))


def find_level(plan: Plan, feature: Feature) -> Level | None:
    """Return the level that a feature is on, or None; a level is on itself."""
    if isinstance(feature, Level):
        return feature
    if feature.level_id is not None:
        return plan.find(feature.level_id, Level)
    unit = find_unit(plan, feature)
    return None if unit is None else plan.find(unit.level_id, Level)


def find_unit(plan: Plan, feature: Feature) -> Unit | None:
    """Return the unit that a feature is, or lies in, or None."""
    if isinstance(feature, Unit):
        return feature
    if isinstance(feature, Occupant):
        anchor = plan.find(feature.anchor_id, Anchor)
        return plan.find(anchor.unit_id, Unit) if anchor is not None else None
    if isinstance(feature, Amenity):
        units = (plan.find(key, Unit) for key in feature.unit_ids)
        return next((unit for unit in units if unit is not None), None)
    return None


def find_point(plan: Plan, feature: Feature) -> shapely.Point | None:
    """Return a point of a feature in metres, within its outline, or None where it is nowhere."""
    if isinstance(feature, Occupant):
        anchor = plan.find(feature.anchor_id, Anchor)
        geometry = None if anchor is None else plan.find_geometry_m(anchor.id)
    else:
        geometry = plan.find_geometry_m(feature.id)
    if geometry is None or geometry.is_empty:
        return None
    return geometry.representative_point()


def _rank(known: _Known) -> tuple[int, int]:
    """Order what says most first: the fewer levels; of one level the zone before the floor."""
    place = (GroupKind.ZONE, GroupKind.FLOOR, GroupKind.BUILDING).index(known.group.kind)
    return (len(known.level_ids) if known.group.kind is not GroupKind.FLOOR else 1, place)
