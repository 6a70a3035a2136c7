"""From what somebody types to one place, or a refusal with the candidates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from wayfinder.cli.errors import CommandError, Exit
from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import Signs
from wayfinder.model import (
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
    pick_label,
)
from wayfinder.model.categories import VERTICAL
from wayfinder.presets import name_category
from wayfinder.route import find_places
from wayfinder.route.targets import NEAREST, list_categories

SHOWN = 5
_NAMED = Unit | Amenity | Occupant | Opening | Section
"""What people ask for by its name."""

LIKENESS = 0.6
"""Share of letters in common above which a name may have been meant (difflib's own default)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may have been meant."""

    id: str
    name: str
    level: str

    def say(self, language: str) -> str:
        """Say it so that it can be told apart and typed."""
        message = "cli.candidate" if self.level else "cli.candidate-nowhere"
        return translate(language, message, name=self.name, level=self.level, id=self.id)


class PlaceError(CommandError):
    """A text that names no place, or several."""

    def __init__(
        self,
        text: str,
        candidates: tuple[Candidate, ...],
        count: int,
        language: str,
        *,
        category: str | None = None,
    ) -> None:
        self.code = "ambiguous-place" if count else "unknown-place"
        self.text = text
        self.candidates = candidates
        kind = "ambiguous" if count else "unknown"
        problem = translate(language, f"cli.place-{kind}", text=text, count=count)
        separator = translate(language, "cli.candidates-separator")
        said = separator.join(candidate.say(language) for candidate in candidates)
        hint = "choose" if count else "near" if said else "none"
        advice = translate(language, f"cli.candidates-{hint}", candidates=said)
        problem = translate(language, "cli.place-advice", problem=problem, advice=advice)
        if category is not None:
            values = {"problem": problem, "category": category}
            problem = translate(language, "cli.candidates-nearest", **values)
        super().__init__(problem, Exit.NO)

    def to_json(self) -> dict[str, Any]:
        """Make the JSON document of it."""
        candidates = [
            {"id": candidate.id, "name": candidate.name, "level": candidate.level}
            for candidate in self.candidates
        ]
        return {
            "error": {
                "code": self.code,
                "reason": self.message,
                "place": self.text,
                "candidates": candidates,
            }
        }


def find_place(plan: Plan, text: str, language: str, *, category: str | None = None) -> str:
    """Return the id of the only place that a text names.

    Parameters
    ----------
    plan
        The plan.
    text
        Id, code or name.
    language
        BCP 47 tag of the refusal.
    category
        What `nearest:` could stand before instead, where the text is a sort of place.

    Raises
    ------
    PlaceError
        It names none, or several.
    """
    found = find_places(plan, text)
    if len(found) == 1:
        return found[0]
    names = _Names(plan, language)
    near = found or names.find_near(text)
    described = names.describe(near[:SHOWN])
    raise PlaceError(text, described, len(found), language, category=category)


def find_closed(plan: Plan, text: str, language: str) -> tuple[str, ...]:
    """Return the ids of what a text closes: one place, or one lift or stair on all its floors.

    Raises
    ------
    PlaceError
        It names nothing, or several things.
    """
    found = find_places(plan, text)
    return found if _are_one_shaft(plan, found) else (find_place(plan, text, language),)


def _are_one_shaft(plan: Plan, feature_ids: tuple[str, ...]) -> bool:
    """Tell whether these are the floors of one lift or stair: one kind, all above each other."""
    units = [plan.find(feature_id, Unit) for feature_id in feature_ids]
    first = units[0] if units else None
    return first is not None and all(
        unit is not None
        and unit.category == first.category
        and unit.category in VERTICAL
        and unit.shape is not None
        and first.shape is not None
        and unit.shape.intersects(first.shape)
        for unit in units
    )


def find_destination(plan: Plan, text: str, language: str) -> str:
    """Return the id of the only place that a text names, or ``nearest:CATEGORY`` as it is."""
    if text.startswith(NEAREST):
        return text
    return find_place(plan, text, language, category=_find_category(plan, text))


def _find_category(plan: Plan, text: str) -> str | None:
    """Return the category that people call so in any language, if the plan has a place of it."""
    present = {f.category for f in plan if isinstance(f, _NAMED)}
    called = [
        wanted
        for wanted in list_categories(text)
        if any(f"{category}.".startswith(f"{wanted}.") for category in present)
    ]
    # the most general one: restroom before restroom.male
    return min(called, key=len, default=None)


class _Names:
    """What the places of a plan are called."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._plan = plan
        self._language = language
        self._signs = Signs(plan)

    def describe(self, feature_ids: Iterable[str]) -> tuple[Candidate, ...]:
        """Describe places; what would read the same gets its building's name in front."""
        found = [self._describe(self._plan[feature_id]) for feature_id in feature_ids]
        counts = Counter((one.name, one.level) for one in found)
        return tuple(
            one if counts[one.name, one.level] == 1 else self._add_building(one) for one in found
        )

    def _add_building(self, candidate: Candidate) -> Candidate:
        level = self._plan.find(_find_level(self._plan, self._plan[candidate.id]), Level)
        ids = level.building_ids if level else ()
        buildings = (self._plan.find(building_id, Building) for building_id in ids)
        names = [pick_label(building.name, self._language) for building in buildings if building]
        floor = " ".join(text for text in (*names, candidate.level) if text)
        return replace(candidate, level=floor)

    def _describe(self, feature: Feature) -> Candidate:
        sign = self._signs.find_own(feature.id)
        name = pick_label(sign.labels, self._language)
        name = name or name_category(sign.category, self._language) or feature.id
        level = self._plan.find(_find_level(self._plan, feature), Level)
        labels = level.short_name or level.name if level else {}
        return Candidate(feature.id, name, pick_label(labels, self._language))

    def find_near(self, text: str) -> tuple[str, ...]:
        """Find the places whose names hold the text or come near it, the nearest first."""
        wanted = text.casefold().strip()
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        best: dict[str, float] = {}
        for feature in self._plan:
            if isinstance(feature, _NAMED):
                likeness = max(
                    (_measure(matcher, n, wanted) for n in _list_names(feature)), default=0.0
                )
                if likeness >= LIKENESS:
                    best[feature.id] = likeness
        return tuple(sorted(best, key=lambda key: (-best[key], key)))


def _measure(matcher: "SequenceMatcher[str]", name: str, wanted: str) -> float:
    """Measure how near a name is: 1 the same, from 0.9 where one holds the other."""
    name = name.casefold()
    if not wanted or not name:
        return 0.0
    if wanted in name or (name in wanted and len(name) > 1):
        return 0.9 + 0.1 * min(len(wanted), len(name)) / max(len(wanted), len(name))
    matcher.set_seq1(name)
    # two cheap upper bounds come first
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    return matcher.ratio()


def _list_names(feature: Feature) -> Iterable[str]:
    yield from feature.name.values()
    yield from feature.alt_name.values()
    yield from feature.codes.values()
    for aliases in feature.aliases.values():
        yield from aliases


def _find_level(plan: Plan, feature: Feature) -> str | None:
    if isinstance(feature, Occupant):
        anchor = plan.find(feature.anchor_id, Anchor)
        unit = plan.find(anchor.unit_id, Unit) if anchor else None
        return unit.level_id if unit else None
    if isinstance(feature, Amenity):
        unit = next((u for key in feature.unit_ids if (u := plan.find(key, Unit))), None)
        return feature.level_id or (unit.level_id if unit else None)
    return feature.level_id
