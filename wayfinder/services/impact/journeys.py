"""Which journeys a change bars or makes longer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfinder.route.travel import Travel
from wayfinder.services.impact.reach import ON_FOOT, ON_WHEELS, Reach
from wayfinder.services.impact.side import Side, list_starts

LONGER_S = 60.0
"""A journey that grows by more is told."""

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
    """What becomes of journeys to the places that signs lead to.

    Parameters
    ----------
    journeys
        How many journeys there were, from entrances, signs and displays on foot.
    longer
        What takes longer, the most first.
    barred
        How many journeys to places that one can still get to there are no more on foot: from some
        sign no way leads there.
    starts
        Ids of the signs, displays and entrances from which a journey is barred or takes longer.
    """

    journeys: int
    longer: tuple[Longer, ...]
    barred: int
    starts: frozenset[str]


def compare_journeys(before: Side, after: Side, reach: Reach) -> JourneyImpact:
    """Compare the journeys from all entrances, signs and displays to what signs lead to.

    Parameters
    ----------
    before, after
        The sides.
    reach
        What becomes of the places themselves.
    """
    left_out = {*reach.gone, *reach.closed}
    travels = _Journeys(before, after)
    found = [travels.judge(place) for place in before.places if place not in left_out]
    lost = frozenset(reach.unreachable)
    longer = [grown for one in found for grown in one.longer]
    return JourneyImpact(
        journeys=sum(one.journeys for one in found),
        longer=tuple(sorted(longer, key=lambda one: one.before_s - one.after_s)),
        barred=sum(one.barred for one in found if one.place not in lost),
        starts=frozenset(key for one in found for key in one.starts),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What becomes of the journeys to one place."""

    place: str
    longer: tuple[Longer, ...]
    barred: int
    journeys: int
    starts: tuple[str, ...]


class _Journeys:
    """All journeys on both sides, from what both have."""

    def __init__(self, before: Side, after: Side) -> None:
        starts = dict.fromkeys([*before.entrances, *list_starts(before)])
        pairs = {key: _pair(key, before, after) for key in starts}
        found = {key: pair for key, pair in pairs.items() if pair is not None}
        self._keys = list(found)
        self._travels = {
            profile: (
                _Travels(before, profile, [old for old, _ in found.values()]),
                _Travels(after, profile, [new for _, new in found.values()]),
            )
            for profile in (ON_FOOT, ON_WHEELS)
        }

    def judge(self, place: str) -> _Judged:
        """Compare the journeys to one place."""
        longer, journeys = [], 0
        barred = np.zeros(len(self._keys), dtype=bool)
        hit = np.zeros(len(self._keys), dtype=bool)
        for profile, (was, now) in self._travels.items():
            old_s, new_s = was.find_s(place), now.find_s(place)
            both = np.isfinite(old_s) & np.isfinite(new_s)
            more_s = np.where(both, new_s, 0.0) - np.where(both, old_s, 0.0)
            grown = more_s > LONGER_S
            if grown.any():
                worst = int(np.argmax(more_s))
                times = float(old_s[worst]), float(new_s[worst])
                longer.append(Longer(place, profile, int(grown.sum()), self._keys[worst], *times))
            hit |= grown
            if profile == ON_FOOT:
                barred = np.isfinite(old_s) & ~np.isfinite(new_s)
                journeys = int(np.isfinite(old_s).sum())
        hit |= barred
        starts = tuple(self._keys[number] for number in np.flatnonzero(hit).tolist())
        return _Judged(place, tuple(longer), int(barred.sum()), journeys, starts)


class _Travels:
    """Times on one side, from some of its nodes."""

    def __init__(self, side: Side, profile: str, nodes: Sequence[str]) -> None:
        search = side.router.search
        self._side = side
        self._travel = Travel(
            search, [search.table.index[node] for node in nodes], profile, side.epoch
        )
        self._nowhere: _Times = np.full(len(nodes), np.inf)

    def find_s(self, place: str) -> _Times:
        """Return the seconds to a place from each of the nodes."""
        index = self._side.router.search.table.index
        roots = [index[node] for node in self._side.network.places.get(place, ())]
        if not roots or self._side.is_closed(place):
            return self._nowhere
        return self._travel.find_s(roots)


def _pair(key: str, before: Side, after: Side) -> tuple[str, str] | None:
    """Return the nodes of an entrance, a sign or a display on both sides; None without either."""
    old, new = (side.doors.get(key) or side.find_node(key) for side in (before, after))
    return None if old is None or new is None else (old, new)
