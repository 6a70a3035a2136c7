"""Which mounted signs an edit or a closure has made wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import dist, radians

import numpy as np

from wayfinder.checks.sign_walker import SignWalker
from wayfinder.guide.groups import get_groups
from wayfinder.guide.pointing import OPPOSITE, point_along
from wayfinder.model import Arrow, Message, Plan, Sign
from wayfinder.route import Router
from wayfinder.route.targets import Targets

_MOVED_M, _TURNED_DEG, _BEHIND_M = 0.5, 10.0, 0.5
_AT_HAND_M = 12.0
"""Up or down counts where lifts or stairs are as near as this (ours)."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is printed on a mounted sign and no longer right.

    Parameters
    ----------
    sign
        Id of the sign.
    code
        ``removed``, ``moved``, ``wall-gone``: about the face; ``gone``, ``renamed``, ``no-way``,
        ``arrow``: about a message; ``reworded``: the plan gives the face other messages.
    to
        Id of what the message names, or None.
    printed, right
        The arrow that is printed, and the one that would be right; None where there is none.
    """

    sign: str
    code: str
    to: str | None = None
    printed: Arrow | None = None
    right: Arrow | None = None


class Arrows:
    """Where things lie from signs, at one time.

    Parameters
    ----------
    router
        The router.
    walker
        Who walks, and when.
    """

    def __init__(self, router: Router, walker: SignWalker) -> None:
        self._walker = walker
        self._targets = Targets(router.network, router.schedule)
        self._ends: dict[str, frozenset[str]] = {}

    def find(self, sign: Sign, to: str) -> Arrow | None:
        """Return the arrow from a sign to what a message names; None where no way leads there."""
        nodes = self._walker.network.places.get(sign.id, ())
        ends = self._list_ends(to)
        if sign.facing_deg is None or not nodes or not ends:
            return None
        if nodes[0] in ends:
            return Arrow.HERE
        way = self._walker.ways.find(nodes[0], ends)
        if way is None:
            return None
        line = [point for segment in way.segments for point in segment.line]
        length_m = sum(segment.length_m for segment in way.segments)
        if way.floors and length_m <= _AT_HAND_M:
            return Arrow.UP if way.floors > 0 else Arrow.DOWN
        return point_along(line, sign.facing_deg) if len(line) > 1 else Arrow.HERE

    def _list_ends(self, to: str) -> frozenset[str]:
        if to not in self._ends:
            group = get_groups(self._walker.network.plan).find_group(to)
            target = self._targets.find(group.id if group is not None else to)
            self._ends[to] = (
                frozenset(target.feature_of_node) if target is not None else frozenset()
            )
        return self._ends[to]


def list_wrong(
    before: tuple[Router, SignWalker], after: tuple[Router, SignWalker]
) -> tuple[Wrong, ...]:
    """List what of the signs that hang is wrong after a change.

    Parameters
    ----------
    before, after
        Router and walker of the plan that the signs were printed from, and of the plan, or the
        time, that is to be.

    Returns
    -------
    tuple of Wrong
        By sign in the order of the old plan. A message whose arrow was wrong before counts only
        where it is wrong in another way now.
    """
    (_, old), (_, new) = before, after
    current = {sign.id: sign for sign in new.signs}
    arrows = Arrows(*before), Arrows(*after)
    return tuple(
        wrong
        for sign in old.signs
        for wrong in _judge(sign, current.get(sign.id), (old, new), arrows)
    )


def _judge(
    sign: Sign,
    now: Sign | None,
    walkers: tuple[SignWalker, SignWalker],
    arrows: tuple[Arrows, Arrows],
) -> Iterator[Wrong]:
    old, new = walkers
    if now is None:
        yield Wrong(sign.id, "removed")
        return
    if _is_moved(sign, now):
        yield Wrong(sign.id, "moved")
    elif sign.mounting in {"wall", "door"} and _has_wall(old, sign) and not _has_wall(new, now):
        yield Wrong(sign.id, "wall-gone")
    same = {message.to: message.arrow for message in now.messages}
    wrong = False
    for message in sign.messages:
        found = _judge_message(sign, now, message, old.network.plan, new.network.plan, arrows)
        if found is not None:
            wrong = True
            yield found
    if not wrong and same != {message.to: message.arrow for message in sign.messages}:
        yield Wrong(sign.id, "reworded")


def _judge_message(
    sign: Sign,
    now: Sign,
    message: Message,
    old: Plan,
    new: Plan,
    arrows: tuple[Arrows, Arrows],
) -> Wrong | None:
    if message.to not in new:
        return Wrong(sign.id, "gone", message.to, message.arrow)
    if message.to in old and _labels(old, message.to) != _labels(new, message.to):
        return Wrong(sign.id, "renamed", message.to, message.arrow)
    was, right = arrows[0].find(sign, message.to), arrows[1].find(now, message.to)
    if right is None:
        return None if was is None else Wrong(sign.id, "no-way", message.to, message.arrow)
    if right is was or _alike(message.arrow, right):
        return None
    return Wrong(sign.id, "arrow", message.to, message.arrow, right)


def _labels(plan: Plan, feature_id: str) -> Mapping[str, str]:
    return dict(plan[feature_id].name or {})


def _is_moved(sign: Sign, now: Sign) -> bool:
    if sign.level_id != now.level_id or dist(sign.point, now.point) > _MOVED_M:
        return True
    if sign.bearing_deg is None or now.bearing_deg is None:
        return sign.bearing_deg is not now.bearing_deg
    turned = (sign.bearing_deg - now.bearing_deg + 180.0) % 360.0 - 180.0
    return abs(turned) > _TURNED_DEG


def _has_wall(walker: SignWalker, sign: Sign) -> bool:
    """Tell whether there is a wall behind a face."""
    region = walker.sight.find_region(sign.level_id, sign.point)
    if region is None or sign.bearing_deg is None:
        return region is None
    turned = radians(sign.bearing_deg)
    back = np.array([[-np.sin(turned), -np.cos(turned)]])
    start = np.array([sign.point]) - back * 0.1
    return float(region.reach_m(start, back)[0]) <= _BEHIND_M


_ROUND = [arrow for arrow in OPPOSITE if arrow not in {Arrow.UP, Arrow.DOWN, Arrow.HERE}]


def _alike(one: Arrow, other: Arrow) -> bool:
    """Tell whether people would take two arrows for the same: at most a sector apart."""
    if one is other:
        return True
    if one not in _ROUND or other not in _ROUND:
        return False
    apart = abs(_ROUND.index(one) - _ROUND.index(other))
    return min(apart, len(_ROUND) - apart) <= 1
