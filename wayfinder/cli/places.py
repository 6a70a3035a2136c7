"""From what somebody types to one place, or a refusal with the candidates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wayfinder.cli.errors import CommandError, Exit
from wayfinder.guide.catalogues import translate
from wayfinder.services.directory import Directory, Hit
from wayfinder.services.places import Unclear, find_shaft
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


def find_place(directory: Directory, text: str, language: str, *, or_nearest: bool = False) -> str:
    """Return the id of the only place that a text names.

    Parameters
    ----------
    directory
        The plan's places.
    text
        Id, code or name.
    language
        BCP 47 tag of the refusal.
    or_nearest
        Whether ``nearest:CATEGORY`` is meant as well: it is returned as it is.

    Raises
    ------
    PlaceError
        It names none, or several.
    """
    found = resolve_place(directory, text, language=language, or_nearest=or_nearest)
    if isinstance(found, Unclear):
        raise PlaceError(found, language, sort=or_nearest)
    return found


def find_closed(directory: Directory, text: str, language: str) -> tuple[str, ...]:
    """Return the ids of what a text closes: one place, or one lift or stair on all its floors.

    Raises
    ------
    PlaceError
        It names nothing, or several things.
    """
    return find_shaft(directory, text) or (find_place(directory, text, language),)


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
