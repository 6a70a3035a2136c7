"""From what somebody types to one place, or a refusal with the candidates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wayfinder.cli.errors import CommandError, Exit
from wayfinder.guide.catalogues import translate
from wayfinder.model import Plan, Unit
from wayfinder.model.categories import VERTICAL
from wayfinder.services.directory import Directory, Hit
from wayfinder.services.places import Unclear
from wayfinder.services.places import find_destination as resolve_destination
from wayfinder.services.places import find_place as resolve_place


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

    def __init__(self, unclear: Unclear, language: str, *, sort: bool = False) -> None:
        self.code = unclear.code
        self.text = unclear.text
        self.candidates = _list_candidates(unclear.candidates)
        kind = "ambiguous" if unclear.count else "unknown"
        values: dict[str, Any] = {"text": unclear.text, "count": unclear.count}
        problem = translate(language, f"cli.place-{kind}", **values)
        separator = translate(language, "cli.candidates-separator")
        said = separator.join(candidate.say(language) for candidate in self.candidates)
        hint = "choose" if unclear.count else "near" if said else "none"
        advice = translate(language, f"cli.candidates-{hint}", candidates=said)
        problem = translate(language, "cli.place-advice", problem=problem, advice=advice)
        if sort and unclear.nearest is not None:
            values = {"problem": problem, "nearest": unclear.nearest}
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


def find_place(directory: Directory, text: str, language: str) -> str:
    """Return the id of the only place that a text names.

    Raises
    ------
    PlaceError
        It names none, or several.
    """
    found = resolve_place(directory, text, language=language)
    if isinstance(found, Unclear):
        raise PlaceError(found, language)
    return found


def find_destination(directory: Directory, text: str, language: str) -> str:
    """Return the id of the only place that a text names, or ``nearest:CATEGORY`` as it is.

    Raises
    ------
    PlaceError
        It names none, or several.
    """
    found = resolve_destination(directory, text, language=language)
    if isinstance(found, Unclear):
        raise PlaceError(found, language, sort=True)
    return found


def find_closed(directory: Directory, text: str, language: str) -> tuple[str, ...]:
    """Return the ids of what a text closes: one place, or one lift or stair on all its floors.

    Raises
    ------
    PlaceError
        It names nothing, or several things.
    """
    found = directory.find_exact(text)
    if _are_one_shaft(directory.plan, found):
        return found
    return (find_place(directory, text, language),)


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


def _list_candidates(hits: Iterable[Hit]) -> tuple[Candidate, ...]:
    """List candidates; what would read the same gets its building's name in front."""
    hits = tuple(hits)
    counts = Counter((hit.name, hit.floor) for hit in hits)
    return tuple(
        Candidate(
            hit.id,
            hit.name,
            hit.floor
            if counts[hit.name, hit.floor] == 1
            else " ".join(text for text in (hit.building, hit.floor) if text),
        )
        for hit in hits
    )
