"""What is wrong with single signs: where they hang, what they say, where their arrows lead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import dist, inf

import numpy as np
from numpy.typing import NDArray

from wayfinder.checks.sight import see_each
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Stance
from wayfinder.guide.groups import get_groups
from wayfinder.model import Arrow, Sign
from wayfinder.route import Router
from wayfinder.route.targets import Targets
from wayfinder.route.trees import make_tree_and_costs

MOST_LINES = 8
"""Messages on one face (house figure)."""

DETOUR_S = 30.0
"""An arrow that costs more than this leads astray (house figure)."""

_CLEAR_M = 1.0
"""A face with a wall nearer than this before it is read by nobody (ours)."""

_TOLD_M, _WATCHED_M, _NEAR_M = 6.0, 40.0, 8.0
_PASSED_S = 4.0
_TOGETHER_M = 8.0


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
            for message in sign.messages
            if message.to not in walker.network.plan
        )
    yield from _find_disagreements(walker)


def _find_disagreements(walker: SignWalker) -> Iterator[Fault]:
    """Yield pairs of signs side by side, read at once, that send one place two ways."""
    for one, other in combinations(range(len(walker.signs)), 2):
        first, second = walker.signs[one], walker.signs[other]
        if first.level_id != second.level_id or dist(first.point, second.point) > _TOGETHER_M:
            continue
        if first.facing_deg is None or second.facing_deg is None:
            continue
        turned = abs((first.facing_deg - second.facing_deg + 180) % 360 - 180)
        if turned > 30.0:
            continue
        arrows = {message.to: message.arrow for message in first.messages}
        for message in second.messages:
            if _is_opposite(arrows.get(message.to), message.arrow):
                yield Fault("disagree", second.id, message.to, first.id)


_ROUND = (
    *(Arrow.AHEAD, Arrow.AHEAD_RIGHT, Arrow.RIGHT, Arrow.BACK_RIGHT),
    *(Arrow.BACK, Arrow.BACK_LEFT, Arrow.LEFT, Arrow.AHEAD_LEFT),
)


def _is_opposite(one: Arrow | None, other: Arrow) -> bool:
    """Tell whether two arrows, read side by side, lead more than a right angle apart."""
    if one is None or one is other:
        return False
    if one in _ROUND and other in _ROUND:
        apart = abs(_ROUND.index(one) - _ROUND.index(other))
        return min(apart, 8 - apart) > 2
    return {one, other} == {Arrow.UP, Arrow.DOWN}


def find_contradictions(router: Router, walker: SignWalker) -> Iterator[Fault]:
    """Yield the messages whose arrow leads where the profile's own way does not go."""
    costs = _Costs(router, walker)
    profile = walker.ways.profile
    for number, sign in enumerate(walker.signs):
        for message in sign.messages:
            found = _judge(walker, costs, number, message.to, message.arrow)
            if found is not None:
                code, extra_s = found
                yield Fault(code, sign.id, message.to, extra_s=extra_s, profiles=(profile,))


def _judge(
    walker: SignWalker, costs: "_Costs", number: int, to: str, arrow: Arrow
) -> tuple[str, float | None] | None:
    """Return what is wrong with a message for one profile, or None."""
    sign, foot = walker.signs[number], walker.get_foot(number)
    own_s = costs.find_s(sign, to)
    if foot is None or own_s is None or own_s == inf or arrow is Arrow.HERE:
        return None
    if arrow in {Arrow.UP, Arrow.DOWN}:
        seen = walker.outlooks.look([foot]).shafts
        shafts = [walker.changes.shafts[key] for key in seen if key in walker.changes.shafts]
        if any(walker.may_take(shaft) for shaft in shafts):
            return None
        return ("steps" if shafts else "into-wall"), None
    stroll = walker.strolls.follow(foot, arrow)
    if stroll is None:
        return "into-wall", None
    watched = [
        (far_m, stance)
        for far_m, stance in zip(stroll.walked_m, stroll.stances, strict=True)
        if _TOLD_M <= far_m <= _WATCHED_M
    ] or [(stroll.walked_m[-1], stroll.stances[-1])]
    extra = costs.follow_s([stance for _, stance in watched], [m for m, _ in watched], to, own_s)
    best, last = min(extra), extra[-1]
    if best > _PASSED_S and last > DETOUR_S:
        return "contradicts", last
    return None


class _Costs:
    """What it costs one profile to get from anywhere to what signs name."""

    def __init__(self, router: Router, walker: SignWalker) -> None:
        self._router = router
        self._walker = walker
        self._targets = Targets(router.network, router.schedule)
        self._speed_mps = router.profiles[walker.ways.profile].speed_mps
        self._known: dict[str, NDArray[np.float64] | None] = {}

    def _get(self, to: str) -> NDArray[np.float64] | None:
        """Return the seconds from every node to what a message names; None for what is nowhere."""
        if to not in self._known:
            group = get_groups(self._walker.network.plan).find_group(to)
            target = self._targets.find(group.id if group is not None else to)
            index = self._router.search.table.index
            roots = sorted(index[node] for node in target.feature_of_node) if target else []
            self._known[to] = self._grow(roots) if roots else None
        return self._known[to]

    def _grow(self, roots: Sequence[int]) -> NDArray[np.float64]:
        search, ways = self._router.search, self._walker.ways
        matrix = search.get_matrix(ways.profile, ways.epoch)
        layout = search.get_costs(ways.profile).layout
        return make_tree_and_costs(matrix, layout, roots)[1]

    def find_s(self, sign: Sign, to: str) -> float | None:
        """Return the seconds from a sign to what it names, inf where there is no way."""
        costs, nodes = self._get(to), self._walker.network.places.get(sign.id, ())
        if costs is None or not nodes:
            return None
        found = float(costs[self._router.search.table.index[nodes[0]]])
        return found if found < 1e6 else inf

    def follow_s(
        self, stances: Sequence[Stance], walked_m: Sequence[float], to: str, own_s: float
    ) -> list[float]:
        """Return what it costs more to have walked to each stance, in seconds."""
        costs = self._get(to)
        assert costs is not None  # noqa: S101 - asked for before
        index, nodes = self._router.search.table.index, self._walker.network.graph.nodes
        extra = []
        for stance, far_m in zip(stances, walked_m, strict=True):
            near = [
                (dist(stance.at, (nodes[n]["x"], nodes[n]["y"])), n)
                for n in stance.region.nodes
                if abs(nodes[n]["x"] - stance.at[0]) < _NEAR_M
                and abs(nodes[n]["y"] - stance.at[1]) < _NEAR_M
            ]
            eyes = np.array([stance.at] * len(near)).reshape(-1, 2)
            ends = np.array([(nodes[n]["x"], nodes[n]["y"]) for _, n in near]).reshape(-1, 2)
            seen = see_each(stance.region, eyes, ends).tolist()
            onward = [
                m / self._speed_mps + float(costs[index[n]])
                for (m, n), is_seen in zip(near, seen, strict=True)
                if is_seen
            ]
            best = min(onward, default=inf)
            extra.append(far_m / self._speed_mps + best - own_s if best < 1e6 else inf)
        return extra
