"""A sign plan: the fewest faces, where they hang, what they say, and what is left unsaid."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wayfinder.checks.decision_points import Approach
from wayfinder.checks.sign_candidates import Candidates, sort_candidates
from wayfinder.checks.sign_cover import cover
from wayfinder.checks.sign_messages import (
    Assignment,
    Gap,
    Reading,
    Traffic,
    Wishes,
    divide_lines,
    find_readings,
)
from wayfinder.checks.sign_trial import list_errands, list_lost, try_signs
from wayfinder.graph import build_network
from wayfinder.model import Feature, Plan, Sign, make_feature
from wayfinder.model.values import read_object
from wayfinder.route import Router

_ROUNDS = 6
"""Faces side by side at one decision point, at most (ours)."""

TRIALS = 4
"""Walks by a plan that is being made (ours)."""

_WALL_COST = 1.02
"""Walls a little dearer than hangers: those are read from farther away, over people's heads (ours).
"""


@dataclass(frozen=True)
class SignPlan:
    """A proposal of faces.

    Parameters
    ----------
    signs
        The faces with their messages, without codes.
    gaps
        Where something is announced nowhere: there is no wall, or no line left.
    wanted, told
        How many pairs of an approach and a place there are, and how many of them are announced.
    decision_points
        How many places there are where ways part.
    gap
        The solver's greatest gap: how far the faces of a floor are from the fewest at most.
    solved
        Whether the solver finished on all floors; else some were chosen greedily.
    """

    signs: tuple[Sign, ...]
    gaps: tuple[Gap, ...]
    wanted: int
    told: int
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
    traffic: Traffic | None = None,
    trials: int = TRIALS,
) -> SignPlan:
    """Plan the signs of a network from scratch, or beside some that hang.

    Parameters
    ----------
    router
        The router of the network.
    kept
        Faces that stay where they are; their messages are planned anew.
    traffic
        Who goes where, where that is known already.
    trials
        How often somebody walks by the signs planned so far, and faces are added where he is lost.
    """
    going = traffic or Traffic.of(router)
    draft = _extend(going, tuple(kept), going.approaches)
    signs, worst, solved = draft.signs, draft.gap, draft.solved
    errands = list_errands(router) if trials else ()
    best: tuple[int, Traffic, tuple[Sign, ...]] | None = None
    for trial in range(trials + 1):
        hung = _hang(going, signs)
        signs = _say(hung, signs, len(kept))
        walks = try_signs(hung.router, signs, errands)
        arrived = sum(walk.arrived for walk in walks)
        if best is None or arrived > best[0]:
            best = arrived, hung, signs
        if trial == trials or arrived == len(walks):
            break
        more = list_lost(hung, signs, walks)
        further = _extend(more, signs, more.approaches[len(hung.approaches) :])
        if len(further.signs) == len(signs):
            break
        going = replace(more, router=going.router)
        signs, worst = further.signs, max(worst, further.gap)
        solved = solved and further.solved
    assert best is not None  # noqa: S101 - there is one round at least
    _, hung, signs = best
    assignment = divide_lines(hung, signs, find_readings(hung, signs))
    return SignPlan(
        signs,
        assignment.gaps,
        assignment.wanted,
        assignment.told,
        len({one.place for one in hung.approaches if not one.lost}),
        worst,
        solved,
    )


@dataclass(frozen=True)
class _Draft:
    signs: tuple[Sign, ...]
    gap: float
    solved: bool


def _hang(traffic: Traffic, signs: Sequence[Sign]) -> Traffic:
    """Return the traffic on a network in which the signs hang."""
    network = traffic.network
    hung = build_network(add_signs(network.plan, signs), network)
    return replace(traffic, router=Router(hung))


def _say(traffic: Traffic, signs: Sequence[Sign], kept: int) -> tuple[Sign, ...]:
    """Return hanging signs with their messages: those that say something, or hang anyway."""
    messages = divide_lines(traffic, signs, find_readings(traffic, signs)).messages
    return tuple(
        replace(sign, messages=messages.get(sign.id, ()))
        for number, sign in enumerate(signs)
        if number < kept or sign.id in messages
    )


def _extend(traffic: Traffic, kept: Sequence[Sign], approaches: Sequence[Approach]) -> _Draft:
    """Add the fewest faces to some by which those can be told who come to some approaches."""
    candidates = sort_candidates(Candidates(traffic).list_for(approaches))
    known = {sign.id for sign in kept}
    pool = (*kept, *(one for one in candidates if one.id not in known))
    readings = find_readings(traffic, pool)
    chosen = set(range(len(kept)))
    worst, solved = 0.0, True
    wishes = Wishes(traffic, pool)
    assignment = _assign(traffic, pool, readings, chosen, wishes)
    for _ in range(_ROUNDS):
        picked, gap, done = _choose(traffic, pool, readings, chosen, assignment)
        if not picked:
            break
        chosen |= picked
        worst, solved = max(worst, gap), solved and done
        before, assignment = assignment.told, _assign(traffic, pool, readings, chosen, wishes)
        if assignment.told <= before:
            break
    used = [
        replace(pool[k], messages=assignment.messages.get(pool[k].id, ()))
        for k in sorted(chosen)
        if k < len(kept) or pool[k].id in assignment.messages
    ]
    return _Draft(tuple(used), worst, solved)


def _assign(
    traffic: Traffic,
    pool: Sequence[Sign],
    readings: Sequence[Reading],
    chosen: set[int],
    wishes: Wishes,
) -> Assignment:
    return divide_lines(traffic, pool, [one for one in readings if one.face in chosen], wishes)


def _choose(
    traffic: Traffic,
    pool: Sequence[Sign],
    readings: Sequence[Reading],
    chosen: set[int],
    assignment: Assignment,
) -> tuple[set[int], float, bool]:
    """Choose the fewest further faces by which all could be told that nobody tells yet."""
    missing = {(gap.place, gap.heading, goal) for gap in assignment.gaps for goal in gap.goals}
    needs: dict[tuple[int, int], int] = {}
    sets: defaultdict[str, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for one in readings:
        approach = traffic.approaches[one.approach]
        goal = traffic.legs[one.passing.leg].goal
        if one.face not in chosen and (approach.place, approach.heading, goal) in missing:
            thing = needs.setdefault((one.approach, one.passing.leg), len(needs))
            sets[pool[one.face].level_id][one.face].add(thing)
    picked: set[int] = set()
    worst, solved = 0.0, True
    for by_face in sets.values():
        faces = sorted(by_face)
        costs = {n: _WALL_COST for n, k in enumerate(faces) if pool[k].mounting == "wall"}
        found = cover([frozenset(by_face[k]) for k in faces], costs)
        picked |= {faces[n] for n in found.chosen}
        worst, solved = max(worst, found.gap), solved and found.solved
    return picked, worst, solved


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
