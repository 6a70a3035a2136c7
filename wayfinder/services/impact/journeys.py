"""Which journeys a change bars, makes longer, or makes impossible without steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfinder.route.travel import Travel
from wayfinder.services.impact.side import Side, list_starts

LONGER_S = 60.0
"""A journey that grows by more is told."""
ON_FOOT, ON_WHEELS = "walk", "wheelchair"

_Times = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Longer:
    """A place that takes longer to get to.

    Parameters
    ----------
    place
        Its id.
    profile
        Who travels.
    journeys
        From how many entrances, signs and displays it takes more than `LONGER_S` longer.
    start
        Id of the one from which it takes longest in addition.
    before_s, after_s
        How long it took from there, and takes.
    """

    place: str
    profile: str
    journeys: int
    start: str
    before_s: float
    after_s: float


@dataclass(frozen=True, slots=True)
class JourneyImpact:
    """What becomes of journeys to what visitors ask the way to.

    Parameters
    ----------
    places
        How many places there were.
    journeys
        How many journeys there were, from entrances, signs and displays on foot.
    gone
        Ids of the places that there are no more.
    closed
        Ids of those that are closed themselves, and were not.
    unreachable
        Ids of the others that nobody gets to from any entrance any more.
    without_steps
        Ids of those that one gets to from an entrance on foot alone, and got to on wheels.
    gained
        Ids of those that one gets to from an entrance on wheels, and did not.
    longer
        What takes longer, the most first.
    barred
        How many journeys to places that one can still get to there are no more on foot: from some
        sign no way leads there.
    starts
        Ids of the signs, displays and entrances from which a journey is barred or takes longer.
    """

    places: int
    journeys: int
    gone: tuple[str, ...]
    closed: tuple[str, ...]
    unreachable: tuple[str, ...]
    without_steps: tuple[str, ...]
    gained: tuple[str, ...]
    longer: tuple[Longer, ...]
    barred: int
    starts: frozenset[str]


def compare_journeys(before: Side, after: Side) -> JourneyImpact:
    """Compare the journeys from all entrances, signs and displays to all public places."""
    return _Comparison(before, after, list_starts(before)).compare()


def compare_reach(before: Side, after: Side, doubtful: Collection[str]) -> JourneyImpact:
    """Compare the journeys from the entrances alone: what is reached, and without steps.

    Parameters
    ----------
    before, after
        The sides.
    doubtful
        Ids of the places of which that is not known; the others are reached as before. Each takes
        some hundredths of a second, and all are told of, but for those that are closed themselves.
    """
    return _Comparison(before, after, ()).compare(doubtful)


class _Comparison:
    """All journeys on both sides; entrances first, then what both sides have."""

    def __init__(self, before: Side, after: Side, further: Sequence[str]) -> None:
        self._sides = before, after
        starts = dict.fromkeys([*before.entrances, *further])
        pairs = {key: _pair(key, before, after) for key in starts}
        self._starts = {key: pair for key, pair in pairs.items() if pair is not None}
        self._travels = {
            profile: (
                _Travels(before, profile, [old for old, _ in self._starts.values()]),
                _Travels(after, profile, [new for _, new in self._starts.values()]),
            )
            for profile in (ON_FOOT, ON_WHEELS)
        }

    def compare(self, only: Collection[str] | None = None) -> JourneyImpact:
        old, new = self._sides
        there = [place for place in old.places if place in new.network.plan]
        closed = [place for place in there if new.is_closed(place) and not old.is_closed(place)]
        judged = there if only is None else [place for place in there if place in only]
        open_places = [place for place in judged if place not in closed]
        found = {place: self._judge(place) for place in open_places}
        lost = [one for one in found.values() if one.is_lost]
        longer = [grown for one in found.values() for grown in one.longer]
        return JourneyImpact(
            places=len(old.places),
            journeys=sum(one.journeys for one in found.values()),
            gone=tuple(place for place in old.places if place not in new.network.plan),
            closed=tuple(closed),
            unreachable=tuple(one.place for one in lost),
            without_steps=tuple(one.place for one in found.values() if one.needs_steps),
            gained=tuple(one.place for one in found.values() if one.is_gained),
            longer=tuple(sorted(longer, key=lambda one: one.before_s - one.after_s)),
            barred=sum(one.barred for one in found.values() if not one.is_lost),
            starts=frozenset(key for one in found.values() for key in one.starts),
        )

    def _judge(self, place: str) -> "_Judged":
        """Compare the journeys to one place."""
        keys = list(self._starts)
        reached, longer, barred, journeys = {}, [], np.zeros(len(keys), dtype=bool), 0
        hit = np.zeros(len(keys), dtype=bool)
        for profile, (was, now) in self._travels.items():
            (old_in, old_s), (new_in, new_s) = was.find_s(place), now.find_s(place)
            reached[profile] = bool(np.isfinite(old_in).any()), bool(np.isfinite(new_in).any())
            both = np.isfinite(old_s) & np.isfinite(new_s)
            more_s = np.where(both, new_s, 0.0) - np.where(both, old_s, 0.0)
            grown = more_s > LONGER_S
            if grown.any():
                worst = int(np.argmax(more_s))
                times = float(old_s[worst]), float(new_s[worst])
                longer.append(Longer(place, profile, int(grown.sum()), keys[worst], *times))
            hit |= grown
            if profile == ON_FOOT:
                barred = np.isfinite(old_s) & ~np.isfinite(new_s)
                journeys = int(np.isfinite(old_s).sum())
        hit |= barred
        starts = tuple(keys[number] for number in np.flatnonzero(hit).tolist())
        return _Judged(place, reached, tuple(longer), int(barred.sum()), journeys, starts)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What becomes of the journeys to one place."""

    place: str
    reached: dict[str, tuple[bool, bool]]
    longer: tuple[Longer, ...]
    barred: int
    journeys: int
    starts: tuple[str, ...]

    @property
    def is_lost(self) -> bool:
        return self.reached[ON_FOOT] == (True, False)

    @property
    def needs_steps(self) -> bool:
        return self.reached[ON_WHEELS] == (True, False) and self.reached[ON_FOOT][1]

    @property
    def is_gained(self) -> bool:
        return self.reached[ON_WHEELS] == (False, True)


class _Travels:
    """Times on one side: from its own entrances, and from what both sides have."""

    def __init__(self, side: Side, profile: str, nodes: Sequence[str]) -> None:
        search = side.router.search
        index = search.table.index
        entrances = list(side.entrances.values())
        starts = [index[node] for node in (*entrances, *nodes)]
        self._side, self._entrances = side, len(entrances)
        self._travel = Travel(search, starts, profile, side.epoch)
        self._count = len(starts)

    def find_s(self, place: str) -> tuple[_Times, _Times]:
        """Return the seconds to a place from each entrance, and from each of the others."""
        index = self._side.router.search.table.index
        roots = [index[node] for node in self._side.network.places.get(place, ())]
        if not roots or self._side.is_closed(place):
            seconds = np.full(self._count, np.inf)
        else:
            seconds = self._travel.find_s(roots)
        return seconds[: self._entrances], seconds[self._entrances :]


def _pair(key: str, before: Side, after: Side) -> tuple[str, str] | None:
    """Return the nodes of an entrance, a sign or a display on both sides; None without either."""
    old, new = (side.entrances.get(key) or side.find_node(key) for side in (before, after))
    return None if old is None or new is None else (old, new)
