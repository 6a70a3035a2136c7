"""What changes without a new release: closures and lifts that are slow today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from types import MappingProxyType

from wayfinder.model.labels import Labels

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
        for instant in (self.start, self.end):
            if instant is not None and instant.tzinfo is None:
                message = f"closure of {self.feature!r}: {instant.isoformat()} has no time zone"
                raise ValueError(message)

    def holds_at(self, instant: datetime) -> bool:
        """Tell whether it is closed at an aware instant."""
        return (self.start is None or self.start <= instant) and (
            self.end is None or instant < self.end
        )


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that holds today beside the release.

    Parameters
    ----------
    closures
        What is closed, and when.
    lift_wait_s
        Lift unit id to the seconds one waits for it today.
    """

    closures: tuple[Closure, ...] = ()
    lift_wait_s: Mapping[str, float] = field(default_factory=lambda: _NO_WAITS)

    def __post_init__(self) -> None:
        """Refuse waits that are no time: negative, infinite or not a number."""
        for lift, wait_s in self.lift_wait_s.items():
            if not 0 <= wait_s < inf:
                raise ValueError(f"lift {lift!r}: one does not wait {wait_s} s")

    def closed_at(self, instant: datetime) -> frozenset[str]:
        """Ids of the features closed at an aware instant."""
        return frozenset(closure.feature for closure in self.closures if closure.holds_at(instant))
