"""Who arrives by signs alone, where the chain of signs breaks, and what is wrong with each sign."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import inf

from wayfinder.checks.public_places import Entrance, list_entrances
from wayfinder.checks.sign_faults import Fault, find_contradictions, find_faults
from wayfinder.checks.sign_leads import Leads
from wayfinder.checks.sign_walker import Goal, Lost, SignWalker, Walk
from wayfinder.checks.stroll import Halt
from wayfinder.model import Conditions, Sign, list_signs
from wayfinder.route import Router
from wayfinder.route.schedule import Epoch

Point = tuple[float, float]

PROFILES = ("walk", "easy", "wheelchair")
"""Who walks in an audit."""

_SPOT_M = 3.0
"""Breaks as near as this to each other behind one sign are one (ours)."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain of signs breaks.

    Parameters
    ----------
    lost
        Why.
    halt
        Why one could not just walk on; None where a sign misled.
    level_id, at
        Where, in metres.
    last_sign
        Id of the sign that was obeyed last, or None: none since the entrance.
    entrances
        Ids of the entrances from which people come to be lost here.
    goals
        Ids of the places that nothing announces here.
    journeys
        How many journeys end here.
    """

    lost: Lost
    halt: Halt | None
    level_id: str
    at: Point
    last_sign: str | None
    entrances: tuple[str, ...]
    goals: tuple[str, ...]
    journeys: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many arrive.

    Parameters
    ----------
    profile
        Who walks.
    journeys
        From every public entrance to every public place that one could reach.
    arrived
        How many arrive by signs alone.
    breaks
        Where the others are lost, the most first.
    """

    profile: str
    journeys: int
    arrived: int
    breaks: tuple[Break, ...]

    @property
    def share(self) -> float:
        """Share that arrives, 0 to 1; 1 where nobody sets out."""
        return self.arrived / self.journeys if self.journeys else 1.0


@dataclass(frozen=True)
class Audit:
    """What an audit of signs finds.

    Parameters
    ----------
    shares
        By profile.
    faults
        What is wrong with single signs, and which of them nobody needs.
    signs
        How many signs hang.
    messages
        How many messages they carry.
    """

    shares: tuple[Share, ...]
    faults: tuple[Fault, ...]
    signs: int
    messages: int


def audit_signs(
    router: Router,
    *,
    signs: Sequence[Sign] | None = None,
    profiles: Iterable[str] = PROFILES,
    departure: datetime,
    conditions: Conditions | None = None,
) -> Audit:
    """Walk from every public entrance to every public place by signs alone.

    Parameters
    ----------
    router
        The router.
    signs
        The signs that hang, with what is printed on them; None for those of the plan, as if nothing
        but its messages were.
    profiles
        Names of the router's profiles that walk.
    departure
        Aware instant: what is closed then is no destination.
    conditions
        What is closed beside that.

    Returns
    -------
    Audit
        Equal for equal plans, whenever it is made.
    """
    plan = router.network.plan
    hung = tuple(list_signs(plan) if signs is None else signs)
    conditions = conditions or Conditions()
    epoch = router.schedule.find_epoch(departure, conditions)
    shares: list[Share] = []
    used: Counter[str] = Counter()
    faults: list[Fault] = []
    leads: Leads | None = None
    for profile in profiles:
        walker = SignWalker(router, hung, profile=profile, epoch=epoch)
        if leads is None:
            leads = Leads(router, walker)
            faults += find_faults(walker)
        walks = list(walk_all(router, walker, departure, conditions))
        used.update(sign for walk in walks if walk.arrived for sign in walk.signs)
        arrived = sum(walk.arrived for walk in walks)
        shares.append(Share(profile, len(walks), arrived, list_breaks(walks)))
        faults += find_contradictions(router, walker, leads)
    leading = (sign for sign in hung if sign.messages and not sign.directory)
    faults += [Fault("unneeded", sign.id) for sign in leading if not used[sign.id]]
    return Audit(tuple(shares), _merge(faults), len(hung), sum(len(sign.messages) for sign in hung))


def _merge(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Keep of what several profiles find alike the first, and note who finds it."""
    profiles: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    first: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        key = (fault.code, fault.sign, fault.to, fault.other)
        first.setdefault(key, fault)
        profiles[key] += fault.profiles
    return tuple(fault.with_profiles(tuple(profiles[key])) for key, fault in first.items())


def walk_all(
    router: Router, walker: SignWalker, departure: datetime, conditions: Conditions
) -> Iterator[Walk]:
    """Walk all journeys that there is a way for, to places that are open."""
    for journey in list_journeys(router, walker, departure, conditions):
        yield walker.walk(*journey)


def list_journeys(
    router: Router,
    walker: SignWalker,
    departure: datetime,
    conditions: Conditions,
    *,
    only: Collection[tuple[str, str]] | None = None,
) -> Iterator[tuple[Entrance, Goal, float]]:
    """Yield the journeys that there is a way for, to places that are open.

    Parameters
    ----------
    router, walker
        The router, and who walks.
    departure, conditions
        When, and what is closed then.
    only
        Ids of entrance and place of the journeys in question; None: all.

    Yields
    ------
    tuple of Entrance, Goal and float
        From where, to where, and the metres of the best way.
    """
    lengths = _Lengths(router, walker.ways.profile, walker.ways.epoch)
    shut = conditions.closed_at(departure)
    for entrance in list_entrances(router.network):
        for goal in walker.goals.values():
            if only is not None and (entrance.id, goal.id) not in only:
                continue
            if goal.id in shut or not router.schedule.is_open(goal.id, departure, conditions):
                continue
            shortest_m = lengths.find(entrance, goal)
            if shortest_m < inf:
                yield entrance, goal, shortest_m


class _Lengths:
    """Metres of the best ways."""

    def __init__(self, router: Router, profile: str, epoch: Epoch) -> None:
        self._search = router.search
        self._graph = router.network.graph
        self._profile = profile
        self._epoch = epoch

    def find(self, entrance: Entrance, goal: Goal) -> float:
        """Return the metres from an entrance to a place, inf where there is no way."""
        table = self._search.table
        starts = [table.index[node] for node in (entrance.node, entrance.outer)]
        ends = [table.index[node] for node in sorted(goal.nodes)]
        legs = [self._search.find_leg([one], ends, self._profile, self._epoch) for one in starts]
        if any(leg is None for leg in legs):
            return inf
        edges = self._graph.edges
        return max(
            sum(
                float(edges[table.nodes[tail], table.nodes[head]]["length_m"])
                for tail, head in pairwise(leg.path)
            )
            for leg in legs
            if leg is not None
        )


def list_breaks(walks: Iterable[Walk]) -> tuple[Break, ...]:
    """Put together those who are lost for one reason at one spot, the most first."""
    groups: defaultdict[tuple[object, ...], list[Walk]] = defaultdict(list)
    for walk in walks:
        if walk.lost is not None:
            last = walk.signs[-1] if walk.signs else None
            spot = tuple(round(metres / _SPOT_M) for metres in walk.at)
            groups[walk.lost, walk.halt, last, walk.level_id, spot].append(walk)
    breaks = []
    for lost in groups.values():
        first = lost[0]
        assert first.lost is not None  # noqa: S101 - only those were taken
        breaks.append(
            Break(
                first.lost,
                first.halt,
                first.level_id,
                first.at,
                first.signs[-1] if first.signs else None,
                tuple(dict.fromkeys(walk.entrance for walk in lost)),
                tuple(dict.fromkeys(walk.goal for walk in lost)),
                len(lost),
            )
        )
    return tuple(sorted(breaks, key=lambda one: (-one.journeys, one.level_id, one.at)))
