"""What a sign says: the name of a place, else what its pictogram stands for."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from wayfinder.guide.catalogues import translate
from wayfinder.model import (
    Anchor,
    Building,
    Feature,
    Geofence,
    Labels,
    Level,
    Occupant,
    Opening,
    Plan,
    Section,
    Unit,
    pick_label,
)
from wayfinder.model.categories import ESCALATOR, LIFT, STAIRS, is_through
from wayfinder.model.values import read_text
from wayfinder.presets import find_preset, name_category

_NO_LABELS: Labels = MappingProxyType({})

OUTSIDE = "outside"
"""Category of what lies beyond an exit."""

_PLAIN = frozenset({"walkway", "walkway.island", "lobby", "footbridge", "terrace", OUTSIDE})
"""Recognised without a pictogram."""

_SIGNAGE = "signage"

_ID_SHOWN = 8

_CODE = re.compile(r"[A-Z]{0,3}[-./ ]?\d[\w./-]*", re.ASCII)
"""A room's number (``1074``, ``A3-07``), which needs a word in front of it."""

_NUMBERED: Mapping[str, str] = {
    LIFT: "lift",
    STAIRS: "stairs",
    ESCALATOR: "escalator",
    "walkway": "corridor",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """What one reads on a door or over a desk.

    Parameters
    ----------
    labels
        Its name by language; empty where it has none.
    category
        IMDF category of what it stands for.
    """

    labels: Labels
    category: str

    @property
    def tells(self) -> bool:
        """Whether there is anything to recognise: a name, a pictogram, an obvious use."""
        return bool(self.labels) or is_recognised(self.category)

    @property
    def key(self) -> str:
        """What two signs have in common that nobody could tell apart."""
        if self.labels:
            return "=" + "|".join(f"{tag}={text}" for tag, text in sorted(self.labels.items()))
        return self.category if is_recognised(self.category) else ""


def is_recognised(category: str) -> bool:
    """Tell whether one sees what it is without a name: it has a pictogram or an obvious use."""
    if category in _PLAIN:
        return True
    preset = find_preset(category)
    return preset is not None and preset.symbol is not None


class Signs:
    """The signs of a plan.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._read: dict[str, Sign] = {}

    @cached_property
    def _occupants(self) -> Mapping[str, tuple[Occupant, ...]]:
        """Occupants by the id of the unit that their anchor lies in."""
        found: defaultdict[str, list[Occupant]] = defaultdict(list)
        for occupant in self._plan.list_of(Occupant):
            anchor = self._plan.find(occupant.anchor_id, Anchor)
            if anchor is not None and anchor.unit_id is not None:
                found[anchor.unit_id].append(occupant)
        return {unit: tuple(occupants) for unit, occupants in found.items()}

    def read(self, feature_id: str | None) -> Sign:
        """Return the sign of a feature; of the outside for None."""
        if feature_id is None:
            return Sign(_NO_LABELS, OUTSIDE)
        sign = self._read.get(feature_id)
        if sign is None:
            sign = self._read[feature_id] = self._make(self._plan[feature_id])
        return sign

    def find_own(self, feature_id: str) -> Sign:
        """Return the name that a feature has itself, else what one reads there."""
        feature = self._plan[feature_id]
        labels = find_labels(feature)
        return Sign(labels, feature.category) if labels else self.read(feature_id)

    def read_door(self, opening_id: str | None, beyond: str | None) -> Sign:
        """Return the sign of a door seen from the near side: its own name, else what is beyond."""
        opening = self._plan.find(opening_id, Opening)
        if opening is not None and opening.name:
            return Sign(opening.name, self.read(beyond).category)
        return self.read(beyond)

    def _make(self, feature: Feature) -> Sign:
        labels = find_labels(feature)
        if not isinstance(feature, Unit):
            return Sign(labels, feature.category)
        named = [occupant for occupant in self._occupants.get(feature.id, ()) if occupant.name]
        # a room that one department fills is known by it, on the map as well; a hall is not
        if len(named) == 1 and not (labels and is_through(feature)):
            return Sign(named[0].name, named[0].category)
        return Sign(labels, feature.category)


def find_labels(feature: Feature) -> Labels:
    """Return the name on a feature's sign by language, else its number (``ref``)."""
    if feature.name:
        return feature.name
    number = feature.codes.get("ref") or read_text(feature.wayfinder, "ref")
    return {"und": number} if number else _NO_LABELS


def say_sign(sign: Sign, language: str) -> str:
    """Say what a sign stands for, with an article where the language wants one."""
    text = pick_label(sign.labels, language)
    if text and _CODE.fullmatch(text) and _has_pictogram(sign.category):
        return translate(language, "name.coded", kind=_say_kind(sign.category, language), name=text)
    if text and _CODE.fullmatch(text):
        return translate(language, f"name.{_NUMBERED.get(sign.category, 'room')}", name=text)
    if text:
        return translate(language, "name.proper", name=text)
    if sign.category == OUTSIDE:
        return translate(language, "name.outside")
    return translate(language, "name.category", name=_say_kind(sign.category, language))


def say_area(feature: Feature | None, language: str) -> str:
    """Say what an area is that nobody has named, nor told what it is; empty for all else.

    What is called unspecified is no room here, as it is of a room.
    """
    if not isinstance(feature, Section | Geofence) or find_labels(feature):
        return ""
    told = feature.category != "unspecified" and name_category(feature.category, language)
    return "" if told else translate(language, "closure.area")


def _has_pictogram(category: str) -> bool:
    """Tell whether what has a number says more by what it is: a sign is no room."""
    if category == _SIGNAGE:
        return True
    return category not in _NUMBERED and category not in _PLAIN and is_recognised(category)


def _say_kind(category: str, language: str) -> str:
    name = name_category(category, language) or name_category("room", language) or ""
    return _uncapitalised(name)


def _uncapitalised(name: str) -> str:
    """Write the first letter small unless it begins an abbreviation (``ATM``, ``X-ray``)."""
    return name if name[1:2].isupper() or name[1:2] == "-" else name[:1].lower() + name[1:]


def say_floor(labels: Labels, language: str) -> str:
    """Say a floor as the signs call it: a bare number needs a word, a name does not."""
    text = pick_label(labels, language)
    kind = "number" if re.fullmatch(r"-?[\d.,½]+", text) else "code" if len(text) <= 3 else "name"
    return translate(language, f"floor.{kind}", name=text)


def name_level(plan: Plan, level: Level, language: str) -> str:
    """Name a floor where its name stands alone: its building first where there are several."""
    labels = level.short_name or level.name
    floor = say_floor(labels, language) if labels else level.id[:_ID_SHOWN]
    buildings = (plan.find(key, Building) for key in level.building_ids)
    home = next((pick_label(one.name, language) for one in buildings if one is not None), "")
    if not home or len(plan.list_of(Building)) < 2:
        return capitalise(floor)
    return translate(language, "floor.in-building", building=home, floor=floor)


def sort_levels(plan: Plan) -> list[Level]:
    """Return the floors as one lists them: building by building from below, then the others."""
    order = {one.id: place for place, one in enumerate(plan.list_of(Building))}

    def place(level: Level) -> tuple[int, float]:
        own = (order[key] for key in level.building_ids if key in order)
        return min(own, default=len(order)), level.ordinal

    return sorted(plan.levels, key=place)


def capitalise(text: str) -> str:
    """Return a text as it begins a line, all else as it is."""
    return text[:1].upper() + text[1:]
