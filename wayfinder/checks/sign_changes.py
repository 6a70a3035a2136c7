"""Which mounted signs an edit or a closure has made wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import dist, radians

import numpy as np

from wayfinder.checks.sign_faults import Nodes, list_obeyed
from wayfinder.checks.sign_outlets import Mask, Outlets
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.guide.bends import apart_deg
from wayfinder.guide.groups import get_groups
from wayfinder.model import Arrow, Feature, Level, Message, Plan, Sign, Unit
from wayfinder.model.categories import ALIKE
from wayfinder.presets import list_kinds
from wayfinder.route import Router

_MOVED_M, _TURNED_DEG, _BEHIND_M = 0.5, 10.0, 0.5


_Ends = tuple[Nodes, Nodes]
"""The nodes of a place before and after."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is printed on a mounted sign and no longer right.

    Parameters
    ----------
    sign
        Id of the sign.
    code
        ``removed``, ``moved``, ``wall-gone``: about the face; ``gone``, ``renamed``, ``no-way``,
        ``arrow``: about a message, or ``renamed`` about the place where it hangs; ``reworded``: the
        plan gives the face other messages, or a directory other places to list.
    to
        Id of what the message names, of the place that is called something else, or None.
    printed, right
        The arrow that is printed, and the one that would be right; None where there is none.
    """

    sign: str
    code: str
    to: str | None = None
    printed: Arrow | None = None
    right: Arrow | None = None


def list_wrong(
    before: tuple[Router, SignWalker],
    after: tuple[Router, SignWalker],
    same: Mapping[str, str] | None = None,
) -> tuple[Wrong, ...]:
    """List what of the signs that hang is wrong after a change.

    An arrow is judged by the places that people obey it for. It is wrong where it was right and the
    way goes elsewhere now, to more than half of them that there still is a way to, and another
    arrow leads to more of them.

    Parameters
    ----------
    before, after
        Router and walker of the plan that the signs were printed from, and of the plan, or the
        time, that is to be; each with what is printed on them, or would be.
    same
        Ids of signs that have another id now, each with that one.

    Returns
    -------
    tuple of Wrong
        By sign in the order of the old plan, each under the id that it has now.
    """
    return tuple(_Comparison(before, after, same or {}).list())


class _Comparison:
    """Compares two plans, or one at two times."""

    def __init__(
        self,
        before: tuple[Router, SignWalker],
        after: tuple[Router, SignWalker],
        same: Mapping[str, str],
    ) -> None:
        self._old, self._new = before[1], after[1]
        now = {sign.id: number for number, sign in enumerate(self._new.signs)}
        ids = ((old, same.get(sign.id, sign.id)) for old, sign in enumerate(self._old.signs))
        self._pairs = [(old, now[key]) for old, key in ids if key in now]
        olds, news = [old for old, _ in self._pairs], [new for _, new in self._pairs]
        self._ways = Outlets(*before, olds), Outlets(*after, news)
        self._same: dict[_Ends, Mask] = {}
        self._listed: bool | None = None

    def list(self) -> Iterator[Wrong]:
        columns = {old: column for column, (old, _) in enumerate(self._pairs)}
        for number, sign in enumerate(self._old.signs):
            if number in columns:
                yield from self._judge(columns[number])
            else:
                yield Wrong(sign.id, "removed")

    def _judge(self, column: int) -> Iterator[Wrong]:
        old, new = self._pairs[column]
        sign, current = self._old.signs[old], self._new.signs[new]
        if _is_moved(sign, current):
            yield Wrong(current.id, "moved")
        elif self._has_lost_wall(sign, current):
            yield Wrong(current.id, "wall-gone")
        found = [*self._list_renamed(sign, current)]
        for message, goals in list_obeyed(self._old, old).items():
            wrong = self._judge_message(column, message, goals)
            found += [wrong] if wrong is not None else []
        yield from found
        said = [{message.to: message.arrow for message in one.messages} for one in (sign, current)]
        if not found and (said[0] != said[1] or self._lists_otherwise(sign, current)):
            yield Wrong(current.id, "reworded")

    def _lists_otherwise(self, sign: Sign, current: Sign) -> bool:
        """Tell whether a directory lists what the plan has no more, or had not."""
        if sign.directory != current.directory:
            return True
        if sign.directory and self._listed is None:
            self._listed = _list_places(self._old) != _list_places(self._new)
        return sign.directory and bool(self._listed)

    def _list_renamed(self, sign: Sign, current: Sign) -> Iterator[Wrong]:
        """Yield what a sign says of where it hangs that is called something else now."""
        plans = self._old.network.plan, self._new.network.plan
        if _is_moved(sign, current):
            return
        for key in _list_around(plans[0], sign):
            if key in plans[1] and _is_renamed(*plans, key):
                yield Wrong(current.id, "renamed", key)

    def _judge_message(
        self, column: int, message: Message, goals: Mapping[str, Nodes]
    ) -> Wrong | None:
        _, new = self._pairs[column]
        sign_id, to = self._new.signs[new].id, message.to
        plans = self._old.network.plan, self._new.network.plan
        if to not in plans[1]:
            return Wrong(sign_id, "gone", to, message.arrow) if to in plans[0] else None
        if _is_renamed(*plans, to):
            return Wrong(sign_id, "renamed", to, message.arrow)
        pairs = [(nodes, self._find_now(to, key)) for key, nodes in goals.items()]
        pairs = [(was, now) for was, now in pairs if now]
        before, after = self._ways
        led = [ends for ends in pairs if after.begin(ends[1]).leads[column]]
        if not led:
            had = any(before.begin(was).leads[column] for was, _ in pairs)
            return Wrong(sign_id, "no-way", to, message.arrow) if had else None
        broken = [ends for ends in led if self._is_broken(column, message.arrow, ends)]
        if 2 * len(broken) <= len(led):
            return None
        right = self._find_right(new, message.arrow, [now for _, now in led])
        return None if right is None else Wrong(sign_id, "arrow", to, message.arrow, right)

    def _find_right(self, number: int, arrow: Arrow, ends: Sequence[Nodes]) -> Arrow | None:
        """Return the arrow that leads to most places; None where the printed one does."""
        after = self._ways[1]
        counts = Counter(after.point(number, one) for one in ends)
        served = {
            one: sum(after.serves(number, one, now) for now in ends)
            for one, _ in [*counts.most_common(), (arrow, 0)]
            if one is not None
        }
        best = max(served, key=lambda one: served[one], default=arrow)
        return None if served.get(arrow, 0) >= served.get(best, 0) else best

    def _is_broken(self, column: int, arrow: Arrow, ends: _Ends) -> bool:
        """Tell whether an arrow led to a place and does no longer."""
        (before, after), (was, now), (old, new) = self._ways, ends, self._pairs[column]
        if ends not in self._same:
            self._same[ends] = before.compare(was, after, now)
        hangs = not _is_moved(self._old.signs[old], self._new.signs[new])
        if hangs and self._same[ends][column]:
            return False
        return before.serves(old, arrow, was) and not after.serves(new, arrow, now)

    def _find_now(self, to: str, goal_id: str) -> Nodes:
        """Return the nodes where one has arrived now; none where that is no longer meant."""
        network = self._new.network
        goal = self._new.goals.get(goal_id)
        group = get_groups(network.plan).find_group(to)
        if group is not None and (goal is None or group.id not in goal.groups):
            return frozenset()
        nodes = goal.nodes if goal is not None else frozenset(network.places.get(goal_id, ()))
        if goal_id == to and not self._ways[1].is_open(nodes):
            return self._find_alike(to) or nodes
        return nodes

    def _find_alike(self, feature_id: str) -> Nodes:
        """Return the nodes of the lifts, or toilets, on the floor of one that is closed."""
        network = self._new.network
        plan, nodes = network.plan, network.graph.nodes
        kind = list_kinds(plan[feature_id].category)[-1]
        own = network.places.get(feature_id, ())
        if kind not in ALIKE or not own:
            return frozenset()
        level = nodes[own[0]]["level"]
        return frozenset(
            node
            for unit in plan.list_on(level, Unit)
            if list_kinds(unit.category)[-1] == kind
            for node in network.places.get(unit.id, ())
            if self._ways[1].is_open(frozenset({node}))
        )

    def _has_lost_wall(self, sign: Sign, current: Sign) -> bool:
        fixed = sign.mounting in {"wall", "door"}
        return fixed and _has_wall(self._old, sign) and not _has_wall(self._new, current)


def _list_places(walker: SignWalker) -> Mapping[str, object]:
    """Return what directories say of each place: its name, floor, zone and building."""
    plan = walker.network.plan
    groups = get_groups(plan)
    return {key: (_list_labels(plan[key]), groups.list_groups(key)) for key in walker.goals}


def _list_around(plan: Plan, sign: Sign) -> Iterator[str]:
    """Yield the ids of the place, floor and building that a sign names as its own."""
    yield sign.unit_id
    yield sign.level_id
    level = plan.find(sign.level_id, Level)
    yield from level.building_ids if level is not None else ()


def _is_renamed(old: Plan, new: Plan, feature_id: str) -> bool:
    was, now = old.features.get(feature_id), new[feature_id]
    return was is not None and _list_labels(was) != _list_labels(now)


def _list_labels(feature: Feature) -> tuple[Mapping[str, str], Mapping[str, str]]:
    short = feature.short_name if isinstance(feature, Level) else None
    return dict(feature.name or {}), dict(short or {})


def _is_moved(sign: Sign, now: Sign) -> bool:
    if sign.level_id != now.level_id or dist(sign.point, now.point) > _MOVED_M:
        return True
    if sign.bearing_deg is None or now.bearing_deg is None:
        return sign.bearing_deg is not now.bearing_deg
    return apart_deg(sign.bearing_deg, now.bearing_deg) > _TURNED_DEG


def _has_wall(walker: SignWalker, sign: Sign) -> bool:
    """Tell whether there is a wall behind a face."""
    region = walker.sight.find_region(sign.level_id, sign.point)
    if region is None or sign.bearing_deg is None:
        return region is None
    turned = radians(sign.bearing_deg)
    back = np.array([[-np.sin(turned), -np.cos(turned)]])
    start = np.array([sign.point]) - back * 0.1
    return float(region.reach_m(start, back)[0]) <= _BEHIND_M
