"""Opening hours in words: the days and their times, open or closed now, and when that changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from babel import Locale
from babel.dates import format_skeleton, get_day_names

from wayfinder.guide.catalogues import find_language, translate
from wayfinder.route.schedule import Hours

Span = tuple[int, int]
"""Minutes after midnight at which one opens and closes; the second may lie in the next day."""

_DAY = 24 * 60
_MORNING = 12 * 60
"""What is open past midnight, but not until noon, belongs to the day before."""
_AHEAD_DAYS = 370
"""How far ahead public holidays are looked at: each comes once."""
_WEEKS_AHEAD = 6
_REGION = {"en": "GB"}
"""The days and months of our English are British, as its words are."""
_WIDTH: Mapping[str, Literal["abbreviated"]] = {"zh": "abbreviated"}
"""周三 is shorter than 星期三 and as good."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hours as a table on a door shows them.

    Parameters
    ----------
    week
        When it is open on each day from Monday to Sunday, public holidays left aside.
    holidays
        When it is open on public holidays; None where those are days like any other, or where they
        differ among each other.
    """

    week: tuple[tuple[Span, ...], ...]
    holidays: tuple[Span, ...] | None = None


def make_timetable(
    hours: Hours, today: date, zone: tzinfo, holidays: Hours | None = None
) -> Timetable:
    """Read hours off the days to come, whatever syntax they are written in.

    Parameters
    ----------
    hours
        The hours.
    today
        The first day that counts: hours may depend on the season.
    zone
        The venue's time zone.
    holidays
        Open on public holidays and on no other day; None where they are not known.
    """
    free = _list_holidays(holidays, today, zone) if holidays is not None else ()
    week: list[tuple[Span, ...]] = [()] * 7
    for weekday in range(7):
        first = today + timedelta(days=(weekday - today.weekday()) % 7)
        days = [first + timedelta(weeks=n) for n in range(_WEEKS_AHEAD)]
        day = next((day for day in days if day not in free), first)
        week[weekday] = _read_day(hours, day, zone)
    read = {day: _read_day(hours, day, zone) for day in free}
    differs = any(spans != week[day.weekday()] for day, spans in read.items())
    alike = set(read.values()) if differs else set()
    return Timetable(tuple(week), alike.pop() if len(alike) == 1 else None)


def say_timetable(timetable: Timetable, language: str) -> tuple[str, ...]:
    """Say hours in lines: the days that are alike together, closed days and holidays last."""
    alike: dict[tuple[Span, ...], list[int]] = {}
    for weekday, spans in enumerate(timetable.week):
        alike.setdefault(spans, []).append(weekday)
    shut = alike.pop((), [])
    lines = [
        translate(
            language,
            "hours.line",
            days=_say_days(days, language),
            times=_say_spans(spans, language),
        )
        for spans, days in alike.items()
    ]
    if not alike:
        return (translate(language, "hours.never"),)
    if not shut and alike.keys() == {((0, _DAY),)}:
        lines = [translate(language, "hours.always")]
    if shut:
        lines.append(translate(language, "hours.closed", days=_say_days(shut, language)))
    if timetable.holidays == ():
        lines.append(translate(language, "hours.holidays-closed"))
    elif timetable.holidays:
        times = _say_spans(timetable.holidays, language)
        lines.append(translate(language, "hours.holidays", times=times))
    return tuple(lines)


def say_when(instant: datetime, now: datetime, language: str, *, form: str = "at") -> str:
    """Say an instant as one says it today.

    Parameters
    ----------
    instant
        Aware, in the venue's time zone.
    now
        Aware, in the venue's time zone.
    language
        BCP 47 tag.
    form
        ``at`` after a verb ("opens tomorrow at 8:00"), ``until`` after that word.
    """
    days = (instant.date() - now.date()).days
    kind = "today" if days == 0 else "tomorrow" if days == 1 else "weekday" if 1 < days < 7 else ""
    locale = _find_locale(language)
    return translate(
        language,
        f"when.{form}-{kind or 'date'}",
        time=say_time(instant.hour * 60 + instant.minute, language),
        day=get_day_names(_WIDTH.get(locale.language, "wide"), locale=locale)[instant.weekday()],
        date=say_date(instant.date(), now.date(), language),
    )


def say_date(day: date, today: date, language: str) -> str:
    """Say a day of the year, with the year where it is not this one."""
    skeleton = "MMMMd" if day.year == today.year else "yMMMMd"
    return format_skeleton(skeleton, day, locale=_find_locale(language))


def say_stamp(instant: datetime, now: datetime, language: str) -> str:
    """Say when something was so, shortly: the time, and the day where that is not today.

    Parameters
    ----------
    instant, now
        Aware, in the venue's time zone.
    language
        BCP 47 tag.
    """
    clock = f"{instant:%H:%M}"
    if instant.date() == now.date():
        return clock
    return f"{format_skeleton('MMMd', instant, locale=_find_locale(language))} {clock}"


def say_time(minutes: int, language: str) -> str:
    """Say minutes after midnight as a clock does."""
    hour, minute = divmod(minutes if minutes == _DAY else minutes % _DAY, 60)
    pattern = translate(language, "hours.pattern").replace("HH", f"{hour:02}")
    return pattern.replace("H", str(hour)).replace("mm", f"{minute:02}")


def _find_locale(language: str) -> Locale:
    spoken = find_language(language)
    region = _REGION.get(spoken)
    return Locale.parse(f"{spoken}-{region}" if region else spoken, sep="-")


def _list_holidays(holidays: Hours, today: date, zone: tzinfo) -> tuple[date, ...]:
    end = today + timedelta(days=_AHEAD_DAYS)
    return tuple(
        day
        for start, stop in _list_open(holidays, _midnight(today, zone), _midnight(end, zone))
        for day in _list_days(start.date(), stop)
    )


def _list_days(first: date, stop: datetime) -> Iterable[date]:
    day = first
    while _midnight(day, stop.tzinfo) < stop:
        yield day
        day += timedelta(days=1)


def _list_open(hours: Hours, start: datetime, end: datetime) -> Iterable[tuple[datetime, datetime]]:
    """Yield from when until when it is open between two instants."""
    at = start
    while at < end:
        change = hours.find_change(at)
        stop = end if change is None else min(change.astimezone(end.tzinfo), end)
        if hours.is_open(at):
            yield at, stop
        at = stop


def _read_day(hours: Hours, day: date, zone: tzinfo) -> tuple[Span, ...]:
    """Return when it is open on a day; what goes on past midnight belongs to the day it began."""
    start, end = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    spans = []
    for opens, closes in _list_open(hours, start, end):
        first, last = _minute(opens, day), _minute(closes, day)
        if first == 0 and last < _MORNING and _is_night_before(hours, day, zone):
            continue
        if last == _DAY and first > 0 and hours.is_open(end):
            change = hours.find_change(end)
            later = _DAY if change is None else _minute(change.astimezone(zone), day)
            last = later if later < _DAY + _MORNING else last
        spans.append((first, last))
    return tuple(spans)


def _is_night_before(hours: Hours, day: date, zone: tzinfo) -> bool:
    """Tell whether what is open at midnight began on the day before, and not a day earlier."""
    before = list(_list_open(hours, _midnight(day - timedelta(days=1), zone), _midnight(day, zone)))
    return (
        bool(before)
        and before[-1][1] == _midnight(day, zone)
        and (before[-1][0] > _midnight(day - timedelta(days=1), zone))
    )


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _minute(instant: datetime, day: date) -> int:
    """Return the minutes on the clock since a day began."""
    return (instant.date() - day).days * _DAY + instant.hour * 60 + instant.minute


def _say_days(days: Sequence[int], language: str) -> str:
    """Say days of the week: three or more in a row as from the first to the last."""
    if len(days) == 7:
        return translate(language, "hours.every-day")
    names = get_day_names("abbreviated", locale=_find_locale(language))
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        if len(run) > 2:
            values = {"first": names[run[0]], "last": names[run[-1]]}
            parts.append(translate(language, "hours.day-range", **values))
        else:
            parts += [names[day] for day in run]
    return translate(language, "hours.separator").join(parts)


def _say_spans(spans: Sequence[Span], language: str) -> str:
    said = []
    for start, end in spans:
        if (start, end) == (0, _DAY):
            said.append(translate(language, "hours.whole-day"))
            continue
        message = "hours.span" if end <= _DAY else "hours.span-overnight"
        values = {"start": say_time(start, language), "end": say_time(end, language)}
        said.append(translate(language, message, **values))
    return translate(language, "hours.separator").join(said)
