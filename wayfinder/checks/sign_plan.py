"""A sign plan: the fewest faces, where they hang, what they say, and where nothing helps."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wayfinder.checks.decision_points import find_decision_points
from wayfinder.checks.sign_candidates import Candidates
from wayfinder.checks.sign_growth import Growth
from wayfinder.checks.sign_trial import list_errands
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.graph import build_network
from wayfinder.model import Feature, Plan, Sign, make_feature
from wayfinder.model.values import read_object
from wayfinder.route import Router

ROUNDS = 30
"""Rounds of walking and mending, at most (ours)."""

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
    rounds
        How often somebody walks by the signs planned so far, and is told more where he is lost.
    """
    network = router.network
    points = find_decision_points(SignWalker(router, ()))
    known = {sign.id for sign in kept}
    further = [one for one in Candidates(network, fit).list_for(points) if one.id not in known]
    pool = [replace(sign, messages=()) for sign in (*kept, *further)]
    hung = Router(build_network(add_signs(network.plan, pool), network))
    walker = SignWalker(hung, pool)
    errands = [one for one in list_errands(hung) if one.place in walker.goals]
    growth = Growth(walker, range(len(kept)), errands)
    growth.grow(rounds)
    growth.fill(FILLS)
    growth.grow(rounds)
    signs = tuple(
        replace(pool[number], messages=growth.boards.get_lines(number))
        for number in sorted(growth.hung)
        if number < len(kept) or growth.boards.get_lines(number)
    )
    return SignPlan(
        signs,
        _list_gaps(growth),
        len(errands),
        growth.arrived,
        len(points),
        growth.gap,
        growth.solved,
    )


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
