"""What a kiosk says of a place beside its name: hours, open or not, whom to call, what to know."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from hashlib import blake2b
from typing import Any

from wayfinder.kept import Kept
from wayfinder.languages import LANGUAGES
from wayfinder.model.conditions import KIOSK
from wayfinder.services.describe import Description, describe_place
from wayfinder.services.display_places import ROOM, make_directory
from wayfinder.services.served import Served

JsonObject = dict[str, Any]
_KEPT: Kept[tuple[str, ...], JsonObject] = Kept(32)
"""Documents that a process remembers, some 100 KB each: displays ask for the same few (ours)."""


def make_details(served: Served, level_id: str, *, at: datetime) -> JsonObject:
    """Make the document of what is known of places as displays on a level have it.

    Parameters
    ----------
    served
        The venue.
    level_id
        Where the display is, as for `make_directory`.
    at
        Aware instant at which hours and closures are judged.

    Returns
    -------
    dict
        JSON values:

        - ``version``: what changes with the content; ``at``: the instant; ``until``: when a place
          opens or closes next, midnight at the latest;
        - ``places``: id to language to ``{"hours": [line…], "hours_note", "open", "note", "until",
          "closures": [text…], "notices": [text…], "about", "number", "areas": [name…], "phone",
          "access", "step_free"}``. ``open`` is ``yes`` or ``no``, ``until`` when that changes;
          whatever says nothing is left out. Of mere rooms nothing is said but that they are closed.
    """
    key = (served.slug, find_version(served, at), level_id)
    return _KEPT.get(key, lambda: _make(served, level_id, at))


def find_version(served: Served, at: datetime) -> str:
    """Return what changes with the document.

    Departments have hours on which no way depends, and "tomorrow" is another day after midnight.
    """
    schedule, conditions = served.router.schedule, served.conditions
    timed = {*schedule.hours, *(one.feature for one in conditions.hours)}
    shut = sorted(key for key in timed if not schedule.is_open(key, at, conditions))
    state = blake2b(repr(shut).encode(), digest_size=4).hexdigest()
    day = at.astimezone(schedule.zone).date()
    return f"{served.version_at(at)}-{day.isoformat()}-{state}"


def _make(served: Served, level_id: str, at: datetime) -> JsonObject:
    places: dict[str, JsonObject] = {}
    closed = served.router.search.shafts.expand(served.conditions.closed_at(at))
    for place in make_directory(served, level_id)["places"]:
        key = place["id"]
        if place["weight"] == ROOM and key not in closed:
            continue
        told = {tag: _describe(served, key, tag, at) for tag in LANGUAGES}
        if any(told.values()):
            places[key] = told
    return {
        "version": find_version(served, at),
        "at": at.isoformat(timespec="seconds"),
        "until": _find_end(served, at, places.values()).isoformat(timespec="seconds"),
        "places": places,
    }


def _find_end(served: Served, at: datetime, places: Iterable[JsonObject]) -> datetime:
    """Return when a document is true no more, though nobody changes anything."""
    local = at.astimezone(served.router.schedule.zone)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    said = (one.get("until") for told in places for one in told.values())
    return min([midnight, *(datetime.fromisoformat(until) for until in said if until)])


def _describe(served: Served, key: str, language: str, at: datetime) -> JsonObject:
    place = describe_place(served, served.directory, key, language=language, at=at, on=KIOSK)
    return {} if place is None else {name: one for name, one in _list(place).items() if one}


def _list(place: Description) -> JsonObject:
    opening = place.opening
    known = {} if opening.is_open is None else {"open": "yes" if opening.is_open else "no"}
    changes_at = opening.changes_at
    return {
        **known,
        "hours": list(opening.hours),
        "hours_note": opening.hours_note,
        "note": opening.note,
        "until": changes_at.isoformat(timespec="seconds") if changes_at is not None else "",
        "closures": list(opening.closures),
        "notices": list(place.notices),
        "about": place.about,
        "number": place.number,
        "areas": list(place.areas),
        "phone": place.phone,
        "access": place.access_note,
        "step_free": place.step_free_note,
    }
