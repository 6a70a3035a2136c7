"""Trying a sign plan before anything hangs: who gets lost by it, and where."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from wayfinder.checks.decision_points import Approach, DecisionPoint, Passing
from wayfinder.checks.public_places import Entrance, list_entrances, list_public_places
from wayfinder.checks.sign_legs import Leg
from wayfinder.checks.sign_messages import Traffic
from wayfinder.checks.sign_walker import Goal, Lost, SignWalker, Walk
from wayfinder.model import Sign
from wayfinder.route import Router
from wayfinder.route.journey import Point
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM

_Spot = tuple[str, int, int, str | None]
"""Level id, where to some metres, id of the sign obeyed last."""

_ONE_SPOT_M = 2.0
"""Who gets lost as near to each other as this is lost in one place (ours)."""


@dataclass(frozen=True)
class Errand:
    """Somebody who comes in by an entrance and wants to get to a place.

    Parameters
    ----------
    entrance
        The entrance.
    place
        Id of the place.
    shortest_m
        Length of the shortest way.
    """

    entrance: Entrance
    place: str
    shortest_m: float


def list_errands(router: Router, profile: str = "walk") -> tuple[Errand, ...]:
    """List all errands from public entrances to public places for which there is a way."""
    return tuple(_list_errands(router, profile))


def _list_errands(router: Router, profile: str) -> Iterator[Errand]:
    network, search = router.network, router.search
    runs, index = Runs(network, search, router.schedule), search.table.index
    for place in list_public_places(network):
        ends = [index[node] for node in network.places.get(place.id, ())]
        for entrance in list_entrances(network):
            leg = search.find_leg([index[entrance.node]], ends, profile, CALM) if ends else None
            if leg is not None:
                made = runs.make(leg.path)
                yield Errand(entrance, place.id, sum(run.length_m for run in made))


def try_signs(router: Router, signs: Sequence[Sign], errands: Sequence[Errand]) -> tuple[Walk, ...]:
    """Walk all errands by signs alone.

    Parameters
    ----------
    router
        The router of a plan that has the signs.
    signs
        The signs with their messages.
    errands
        Who goes where.
    """
    plan = router.network.plan
    walker = SignWalker(router, signs)
    goals: dict[str, Goal | None] = {}
    walks = []
    for errand in errands:
        if errand.place not in goals:
            goals[errand.place] = walker.make_goal(plan[errand.place])
        goal = goals[errand.place]
        if goal is not None:
            walks.append(walker.walk(errand.entrance, goal, errand.shortest_m))
    return tuple(walks)


def list_lost(traffic: Traffic, signs: Sequence[Sign], walks: Sequence[Walk]) -> Traffic:
    """Add to the traffic who got lost, where they stood: each spot a decision point of its own."""
    points = {sign.id: sign.point for sign in signs}
    spots: dict[_Spot, dict[str, Point]] = defaultdict(dict)
    for walk in walks:
        if walk.lost is Lost.NO_SIGN:
            x, y = (round(value / _ONE_SPOT_M) for value in walk.at)
            last = walk.signs[-1] if walk.signs else None
            spots[walk.level_id, x, y, last].setdefault(walk.goal, walk.at)
    legs: list[Leg] = []
    approaches = []
    for (level_id, _, _, last), goals in spots.items():
        point = next(iter(goals.values()))
        first = len(traffic.legs) + len(legs)
        legs += [Leg("", goal, (), 0.0, np.array([point]), (level_id,)) for goal in sorted(goals)]
        passings = tuple(Passing(number, 0) for number in range(first, first + len(goals)))
        place, obeyed = DecisionPoint(level_id, point), points.get(last or "")
        approaches.append(Approach(place, (0.0, 1.0), passings, lost=True, obeyed=obeyed))
    return traffic.add(legs, approaches)
