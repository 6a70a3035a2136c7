"""What is open at an instant: hours, closures and waits, and the epoch in which they hold."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from opening_hours import OpeningHours, State

from wayfinder.model import (
    Address,
    Closure,
    Conditions,
    ExceptionalHours,
    Opening,
    Plan,
    Relationship,
    Section,
    Unit,
)
from wayfinder.model.values import read_number, read_text

_LONGEST_HOURS = 2_000
_KEPT_SPELLS = 64
_KEPT_HOURS = 256
_KEPT_EPOCHS = 256
_MOST_TURNS = 100
"""Bounds of exceptional hours that are gone through for one place (ours)."""
_FOREVER = datetime.max.replace(tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
_CALM_CONDITIONS = Conditions()
_PASSAGES = (Unit, Opening, Relationship, Section)


@dataclass(frozen=True, slots=True)
class Epoch:
    """A spell in which nothing opens, closes or changes its wait: trees made in it stay right.

    Parameters
    ----------
    id
        Equal for equal states, whenever they hold.
    shut
        Ids of the features outside their hours.
    closed
        Ids of the features that somebody closed.
    wait_s
        Lift unit id to the seconds one waits for it, where it is not the lift's own or the usual
        wait.
    """

    id: str
    shut: frozenset[str]
    closed: frozenset[str]
    wait_s: tuple[tuple[str, float], ...]

    def __hash__(self) -> int:
        """Take that of the id, which tells epochs apart."""
        return hash(self.id)


@lru_cache(_KEPT_EPOCHS)
def _make_epoch(
    shut: frozenset[str], closed: frozenset[str], wait_s: tuple[tuple[str, float], ...]
) -> Epoch:
    if not (shut or closed or wait_s):
        return CALM
    text = repr((sorted(shut), sorted(closed), wait_s))
    return Epoch(f"sha256:{sha256(text.encode()).hexdigest()}", shut, closed, wait_s)


CALM = Epoch("", frozenset(), frozenset(), ())
"""Everything is open and every lift comes as usual."""


@dataclass(frozen=True, slots=True)
class _Spell:
    """From when until when the hours of the plan say the same."""

    start: datetime
    end: datetime
    shut: frozenset[str]
    wait_s: tuple[tuple[str, float], ...]


def find_time_zone(plan: Plan) -> tzinfo:
    """Return the venue's time zone: as tagged, else the one it lies in, else UTC."""
    named = plan.venue.time_zone if plan.venue else None
    try:
        if named:
            return ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    frame = plan.frame
    if not frame.lon and not frame.lat:
        return UTC
    try:
        probe = OpeningHours("00:00-12:00", coords=(frame.lat, frame.lon), auto_country=False)
        change = probe.next_change(datetime(2024, 1, 1, tzinfo=ZoneInfo("UTC")))
    except Exception:  # noqa: BLE001 - coordinates beyond the world
        return UTC
    return change.tzinfo or UTC if isinstance(change, datetime) else UTC


class _State(NamedTuple):
    """A spell in which hours say the same.

    Parameters
    ----------
    since
        An instant in it: earlier ones are not known.
    until
        When it ends, or None where it never does.
    state
        What they say.
    """

    since: datetime
    until: datetime | None
    state: Any


class Hours:
    """Opening hours in OSM's syntax, evaluated in the venue's time zone.

    Parameters
    ----------
    text
        Such as ``Mo-Fr 08:00-18:00; PH off``.
    zone
        The venue's time zone.
    country
        ISO code of the country whose public holidays count, or None.
    """

    def __init__(self, text: str, zone: tzinfo, country: str | None = None) -> None:
        self.text = text
        self._zone = zone
        self._hours = _parse_hours(text, zone, country)
        self._spell: _State | None = None

    @property
    def readable(self) -> bool:
        """Whether they could be read; if not, they count as open."""
        return self._hours is not None

    def is_open(self, instant: datetime) -> bool:
        """Tell whether it is open at an aware instant; what is unknown counts as open."""
        return self._hours is None or bool(self._find_state(instant).state != State.CLOSED)

    def is_known(self, instant: datetime) -> bool:
        """Tell whether the hours say open or closed at an aware instant."""
        return self._hours is not None and self._find_state(instant).state != State.UNKNOWN

    def find_change(self, instant: datetime) -> datetime | None:
        """Return the next instant at which its state changes, or None where it never does."""
        return None if self._hours is None else self._find_state(instant).until

    def _find_state(self, instant: datetime) -> "_State":
        """Return the state at an instant; that of the last spell asked for is remembered."""
        known = self._spell
        if (
            known is not None
            and known.since <= instant
            and (known.until is None or instant < known.until)
        ):
            return known
        local = instant.astimezone(self._zone)
        change = self._hours.next_change(local)
        until = change if isinstance(change, datetime) and change > instant else None
        found = _State(instant, until, self._hours.state(local)[0])
        if until is not None or not isinstance(change, datetime):
            self._spell = found
        return found


def _parse_hours(text: str, zone: tzinfo, country: str | None) -> Any:  # noqa: ANN401 - compiled, without types
    if len(text) > _LONGEST_HOURS:
        return None
    keyed = zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")
    for nation in (country, None) if country else (None,):
        try:
            return OpeningHours(text, timezone=keyed, country=nation, auto_country=False)
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001, S112 - whatever the parser says, a Rust panic too, means the same
            continue
    return None


class Schedule:
    """All hours of a plan, and what they and today's conditions close.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self.zone = find_time_zone(plan)
        if not isinstance(self.zone, ZoneInfo):
            self.zone = ZoneInfo("UTC")
        country = _find_country(plan)
        self.hours: Mapping[str, Hours] = {
            feature.id: Hours(feature.hours, self.zone, country)
            for feature in plan
            if feature.hours
        }
        self._passages = {
            key: hours for key, hours in self.hours.items() if isinstance(plan[key], _PASSAGES)
        }
        self._waits = {
            unit.id: _read_waits(unit, self.zone, country) for unit in plan.units if unit.lift
        }
        self._waits = {key: waits for key, waits in self._waits.items() if waits}
        self._spells: OrderedDict[datetime, _Spell] = OrderedDict()
        self._latest: _Spell | None = None
        self._lock = Lock()
        zone, kinds = self.zone, _PASSAGES
        self._bars = frozenset(feature.id for feature in plan if isinstance(feature, kinds))
        self._parse = lru_cache(_KEPT_HOURS)(lambda text: Hours(text, zone, country))
        self.holidays = self._parse("PH")
        """Open on the public holidays of the venue's country, and on no other day."""

    def find_hours(self, feature: str, instant: datetime, conditions: Conditions) -> Hours | None:
        """Return the hours of a feature at an aware instant, or None where it has none.

        Exceptional hours go before the feature's own, of several that hold those said last.
        """
        for exception in reversed(conditions.hours):
            if exception.feature == feature and exception.holds_at(instant):
                return self._parse(exception.hours)
        return self.hours.get(feature)

    def is_open(self, feature: str, instant: datetime, conditions: Conditions) -> bool:
        """Tell whether a feature is open at an aware instant by the hours that hold then."""
        hours = self.find_hours(feature, instant, conditions)
        return hours is None or hours.is_open(instant)

    def find_turn(self, feature: str, instant: datetime, conditions: Conditions) -> datetime | None:
        """Return the next instant at which a feature opens or closes by its hours, or None."""
        was_open, found = self.is_open(feature, instant, conditions), instant
        for _ in range(_MOST_TURNS):
            hours = self.find_hours(feature, found, conditions)
            change = hours.find_change(found) if hours else None
            bounds = _list_bounds(e for e in conditions.hours if e.feature == feature)
            later = [bound for bound in (*bounds, change) if bound is not None and bound > found]
            if not later:
                return None
            found = min(later)
            if self.is_open(feature, found, conditions) != was_open:
                return found
        return None

    def find_epoch(self, instant: datetime, conditions: Conditions) -> Epoch:
        """Return the epoch that an instant lies in.

        Raises
        ------
        ValueError
            Where the instant has no time zone, or lies outside the years that calendars are good
            for.
        """
        if instant.tzinfo is None:
            raise ValueError(f"{instant.isoformat()} has no time zone")
        if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
            raise ValueError(
                f"the year {instant.year} is not between {_FIRST_YEAR} and {_LAST_YEAR}"
            )
        spell = self._find_spell(instant)
        closed = conditions.closed_at(instant)
        waits = spell.wait_s
        if conditions.lift_wait_s:
            waits = tuple(sorted({**dict(waits), **conditions.lift_wait_s}.items()))
        return _make_epoch(self._find_shut(spell, instant, conditions), closed, waits)

    def open_all(self, epoch: Epoch) -> Epoch:
        """Return the epoch in which nothing that somebody closed or that has hours is shut."""
        return _make_epoch(frozenset(), frozenset(), epoch.wait_s)

    def find_change(self, instant: datetime, conditions: Conditions) -> datetime | None:
        """Return the next instant at which anything opens, closes or changes its wait, or None."""
        spell = self._find_spell(instant)
        bounds = _list_bounds((*conditions.closures, *conditions.hours))
        bounds += [
            self._parse(exception.hours).find_change(instant)
            for exception in conditions.hours
            if exception.holds_at(instant)
        ]
        later = [bound for bound in (*bounds, spell.end) if bound is not None and bound > instant]
        soonest = min(later, default=_FOREVER)
        return None if soonest == _FOREVER else soonest

    def find_closing(
        self,
        features: Iterable[str],
        start: datetime,
        end: datetime,
        conditions: Conditions = _CALM_CONDITIONS,
    ) -> list[tuple[str, datetime]]:
        """List which of some features close by their hours between two instants, and when."""
        exceptional = {exception.feature for exception in conditions.hours}
        found = []
        for key in features:
            hours = self.hours.get(key)
            if key in exceptional:
                is_open = self.is_open(key, start, conditions)
                change = self.find_turn(key, start, conditions) if is_open else None
            else:
                change = hours.find_change(start) if hours and hours.is_open(start) else None
            if change is None or change >= end:
                continue
            if key in exceptional or not self.is_open(key, change, conditions):
                found.append((key, change))
        return found

    def _find_shut(
        self, spell: _Spell, instant: datetime, conditions: Conditions
    ) -> frozenset[str]:
        """Return what is outside its hours, exceptional ones before those of the plan."""
        if not conditions.hours:
            return spell.shut
        changed = {e.feature for e in conditions.hours if e.holds_at(instant)} & self._bars
        shut = {key for key in changed if not self.is_open(key, instant, conditions)}
        return (spell.shut - changed) | shut

    def _find_spell(self, instant: datetime) -> _Spell:
        latest = self._latest
        if latest is not None and latest.start <= instant < latest.end:
            return latest
        with self._lock:
            for start, spell in self._spells.items():
                if start <= instant < spell.end:
                    self._spells.move_to_end(start)
                    self._latest = spell
                    return spell
        spell = self._make_spell(instant)
        with self._lock:
            self._spells[spell.start] = self._latest = spell
            while len(self._spells) > _KEPT_SPELLS:
                self._spells.popitem(last=False)
        return spell

    def _make_spell(self, instant: datetime) -> _Spell:
        timed = [hours for waits in self._waits.values() for hours, _ in waits]
        changes = [hours.find_change(instant) for hours in (*self._passages.values(), *timed)]
        end = min((change for change in changes if change is not None), default=_FOREVER)
        shut = frozenset(key for key, hours in self._passages.items() if not hours.is_open(instant))
        waits = {
            key: next((wait_s for hours, wait_s in waits if hours.is_open(instant)), None)
            for key, waits in self._waits.items()
        }
        known = tuple(sorted((key, wait_s) for key, wait_s in waits.items() if wait_s is not None))
        return _Spell(instant, end, shut, known)


def _list_bounds(spans: Iterable[Closure | ExceptionalHours]) -> list[datetime | None]:
    return [bound for span in spans for bound in (span.start, span.end)]


def _read_waits(unit: Unit, zone: tzinfo, country: str | None) -> tuple[tuple[Hours, float], ...]:
    """Read ``lift.waits``, of which the first entry that holds counts.

    An entry is such as ``{"hours": "Mo-Fr 08:00-10:00", "wait_s": 120}``.
    """
    entries = unit.lift.get("waits")
    found = []
    for entry in entries if isinstance(entries, list | tuple) else ():
        if not isinstance(entry, Mapping):
            continue
        wait_s, text = read_number(entry, "wait_s"), read_text(entry, "hours")
        if wait_s is None or wait_s < 0 or text is None:
            continue
        hours = Hours(text, zone, country)
        found += [(hours, wait_s)] if hours.readable else []
    return tuple(found)


def _find_country(plan: Plan) -> str | None:
    """Return the ISO code of the first address that has one, for public holidays."""
    countries = (address.properties.get("country") for address in plan.list_of(Address))
    return next(
        (text.upper() for text in countries if isinstance(text, str) and len(text) == 2), None
    )


WEEK = timedelta(days=7)
"""How far ahead an opening is looked for."""
