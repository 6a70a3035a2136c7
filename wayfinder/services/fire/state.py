"""What a fire means for a venue: which buildings, which texts, since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from wayfinder.model import Building, Closure, Conditions, Labels, Level, Plan, pick_label
from wayfinder.services.directory.entries import find_level

F = TypeVar("F", Building, Level)
EVERYWHERE = "*"
"""Stands among the buildings of a zone that is the whole venue."""
REASON: Labels = {"zh-Hans": "火警", "en": "fire alarm"}
"""Why an affected building is closed to ways from elsewhere."""


@dataclass(frozen=True, slots=True)
class FireText:
    """What is shown in one language.

    Parameters
    ----------
    title
        The first and largest words: "Fire alarm in Building A".
    lines
        What to do, a sentence each, in this order.
    """

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FireZone:
    """A part of a venue that is cleared together, with its approved texts.

    Parameters
    ----------
    id
        What the alarm panel calls it.
    name
        What people call it, by language.
    buildings, levels
        Ids, or the hospital's codes, of what belongs to it; `EVERYWHERE` for all.
    texts
        BCP 47 tag to what is shown.
    """

    id: str
    name: Labels
    buildings: tuple[str, ...]
    levels: tuple[str, ...]
    texts: Mapping[str, FireText]

    def list_missing(self, plan: Plan) -> list[str]:
        """List what of it a plan does not have."""
        missing = [
            one
            for one in self.buildings
            if one != EVERYWHERE and not _list_named(plan, one, Building)
        ]
        return missing + [one for one in self.levels if not _list_named(plan, one, Level)]

    def find_area(self, plan: Plan) -> frozenset[str]:
        """Return the ids of the buildings and levels that it covers.

        A floor stands for its whole building: nobody is led through a building that burns. A floor
        that several buildings share belongs to each of them.

        A zone of which the plan knows nothing at all covers everything: better too many read that
        there is a fire than nobody.
        """
        buildings = {b.id for one in self.buildings for b in _list_named(plan, one, Building)}
        named = [level for one in self.levels for level in _list_named(plan, one, Level)]
        buildings |= {key for level in named for key in level.building_ids}
        levels = {level.id for level in named}
        if EVERYWHERE in self.buildings or not buildings | levels:
            buildings = {building.id for building in plan.list_of(Building)}
            levels = {level.id for level in plan.levels}
        levels |= {one.id for one in plan.levels if buildings.intersection(one.building_ids)}
        return frozenset(buildings | levels)

    def pick_text(self, language: str) -> FireText | None:
        """Return what is shown in a language, else in the nearest; None where texts are lost."""
        tag = pick_label({tag: tag for tag in self.texts}, language)
        return self.texts.get(tag)

    def covers(self, plan: Plan, feature_id: str) -> bool:
        """Tell whether a feature of a plan is in one of its buildings."""
        return bool(_find_keys(plan, feature_id) & self.find_area(plan))


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the messages say, whatever the plan.

    Parameters
    ----------
    version
        Changes with everything that is shown.
    zones
        The zones on fire, those that were first first.
    since
        When the first of them was triggered.
    until
        When it is over unless somebody says so before, or again.
    ending
        Name of who has asked to end it, while a second person has not confirmed; else empty.
    """

    version: str
    zones: tuple[FireZone, ...]
    since: datetime
    until: datetime
    ending: str = ""


@dataclass(frozen=True)
class FireState:
    """A fire in the venue as one plan draws it; never changed.

    Parameters
    ----------
    alarm
        What the messages say.
    plan
        The plan in force.
    """

    alarm: Alarm
    plan: Plan = field(repr=False, compare=False)

    @property
    def version(self) -> str:
        """Changes with everything that is shown."""
        return self.alarm.version

    @property
    def zones(self) -> tuple[FireZone, ...]:
        """The zones on fire."""
        return self.alarm.zones

    @property
    def since(self) -> datetime:
        """When it was triggered."""
        return self.alarm.since

    @property
    def until(self) -> datetime:
        """When it is over unless somebody says so before, or again."""
        return self.alarm.until

    @cached_property
    def _areas(self) -> Mapping[str, frozenset[str]]:
        return {zone.id: zone.find_area(self.plan) for zone in self.zones}

    @cached_property
    def area(self) -> frozenset[str]:
        """Ids of all buildings and levels that are affected."""
        return frozenset().union(*self._areas.values())

    @cached_property
    def buildings(self) -> tuple[Building, ...]:
        """The affected buildings."""
        return tuple(one for one in self.plan.list_of(Building) if one.id in self.area)

    def list_zones(self, feature_id: str | None) -> tuple[FireZone, ...]:
        """List the zones on fire whose buildings a feature is in: those whose text is shown there.

        Parameters
        ----------
        feature_id
            Id of a building, a level or anything on one; None, or an id that the plan does not
            have, is in none.
        """
        keys = _find_keys(self.plan, feature_id)
        return tuple(zone for zone in self.zones if keys & self._areas[zone.id])

    def is_affected(self, feature_id: str | None) -> bool:
        """Tell whether a building, a level or anything on one is in a building on fire."""
        return bool(self.list_zones(feature_id))

    def close(self, conditions: Conditions) -> Conditions:
        """Return conditions under which no way from elsewhere leads through what is affected."""
        # without an end: nobody is told that it opens again at a time
        kept = tuple(one for one in conditions.closures if one.feature not in self.area)
        shut = tuple(Closure(key, reason=REASON) for key in self._list_closed())
        return replace(conditions, closures=(*shut, *kept))

    def _list_closed(self) -> list[str]:
        """List what closes all of the area: a building's floors close with it, untold."""
        in_them = {
            level.id
            for level in self.plan.levels
            if any(building.id in level.building_ids for building in self.buildings)
        }
        return sorted(self.area - in_them)


def _find_keys(plan: Plan, feature_id: str | None) -> frozenset[str]:
    """Return the ids by which a feature may be in an area: its own and its level's."""
    feature = plan.features.get(feature_id) if feature_id is not None else None
    if feature is None:
        return frozenset()
    level = find_level(plan, feature)
    return frozenset((feature.id, *((level.id,) if level is not None else ())))


def _list_named(plan: Plan, text: str, kind: type[F]) -> list[F]:
    """List the features of a kind that an id or one of the hospital's codes stands for."""
    found = plan.find(text, kind)
    if found is not None:
        return [found]
    return [one for one in plan.list_of(kind) if text in map(str, one.codes.values())]
