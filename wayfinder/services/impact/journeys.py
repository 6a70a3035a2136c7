"""Which journeys a change bars or makes longer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfinder.model import Unit
from wayfinder.route.travel import Travel
from wayfinder.services.impact.reach import ON_FOOT, ON_WHEELS, Reach
from wayfinder.services.impact.side import Side, list_starts

LONGER_S = 60.0
"""A journey that grows by more is told."""

_Times = NDArray[np.float64]
_Mask = NDArray[np.bool_]


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
class Lost:
    """Journeys that there are no more: from each of some starts to each of some places.

    Parameters
    ----------
    profile
        Who travelled; in a wheelchair: who gets there on foot as before.
    starts
        Ids of the entrances, signs and displays from which no way is left.
    places
        Ids of the places to which there is none.
    """

    profile: str
    starts: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def journeys(self) -> int:
        """How many journeys that are."""
        return len(self.starts) * len(self.places)


@dataclass(frozen=True, slots=True)
class JourneyImpact:
    """What becomes of journeys to the places that signs lead to.

    Parameters
    ----------
    journeys
        How many journeys there were, from entrances, signs and displays on foot.
    longer
        What takes longer, the most first.
    lost
        What there is no more, though one still gets to the place from some door outside; the most
        first. What is lost on foot is not told again for wheelchairs.
    starts
        Ids of the signs, displays and entrances from which a journey is barred on foot or takes
        longer.
    starts_on_wheels
        Ids of those from which a journey is barred in a wheelchair and not on foot.
    """

    journeys: int
    longer: tuple[Longer, ...]
    lost: tuple[Lost, ...]
    starts: frozenset[str]
    starts_on_wheels: frozenset[str]

    @property
    def barred(self) -> int:
        """How many journeys to places that one can still get to there are no more on foot."""
        return self._count(ON_FOOT)

    @property
    def barred_on_wheels(self) -> int:
        """How many a wheelchair could make and cannot, though one can on foot.

        Those to places that lose step-free access as a whole are not counted.
        """
        return self._count(ON_WHEELS)

    def _count(self, profile: str) -> int:
        return sum(one.journeys for one in self.lost if one.profile == profile)


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
    longer = [grown for one in found for grown in one.longer]
    # of a place that nobody gets to any more that is told, and not each way to it
    cut_off = frozenset(reach.unreachable)
    told = {ON_FOOT: cut_off, ON_WHEELS: cut_off.union(reach.without_steps)}
    lost = [
        block
        for profile, places in told.items()
        for block in travels.list_lost(profile, [one for one in found if one.place not in places])
    ]
    return JourneyImpact(
        journeys=sum(one.journeys for one in found),
        longer=tuple(sorted(longer, key=lambda one: one.before_s - one.after_s)),
        lost=tuple(sorted(lost, key=lambda one: -one.journeys)),
        starts=travels.name([one.grown | one.lost[ON_FOOT] for one in found]),
        starts_on_wheels=travels.name([one.lost[ON_WHEELS] for one in found]),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What becomes of the journeys to one place: masks of all starts."""

    place: str
    longer: tuple[Longer, ...]
    grown: _Mask
    lost: Mapping[str, _Mask]
    journeys: int


class _Journeys:
    """All journeys on both sides, from entrances before and from signs that both have.

    An entrance that is none any more leads nowhere; that signs and displays are gone is told.
    """

    def __init__(self, before: Side, after: Side) -> None:
        found = {key: (before.doors[key], after.doors.get(key)) for key in before.entrances}
        for key in list_starts(before):
            old, new = before.find_node(key), after.find_node(key)
            if old is not None and new is not None and not _is_shut_lift(after, key):
                found[key] = (old, new)
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
        lost: dict[str, _Mask] = {}
        any_grown = np.zeros(len(self._keys), dtype=bool)
        for profile, (was, now) in self._travels.items():
            old_s, new_s = was.find_s(place), now.find_s(place)
            could, can = np.isfinite(old_s), np.isfinite(new_s)
            both = could & can
            more_s = np.where(both, new_s, 0.0) - np.where(both, old_s, 0.0)
            grown = more_s > LONGER_S
            if grown.any():
                worst = int(np.argmax(more_s))
                times = float(old_s[worst]), float(new_s[worst])
                longer.append(Longer(place, profile, int(grown.sum()), self._keys[worst], *times))
            any_grown |= grown
            lost[profile] = could & ~can
            if profile == ON_FOOT:
                journeys = int(could.sum())
        lost[ON_WHEELS] &= ~lost[ON_FOOT]
        return _Judged(place, tuple(longer), any_grown, lost, journeys)

    def list_lost(self, profile: str, judged: Sequence[_Judged]) -> Iterator[Lost]:
        """Yield what is lost to one traveller; starts that lose the same places are together."""
        if not judged:
            return
        lost = np.stack([one.lost[profile] for one in judged], axis=1)
        alike: defaultdict[bytes, list[int]] = defaultdict(list)
        for number in np.flatnonzero(lost.any(axis=1)).tolist():
            alike[lost[number].tobytes()].append(number)
        for numbers in alike.values():
            places = np.flatnonzero(lost[numbers[0]]).tolist()
            yield Lost(
                profile,
                tuple(self._keys[number] for number in numbers),
                tuple(judged[place].place for place in places),
            )

    def name(self, masks: Sequence[_Mask]) -> frozenset[str]:
        """Return the ids of the starts that any of some masks marks."""
        marked = np.any(masks, axis=0) if masks else np.zeros(len(self._keys), dtype=bool)
        return frozenset(self._keys[number] for number in np.flatnonzero(marked).tolist())


class _Travels:
    """Times on one side, from some of its nodes."""

    def __init__(self, side: Side, profile: str, nodes: Sequence[str | None]) -> None:
        index = side.router.search.table.index
        there = {place: index[node] for place, node in enumerate(nodes) if node is not None}
        self._side = side
        self._there = np.array(list(there), dtype=np.intp)
        self._travel = Travel(side.router.search, list(there.values()), profile, side.epoch)
        self._nowhere: _Times = np.full(len(nodes), np.inf)

    def find_s(self, place: str) -> _Times:
        """Return the seconds to a place from each of the nodes; inf from where there is none."""
        index = self._side.router.search.table.index
        roots = [index[node] for node in self._side.network.places.get(place, ())]
        if not roots or self._side.is_closed(place):
            return self._nowhere
        seconds = self._nowhere.copy()
        seconds[self._there] = self._travel.find_s(roots)
        return seconds


def _is_shut_lift(side: Side, key: str) -> bool:
    """Tell whether a start is a lift that is closed: nobody steps out of it to look for a way."""
    return isinstance(side.network.plan.features.get(key), Unit) and side.is_closed(key)
