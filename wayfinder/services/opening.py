"""Whether a place is open: by its hours, those of what it lies in, and today's conditions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import say_area
from wayfinder.model import (
    Building,
    Closure,
    Feature,
    Geofence,
    Labels,
    Level,
    Section,
    Venue,
    pick_label,
)
from wayfinder.presets import name_category
from wayfinder.route.schedule import WEEK
from wayfinder.services.hours import make_timetable, say_timetable, say_when
from wayfinder.services.reasons import say_within
from wayfinder.services.served import Served

_MOST_TURNS = 60
"""Openings and closings that are gone through to find when all is open (ours)."""
_AROUND = (Section, Geofence, Level, Building, Venue)
"""What closes the places in it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a place is open, and until when.

    Parameters
    ----------
    is_open
        None where its hours do not say, or nobody knows its hours.
    changes_at
        When it closes, or opens again; aware, in the venue's time zone; None where nobody knows.
    note
        Both in words; empty where it has no hours and is not closed.
    hours
        Its hours in lines; empty where it has none.
    hours_note
        Why and until when those are not the usual ones; empty where they are.
    closures
        What is closed for a while, now or within a week, in words.
    shut_by
        Which of them holds now, the newest; empty where none does.
    """

    is_open: bool | None
    changes_at: datetime | None
    note: str
    hours: tuple[str, ...]
    hours_note: str
    closures: tuple[str, ...]
    shut_by: str


def find_opening(
    served: Served, features: tuple[Feature, ...], at: datetime, language: str
) -> Opening:
    """Tell whether a place is open at an instant.

    Parameters
    ----------
    served
        The venue.
    features
        The features that are the place: a department and its room.
    at
        Aware instant.
    language
        BCP 47 tag.
    """
    return _Opener(served, features, at, language).make()


def make_is_open(served: Served, at: datetime | None = None) -> Callable[[str], bool]:
    """Return what tells of a place whether it is open now, by its own hours and closures.

    Quick enough for every hit of a list: what it lies in is not looked at.
    """
    instant = at or datetime.now(UTC)
    schedule, conditions = served.router.schedule, served.conditions
    closed = served.router.search.shafts.expand(conditions.closed_at(instant))

    def is_open(feature_id: str) -> bool:
        return feature_id not in closed and schedule.is_open(feature_id, instant, conditions)

    return is_open


def find_within(features: tuple[Feature, ...]) -> frozenset[str]:
    """Return the ids of a place's features and of its floor: what closes one of them closes it.

    A lift, which is on many floors, counts to that of its first feature alone.
    """
    level_id = next((one.level_id for one in features if one.level_id), None)
    return frozenset({one.id for one in features} | ({level_id} if level_id else set()))


class _Opener:
    """Looks at one place at one instant."""

    def __init__(
        self, served: Served, features: tuple[Feature, ...], at: datetime, language: str
    ) -> None:
        self._served = served
        self._plan = served.plan
        self._schedule = served.router.schedule
        self._conditions = served.conditions
        self._language = language
        self._now = at.astimezone(self._schedule.zone)
        self._features = features
        self._own = {feature.id for feature in features}
        self._within = find_within(features)
        self._timed = [key for key in self._list_timed() if self._concerns(key)]
        self._closing = [one for one in self._conditions.closures if self._concerns(one.feature)]

    def make(self) -> Opening:
        changes_at = self._find_change()
        is_open = self._is_open(self._now)
        hours, note = self._say_hours()
        holding = [one for one in self._closing if one.holds_at(self._now)]
        return Opening(
            is_open=is_open,
            changes_at=changes_at,
            note=self._say_state(is_open, changes_at),
            hours=hours,
            hours_note=note,
            # a lift is closed on every floor, and says so once
            closures=tuple(dict.fromkeys(self._say_closures(self._closing))),
            shut_by=next(self._say_closures(holding[-1:]), ""),
        )

    def _list_timed(self) -> Iterator[str]:
        """Yield what has hours: the place itself, and all that may hold it."""
        known = {**self._schedule.hours, **{e.feature: None for e in self._conditions.hours}}
        for key in known:
            if key in self._own or isinstance(self._plan.features.get(key), _AROUND):
                yield key

    def _concerns(self, key: str) -> bool:
        """Tell whether a place is closed where a feature is."""
        if key in self._within:
            return True
        return not self._served.router.search.shafts.expand({key}).isdisjoint(self._within)

    def _is_open(self, instant: datetime) -> bool | None:
        """Tell whether it is open at an instant, or None where nothing says so."""
        if any(closure.holds_at(instant) for closure in self._closing):
            return False
        found: list[bool | None] = []
        for key in self._timed:
            hours = self._schedule.find_hours(key, instant, self._conditions)
            if hours is not None:
                known = hours.readable and hours.is_known(instant)
                found.append(hours.is_open(instant) if known else None)
        return False if False in found else None if None in found or not found else True

    def _find_change(self) -> datetime | None:
        """Return the next instant at which it opens or closes, all that holds it looked at."""
        state, at = self._is_open(self._now), self._now
        for _ in range(_MOST_TURNS):
            turns = [self._schedule.find_turn(key, at, self._conditions) for key in self._timed]
            turns += [bound for one in self._closing for bound in (one.start, one.end)]
            later = [turn for turn in turns if turn is not None and turn > at]
            if not later:
                return None
            at = min(later)
            if (self._is_open(at) is False) != (state is False):
                return at.astimezone(self._schedule.zone)
        return None

    def _say_state(self, is_open: bool | None, changes_at: datetime | None) -> str:  # noqa: FBT001 - what is said
        language = self._language
        if is_open is None:
            return translate(language, "open.unsure") if self._timed else ""
        if changes_at is None:
            return translate(language, "open.now" if is_open else "open.shut")
        when = say_when(changes_at, self._now, language)
        return translate(language, "open.closes" if is_open else "open.opens", when=when)

    def _say_hours(self) -> tuple[tuple[str, ...], str]:
        """Say the place's own hours, and what is exceptional of them."""
        for feature in self._features:
            hours = self._schedule.find_hours(feature.id, self._now, self._conditions)
            if hours is None:
                continue
            if not hours.readable:
                return (translate(self._language, "hours.unreadable"),), ""
            table = make_timetable(
                hours, self._now.date(), self._schedule.zone, self._schedule.holidays
            )
            return say_timetable(table, self._language), self._say_exception(feature)
        return (), ""

    def _say_exception(self, feature: Feature) -> str:
        for exception in reversed(self._conditions.hours):
            if exception.feature == feature.id and exception.holds_at(self._now):
                if exception.end is None:
                    text = translate(self._language, "hours.exceptional-open-ended")
                else:
                    until = self._say_instant(exception.end, "until")
                    text = translate(self._language, "hours.exceptional", until=until)
                return self._add_reason(text, exception.reason)
        return ""

    def _say_closures(self, closures: Sequence[Closure]) -> Iterator[str]:
        for closure in closures:
            text = self._say_closure(closure)
            if text is None:
                continue
            if closure.feature not in self._own:
                name = self._name(closure.feature)
                text = translate(self._language, "closure.of", name=name, text=text)
            yield self._add_reason(text, closure.reason)

    def _say_closure(self, closure: Closure) -> str | None:
        """Say a closure that holds, or will within a week."""
        if closure.holds_at(self._now):
            if closure.end is None:
                return translate(self._language, "closure.now")
            when = self._say_instant(closure.end, "until")
            return translate(self._language, "closure.until", when=when)
        if closure.start is None or not self._now < closure.start < self._now + WEEK:
            return None
        when = self._say_instant(closure.start, "until")
        return translate(self._language, "closure.from", when=when)

    def _say_instant(self, instant: datetime, form: str) -> str:
        local = instant.astimezone(self._schedule.zone)
        return say_when(local, self._now, self._language, form=form)

    def _add_reason(self, text: str, reason: Labels) -> str:
        why = say_within(reason, self._language)
        if not why:
            return text
        return translate(self._language, "closure.reason", text=text, reason=why)

    def _name(self, key: str) -> str:
        feature = self._plan.features.get(key)
        labels: Labels = feature.name if feature is not None else {}
        if isinstance(feature, Level):
            labels = feature.short_name or feature.name
        category = name_category(feature.category, self._language) if feature is not None else None
        area = say_area(feature, self._language)
        return area or pick_label(labels, self._language) or category or key
