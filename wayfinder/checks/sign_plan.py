"""A sign plan: the fewest faces, where they hang, what they say, and where nothing helps."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wayfinder.checks.decision_points import find_decision_points, gather
from wayfinder.checks.sign_candidates import Candidates
from wayfinder.checks.sign_errands import list_errands
from wayfinder.checks.sign_growth import Growth
from wayfinder.checks.sign_messages import Boards
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.graph import build_network
from wayfinder.model import Feature, Plan, Sign, make_feature
from wayfinder.model.values import read_object
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch

ROUNDS = 30
"""Rounds of walking and mending, at most (ours)."""

CLOSER, CLOSER_M = 2, 1.0
"""How often faces are tried closer together where people are lost in the end (ours)."""

ENOUGH = 0.99
"""With a larger share of arrivals nothing more is tried (ours)."""

RETURNS = 2
"""How often each walker goes again after the others (ours)."""

FILLS = 3
"""Rounds in which faces that nobody needed unlearn what misleads (ours)."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gap:
    """Where somebody is lost, whatever faces one could hang.

    Parameters
    ----------
    level_id, point
        Where, in metres.
    goals
        Ids of the places that he looks for, in order.
    """

    level_id: str
    point: Point
    goals: tuple[str, ...]


@dataclass(frozen=True)
class SignPlan:
    """A proposal of faces.

    Parameters
    ----------
    signs
        The faces with their messages, without codes.
    gaps
        Where people are lost all the same: there is no wall, or no line left.
    journeys, arrived
        How many journeys there are from public entrances to public places, and how many of them
        arrive by these faces alone.
    decision_points
        How many places there are where one must be told how to go on.
    gap
        The solver's greatest gap: how far the faces of a floor are from the fewest at most.
    solved
        Whether the solver finished on all floors; else some were chosen greedily.
    """

    signs: tuple[Sign, ...]
    gaps: tuple[Gap, ...]
    journeys: int
    arrived: int
    decision_points: int
    gap: float
    solved: bool

    @property
    def lines(self) -> int:
        """How many lines all faces have together."""
        return sum(len(sign.messages) for sign in self.signs)


def plan_signs(
    router: Router,
    *,
    kept: Sequence[Sign] = (),
    fit: Callable[[Sign], Sign | None] = lambda sign: sign,
    walkers: Sequence[tuple[str, Epoch]] = (("walk", CALM),),
    rounds: int = ROUNDS,
) -> SignPlan:
    """Plan the signs of a network from scratch, or beside some that hang.

    Parameters
    ----------
    router
        The router of the network.
    kept
        Faces that stay where they are; their messages are planned anew.
    fit
        Returns a further face as it can hang, or None where it cannot.
    walkers
        For whom: profile, and what is open and closed. The journeys counted are the first one's;
        for the others more is said, and nothing that the first one needs is unsaid.
    rounds
        How often somebody walks by the signs planned so far, and is told more where he is lost.
    """
    candidates = Candidates(router.network, fit)
    points = [
        point
        for profile, epoch in walkers
        for point in find_decision_points(SignWalker(router, (), profile=profile, epoch=epoch))
    ]
    pool = _add([replace(sign, messages=()) for sign in kept], candidates.list_for(points))
    pool, growths = _try_closer(router, candidates, pool, len(kept), walkers, rounds)
    first = growths[0]
    signs = tuple(
        replace(pool[number], messages=first.boards.get_lines(number))
        for number in sorted(first.hung)
        if number < len(kept) or first.boards.get_lines(number)
    )
    return SignPlan(
        signs,
        _list_gaps(first),
        first.journeys,
        first.arrived,
        len(points),
        max(one.gap for one in growths),
        all(one.solved for one in growths),
    )


def _try_closer(
    router: Router,
    candidates: Candidates,
    pool: list[Sign],
    kept: int,
    walkers: Sequence[tuple[str, Epoch]],
    rounds: int,
) -> tuple[list[Sign], list[Growth]]:
    """Let a plan grow; where many are lost in the end try faces closer together there."""
    growths = _grow(router, pool, kept, walkers, rounds)
    for _ in range(CLOSER):
        if growths[0].arrived >= ENOUGH * growths[0].journeys:
            break
        more = candidates.list_for(gather(growths[0].list_passed(), CLOSER_M))
        closer = _add(pool, more)
        if len(closer) == len(pool):
            break
        again = _grow(router, closer, kept, walkers, rounds)
        if again[0].arrived <= growths[0].arrived:
            break
        pool, growths = closer, again
    return pool, growths


def _add(pool: Sequence[Sign], further: Sequence[Sign]) -> list[Sign]:
    known = {sign.id for sign in pool}
    return [*pool, *(sign for sign in further if sign.id not in known)]


def _grow(
    router: Router,
    pool: Sequence[Sign],
    kept: int,
    walkers: Sequence[tuple[str, Epoch]],
    rounds: int,
) -> list[Growth]:
    """Let the plan grow for one walker after the other, and in the end for the first again."""
    network = router.network
    hung = Router(build_network(add_signs(network.plan, pool), network))
    sent = [SignWalker(hung, pool, profile=profile, epoch=epoch) for profile, epoch in walkers]
    boards, faces = Boards(sent), set(range(kept))
    growths = []
    for number, walker in enumerate(sent):
        errands = [one for one in list_errands(hung, *walkers[number]) if one.place in walker.goals]
        growths.append(Growth(walker, boards, faces, errands, first=number == 0))
    for growth in growths:
        growth.grow(rounds)
    for _ in range(RETURNS if len(growths) > 1 else 0):
        for growth in growths:
            growth.grow(rounds)
    growths[0].fill(FILLS)
    for growth in (*growths[1:], growths[0]):
        growth.grow(rounds)
    return growths


def _list_gaps(growth: Growth) -> tuple[Gap, ...]:
    """List where people are lost in the end, the most first."""
    goals: defaultdict[tuple[str, Point], set[str]] = defaultdict(set)
    for walk in growth.list_lost():
        x, y = walk.at
        goals[walk.level_id, (round(x, 0), round(y, 0))].add(walk.goal)
    found = [Gap(level_id, at, tuple(sorted(lost))) for (level_id, at), lost in goals.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.goals), one.level_id, one.point)))


def add_signs(plan: Plan, signs: Sequence[Sign]) -> Plan:
    """Return a plan with signs added, or with the messages of those that it has replaced."""
    return plan.with_features(*(_make_amenity(plan, sign) for sign in signs))


def _make_amenity(plan: Plan, sign: Sign) -> Feature:
    messages = [{"to": one.to, "arrow": str(one.arrow)} for one in sign.messages]
    if sign.id in plan:
        feature = plan[sign.id]
        placed = {**read_object(feature.wayfinder, "sign"), "messages": messages or None}
        placed = {key: value for key, value in placed.items() if value is not None}
        return feature.with_wayfinder(sign=placed)
    lon, lat = plan.frame.to_degrees(*sign.point)
    placed = {"bearing_deg": sign.bearing_deg, "mounting": sign.mounting, "messages": messages}
    properties = {
        "category": "signage",
        "accessibility": None,
        "name": None,
        "alt_name": None,
        "hours": None,
        "phone": None,
        "website": None,
        "unit_ids": [sign.unit_id],
        "address_id": None,
        "correlation_id": None,
        "wayfinder": {"sign": placed},
    }
    geometry = {"type": "Point", "coordinates": [round(lon, 8), round(lat, 8)]}
    return make_feature(sign.id, "amenity", geometry, properties)
