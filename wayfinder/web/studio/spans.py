"""Times as forms give them, on the clock of the venue: from when until when something holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from wayfinder.services.limits import YEARS

SOON = ("", "1h", "4h", "evening", "morning", "at")
"""What is offered for an end: until further notice, for a while, at the next such time, exactly."""
_DAY = timedelta(days=1)
_HOURS = {"1h": 1, "4h": 4}
_CLOCKS = {"evening": time(18), "morning": time(7)}


class FormError(Exception):
    """What was typed cannot be used.

    Parameters
    ----------
    msgid
        Message of the domain ``studio`` that says so.
    values
        For its placeholders.
    """

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.values = values


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when; None: from now on, until further notice."""

    start: datetime | None
    end: datetime | None


def read_span(
    form: Mapping[str, str], zone: tzinfo, *, now: datetime | None = None, field: str = "until"
) -> Span:
    """Read the fields ``from``, ``until`` (one of `SOON`) and ``end``.

    Raises
    ------
    FormError
        A time is none, or is missing.
    """
    instant = (now or datetime.now(UTC)).astimezone(zone)
    start = read_instant(form.get("from", ""), zone)
    soon = form.get(field, "")
    begun = start if start is not None and start > instant else instant
    if soon in _HOURS:
        # added to the clock on the wall it would be an hour off when clocks are changed
        later = begun.astimezone(UTC) + timedelta(hours=_HOURS[soon])
        end: datetime | None = later.astimezone(zone)
    elif soon in _CLOCKS:
        end = find_next(_CLOCKS[soon], begun)
    elif soon == "at":
        end = read_instant(form.get("end", ""), zone)
        if end is None:
            raise FormError("conditions.end-missing")
    else:
        end = None
    return Span(start, end)


def read_instant(text: str, zone: tzinfo) -> datetime | None:
    """Read a time as ``datetime-local`` fields give it; None for an empty one.

    Raises
    ------
    FormError
        It is none, or in a year that makes no sense.
    """
    stripped = text.strip()
    if not stripped:
        return None
    try:
        found = datetime.fromisoformat(stripped)
    except ValueError:
        raise FormError("conditions.no-time", text=stripped[:40]) from None
    if found.year not in YEARS:
        raise FormError("conditions.no-time", text=stripped[:40])
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def read_days(first: str, last: str, zone: tzinfo) -> Span:
    """Read the first and the last of some days, as ``date`` fields give them; the last is whole.

    Without a last one it is the first alone.

    Raises
    ------
    FormError
        A day is none, or the first is missing.
    """
    begin = read_instant(first, zone)
    if begin is None:
        raise FormError("conditions.day-missing")
    end = read_instant(last, zone) or begin
    following = end.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) + _DAY
    return Span(begin, following.replace(tzinfo=zone))


def write_instant(instant: datetime | None, zone: tzinfo) -> str:
    """Write a time as ``datetime-local`` fields take it; empty for none."""
    return "" if instant is None else f"{instant.astimezone(zone):%Y-%m-%dT%H:%M}"


def find_next(clock: time, after: datetime) -> datetime:
    """Return when it is next so late on the clock of an instant."""
    found = after.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return found if found > after else found + timedelta(days=1)
