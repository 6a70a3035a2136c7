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
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM

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
                made = runs.make(leg.path, profile, CALM)
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


def list_lost(traffic: Traffic, walks: Sequence[Walk]) -> Traffic:
    """Add to the traffic who got lost, where they stood: each spot a decision point of its own."""
    spots: defaultdict[tuple[str, float, float], set[str]] = defaultdict(set)
    for walk in walks:
        if walk.lost is Lost.NO_SIGN:
            x, y = (round(value / _ONE_SPOT_M) * _ONE_SPOT_M for value in walk.at)
            spots[walk.level_id, x, y].add(walk.goal)
    at = {
        (w.level_id, *(round(v / _ONE_SPOT_M) * _ONE_SPOT_M for v in w.at)): w.at
        for w in walks
        if w.lost is Lost.NO_SIGN
    }
    legs: list[Leg] = []
    approaches = []
    for key, goals in sorted(spots.items()):
        first = len(traffic.legs) + len(legs)
        point = at[key]
        legs += [Leg("", goal, (), 0.0, np.array([point]), (key[0],)) for goal in sorted(goals)]
        passings = tuple(Passing(number, 0) for number in range(first, first + len(goals)))
        place = DecisionPoint(key[0], point)
        approaches.append(Approach(place, (0.0, 1.0), passings, lost=True))
    return traffic.add(legs, approaches)
