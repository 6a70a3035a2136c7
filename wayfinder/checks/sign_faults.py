"""What is wrong with single signs: where they hang, what they say, where their arrows lead."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import median

import shapely

from wayfinder.checks.floor_changes import Shaft
from wayfinder.checks.sign_leads import Lead, LeadCosts, Leads
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import CLOCKWISE_DEG
from wayfinder.guide.bends import apart_deg
from wayfinder.model import Arrow, Message, Sign, list_signs
from wayfinder.model.sign import MOST_LINES
from wayfinder.route import Router
from wayfinder.route.search import ENTERING_S

Nodes = frozenset[str]

_RISES = {Arrow.UP: 1, Arrow.DOWN: -1}

DETOUR_S = 30.0
"""An arrow that costs more than this leads astray (house figure)."""

_CLEAR_M = 1.0
"""A face with a wall nearer than this before it is read by nobody (ours)."""

_PASSED_S = 4.0
"""Who comes by the place, or as near to its way as this, is not astray (ours)."""

_TOGETHER_M = 3.0
"""Signs as near as this are read as one; of others a place may well lie between them (ours)."""

_ALIKE_DEG = 30.0
"""Signs that are turned no more than this against each other are read at once (ours)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a sign.

    Parameters
    ----------
    code
        ``in-wall``, ``no-bearing``, ``faces-wall``, ``no-messages``, ``too-many``, ``unknown``,
        ``disagree``, ``contradicts``, ``steps``, ``into-wall``, ``unneeded``.
    sign
        Id of the sign.
    to
        Id of what its message names, or None.
    other
        Id of the other sign where two disagree, or None.
    extra_s
        Seconds that following it costs, where it leads astray; inf where one never arrives.
    profiles
        Whom it concerns; all where empty.
    """

    code: str
    sign: str
    to: str | None = None
    other: str | None = None
    extra_s: float | None = None
    profiles: tuple[str, ...] = ()

    def with_profiles(self, profiles: tuple[str, ...]) -> "Fault":
        """Return the same of other profiles."""
        return replace(self, profiles=profiles)


def find_faults(walker: SignWalker) -> Iterator[Fault]:
    """Yield what is wrong with the signs, whoever walks."""
    planned = {sign.id: sign for sign in list_signs(walker.network.plan)}
    for number, sign in enumerate(walker.signs):
        region = walker.outlooks.region_of_sign[number]
        if region is None:
            yield Fault("in-wall", sign.id)
        elif sign.bearing_deg is None:
            yield Fault("no-bearing", sign.id)
        elif walker.outlooks.find_clear_m(number) < _CLEAR_M:
            yield Fault("faces-wall", sign.id)
        if not sign.messages:
            yield Fault("no-messages", sign.id)
        if len(sign.messages) > MOST_LINES:
            yield Fault("too-many", sign.id)
        yield from (
            Fault("unknown", sign.id, message.to)
            for message in planned.get(sign.id, sign).messages  # it is never printed
            if message.to not in walker.network.plan
        )
    yield from _find_disagreements(walker)


def _find_disagreements(walker: SignWalker) -> Iterator[Fault]:
    """Yield pairs of signs side by side, read at once, that send one place two ways."""
    for one, other in _list_pairs(walker.signs):
        first, second = walker.signs[one], walker.signs[other]
        if first.facing_deg is None or second.facing_deg is None:
            continue
        if apart_deg(first.facing_deg, second.facing_deg) > _ALIKE_DEG:
            continue
        arrows = {message.to: message.arrow for message in first.messages}
        for message in second.messages:
            if _is_opposite(arrows.get(message.to), message.arrow):
                yield Fault("disagree", second.id, message.to, first.id)


def _list_pairs(signs: Sequence[Sign]) -> list[tuple[int, int]]:
    """List the pairs of signs of one floor that hang side by side, by index."""
    on_level: defaultdict[str, list[int]] = defaultdict(list)
    for number, sign in enumerate(signs):
        on_level[sign.level_id].append(number)
    pairs = []
    for numbers in on_level.values():
        points = shapely.points([signs[number].point for number in numbers])
        near = shapely.STRtree(points).query(points, predicate="dwithin", distance=_TOGETHER_M)
        pairs += [(numbers[a], numbers[b]) for a, b in near.T.tolist() if a < b]
    return sorted(pairs)


def _is_opposite(one: Arrow | None, other: Arrow) -> bool:
    """Tell whether two arrows, read side by side, lead more than a right angle apart."""
    if one is None:
        return False
    if one in CLOCKWISE_DEG and other in CLOCKWISE_DEG:
        return apart_deg(CLOCKWISE_DEG[one], CLOCKWISE_DEG[other]) > 90.0
    return {one, other} == {Arrow.UP, Arrow.DOWN}


def find_contradictions(
    router: Router, walker: SignWalker, leads: Leads | None = None
) -> Iterator[Fault]:
    """Yield the messages whose arrow leads where the profile's own way does not go.

    Judged for those who would obey the message; that of a group contradicts where it leads more
    than half of them astray.

    Parameters
    ----------
    router
        The router.
    walker
        Who walks, and when.
    leads
        Where the arrows of these signs lead at that time, where it is known from another profile.
    """
    judge = _Judge(walker, leads or Leads(router, walker), LeadCosts(router, walker))
    profile = walker.ways.profile
    for number, sign in enumerate(walker.signs):
        for message, goals in list_obeyed(walker, number).items():
            found = judge.judge(number, message, list(goals.values()))
            if found is not None:
                code, extra_s = found
                yield Fault(code, sign.id, message.to, extra_s=extra_s, profiles=(profile,))


def list_obeyed(walker: SignWalker, number: int) -> Mapping[Message, Mapping[str, Nodes]]:
    """List the messages of a sign, each with the places that people obey it for.

    Returns
    -------
    mapping of Message to mapping of str to frozenset of str
        Place id to the nodes where one has arrived. Where nobody obeys a message for a public
        place, what it names itself: nothing that anybody asks the way to, such as a toilet.
    """
    sign = walker.signs[number]
    obeyed: dict[Message, dict[str, Nodes]] = {message: {} for message in sign.messages}
    for goal in walker.goals.values():
        said = walker.read(number, goal)
        if said is not None:
            obeyed[said.message][goal.id] = goal.nodes
    places = walker.network.places
    for message, goals in obeyed.items():
        if not goals and places.get(message.to):
            goals[message.to] = frozenset(places[message.to])
    return obeyed


class _Judge:
    """Judges where arrows lead one profile."""

    def __init__(self, walker: SignWalker, leads: Leads, costs: LeadCosts) -> None:
        self._walker = walker
        self._leads = leads
        self._costs = costs

    def judge(
        self, number: int, message: Message, goals: Sequence[Nodes]
    ) -> tuple[str, float | None] | None:
        """Return what is wrong with an arrow, and how many seconds it costs; or None."""
        costs, arrow = self._costs, message.arrow
        reached = [ends for ends in goals if costs.find_from_sign_s(number, ends) < inf]
        if not reached or self._walker.get_foot(number) is None:
            return None
        if arrow is Arrow.HERE:
            far_s = min(costs.find_from_sign_s(number, ends) for ends in reached)
            return ("contradicts", far_s) if far_s > DETOUR_S else None
        if arrow in _RISES:
            # a lift itself may be told by an arrow up or down: which floor one goes to is not said
            named = message.to in self._walker.changes.shafts
            return self._judge_floors(number, _RISES[arrow], () if named else reached)
        lead = self._leads.find(number, arrow)
        extra = [self._measure_extra_s(number, arrow, lead, ends) for ends in reached]
        astray = [extra_s for extra_s in extra if extra_s > 0.0]
        if 2 * len(astray) <= len(reached):
            return None
        return ("into-wall", None) if lead is None else ("contradicts", median(astray))

    def _judge_floors(
        self, number: int, rises: int, goals: Sequence[Nodes]
    ) -> tuple[str, None] | None:
        """Return what is wrong with an arrow up (1) or down (-1), or None."""
        walker = self._walker
        foot = walker.get_foot(number)
        assert foot is not None  # noqa: S101 - asked for before
        seen = walker.outlooks.look([foot]).shafts
        shafts = [walker.changes.shafts[key] for key in seen if key in walker.changes.shafts]
        going = [shaft for shaft in shafts if self._goes(shaft, foot.level_id, rises)]
        if not any(walker.may_take(shaft) for shaft in going):
            return ("steps" if going else "into-wall"), None
        astray = [ends for ends in goals if self._lies_otherwise(number, ends, rises)]
        return ("contradicts", None) if 2 * len(astray) > len(goals) else None

    def _goes(self, shaft: Shaft, level_id: str, rises: int) -> bool:
        """Tell whether a lift or stairs go up, or down, from a floor."""
        return any(self._climb(level_id, other) * rises > 0 for other in shaft.to)

    def _lies_otherwise(self, number: int, ends: Nodes, rises: int) -> bool:
        """Tell whether a place is neither up, or down, nor the way to it goes there first."""
        walker = self._walker
        sign, nodes = walker.signs[number], walker.network.graph.nodes
        if any(self._climb(sign.level_id, nodes[node]["level"]) * rises > 0 for node in ends):
            return False
        way = walker.ways.find(walker.network.places[sign.id][0], ends)
        return way is not None and way.floors * rises <= 0

    def _climb(self, level_id: str, other_id: str) -> float:
        """Return how many storeys a floor lies above another one, negative below."""
        get_ordinal = self._walker.changes.get_ordinal
        return get_ordinal(other_id) - get_ordinal(level_id)

    def _measure_extra_s(self, number: int, arrow: Arrow, lead: Lead | None, ends: Nodes) -> float:
        """Return the seconds that an arrow costs on the way to a place; 0 where it is right."""
        walker, costs = self._walker, self._costs
        extra_s = inf
        if lead is not None:
            onward_s = lead.measure_s(costs.measure_s(ends), costs.speed_mps)
            extra = onward_s - costs.find_from_sign_s(number, ends)
            extra_s = float(extra[-1]) if extra[-1] < ENTERING_S / 2 else inf
            if extra.min() <= _PASSED_S or extra_s <= DETOUR_S:
                return 0.0
        way = walker.ways.find(walker.network.places[walker.signs[number].id][0], ends)
        return 0.0 if way is not None and walker.arrows.agrees(number, arrow, way) else extra_s
