"""What changes without a new release: closures, hours that differ, slow lifts, notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from types import MappingProxyType

from wayfinder.model.labels import Labels

PHONE, KIOSK, BOARD = "phone", "kiosk", "board"
SURFACES = (PHONE, KIOSK, BOARD)
"""Where notices are shown."""
_NO_WAITS: Mapping[str, float] = MappingProxyType({})
_NO_LABELS: Labels = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Closure:
    """A feature that nobody passes for a while.

    Parameters
    ----------
    feature
        Id of a unit, opening, relationship, section or level.
    start
        Aware instant from which it is closed, or None: since ever.
    end
        Aware instant from which it is open again, or None: until further notice.
    reason
        Why, by language.
    """

    feature: str
    start: datetime | None = None
    end: datetime | None = None
    reason: Labels = field(default_factory=lambda: _NO_LABELS)

    def __post_init__(self) -> None:
        """Refuse instants without a time zone."""
        _refuse_naive(f"closure of {self.feature!r}", self.start, self.end)

    def holds_at(self, instant: datetime) -> bool:
        """Tell whether it is closed at an aware instant."""
        return is_within(self.start, self.end, instant)


@dataclass(frozen=True, slots=True)
class ExceptionalHours:
    """Hours that hold instead of a feature's own for a while.

    Parameters
    ----------
    feature
        Id of a feature that may have hours.
    hours
        OSM opening_hours, such as ``off`` or ``09:00-12:00``.
    start, end
        Aware instants between which they hold; None: since ever, until further notice.
    reason
        Why, by language.
    """

    feature: str
    hours: str
    start: datetime | None = None
    end: datetime | None = None
    reason: Labels = field(default_factory=lambda: _NO_LABELS)

    def __post_init__(self) -> None:
        """Refuse instants without a time zone."""
        _refuse_naive(f"exceptional hours of {self.feature!r}", self.start, self.end)

    def holds_at(self, instant: datetime) -> bool:
        """Tell whether they hold at an aware instant."""
        return is_within(self.start, self.end, instant)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that everybody should read.

    Parameters
    ----------
    id
        Names it as long as it is shown.
    text
        What it says, by language.
    start, end
        Aware instants between which it is shown; None: since ever, until further notice.
    feature
        Id of the place, level or building that it is about, or None: the whole venue.
    shown_on
        Of `SURFACES`, where it is shown; none: everywhere.
    """

    id: str
    text: Labels
    start: datetime | None = None
    end: datetime | None = None
    feature: str | None = None
    shown_on: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse instants without a time zone."""
        _refuse_naive(f"notice {self.id!r}", self.start, self.end)

    def holds_at(self, instant: datetime) -> bool:
        """Tell whether it is shown at an aware instant."""
        return is_within(self.start, self.end, instant)

    def is_on(self, surface: str) -> bool:
        """Tell whether one of `SURFACES` shows it."""
        return not self.shown_on or surface in self.shown_on


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that holds today beside the release.

    Parameters
    ----------
    closures
        What is closed, and when.
    lift_wait_s
        Lift unit id to the seconds one waits for it today.
    hours
        Hours that differ from the plan's, and when.
    notices
        What everybody should read, and when.
    """

    closures: tuple[Closure, ...] = ()
    lift_wait_s: Mapping[str, float] = field(default_factory=lambda: _NO_WAITS)
    hours: tuple[ExceptionalHours, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        """Refuse waits that are no time: negative, infinite or not a number."""
        for lift, wait_s in self.lift_wait_s.items():
            if not 0 <= wait_s < inf:
                raise ValueError(f"lift {lift!r}: one does not wait {wait_s} s")

    def closed_at(self, instant: datetime) -> frozenset[str]:
        """Ids of the features closed at an aware instant."""
        return frozenset(closure.feature for closure in self.closures if closure.holds_at(instant))

    def notices_at(self, instant: datetime, on: str | None = None) -> tuple[Notice, ...]:
        """List the notices shown at an aware instant, on one of `SURFACES` or anywhere."""
        holding = (notice for notice in self.notices if notice.holds_at(instant))
        return tuple(notice for notice in holding if on is None or notice.is_on(on))


def is_within(start: datetime | None, end: datetime | None, instant: datetime) -> bool:
    """Tell whether an instant lies between two, of which None is since ever or for ever."""
    return (start is None or start <= instant) and (end is None or instant < end)


def _refuse_naive(what: str, *instants: datetime | None) -> None:
    for instant in instants:
        if instant is not None and instant.tzinfo is None:
            raise ValueError(f"{what}: {instant.isoformat()} has no time zone")
