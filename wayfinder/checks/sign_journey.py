"""One walk by signs alone, from an entrance to where one arrives or is lost."""

from math import dist
from typing import TYPE_CHECKING

from wayfinder.checks.floor_changes import Shaft
from wayfinder.checks.outlooks import Outlook
from wayfinder.checks.public_places import Entrance
from wayfinder.checks.sign_walk import Goal, Lost, Said, Trace, Walk
from wayfinder.checks.stroll import Halt, Stance
from wayfinder.model import Arrow, Message

if TYPE_CHECKING:
    from wayfinder.checks.sign_walker import SignWalker

_DECISION_M = 15.0
"""At a choice the signs as near as this count first (ours)."""

SAME_M = 1.5
"""Faces as near to each other as this are read together (ours)."""

_HERE_M = 15.0
_FLOOR_M = 10.0
"""Metres that a floor counts for in how far somebody has walked (ours)."""


class Journey:
    """One walk in the making."""

    def __init__(self, walker: "SignWalker", entrance: Entrance, goal: Goal, most_m: float) -> None:
        self._walker = walker
        self._entrance = entrance
        self._goal = goal
        self._most_m = most_m
        self.obeyed: list[int] = []
        self._last: Said | None = None
        self._walked_m = 0.0
        self._stance: Stance | None = None
        self.traces: list[Trace] = []

    def go(self) -> Walk:
        """Walk until one has arrived or is lost."""
        found: Trace | Walk | None = self._walker.get_start(self._entrance, self._goal)
        while isinstance(found, Trace):
            self.traces.append(found)
            found = self._look_out(found)
        if found is None:
            raise ValueError(f"no way leads from {self._entrance.id} to {self._goal.id}")
        return found

    def _look_out(self, trace: Trace) -> Trace | Walk:
        """Walk along a trace to what happens first."""
        walker, goal, outlook = self._walker, self._goal, trace.outlook
        there = min(
            (outlook.places[key] for key in goal.plates if key in outlook.places), default=None
        )
        sign = self._find_sign(trace, there)
        shaft = self._find_shaft(outlook)
        if there is not None and (sign is None or there <= sign[0]):
            return self._end(trace, there)
        if shaft is not None and (sign is None or shaft[0] < sign[0]):
            self._go_to(trace, shaft[0])
            return self._ride(shaft[1], goal.level_id)
        if sign is None:
            self._go_to(trace, len(trace.stroll.stances) - 1)
            return self._take_what_is_there() or self._get_stuck(trace)
        index, number, said = sign
        self._go_to(trace, index)
        stance = trace.stroll.stances[index]
        if any(key in walker.approach(stance, number).places for key in goal.plates):
            return self._make(None)
        return self._obey(stance, number, said)

    def _find_sign(self, trace: Trace, before: int | None) -> tuple[int, int, Said] | None:
        """Return where on a trace a sign is obeyed, the sign, and what it says.

        Under a sign that one comes by one does as it says; other signs that one has read count
        where one would have to choose.
        """
        stances = trace.stroll.stances
        last = len(stances) - 1 if before is None else before - 1
        for index, numbers in trace.passed:
            if index > last:
                break
            fresh = {n: said for n in numbers if (said := self._read(n)) is not None}
            if fresh:
                number = min(fresh, key=lambda n: fresh[n].rank)
                return index, number, fresh[number]
        if before is not None:
            return None
        read = {n: said for n in sorted(trace.legible) if (said := self._read(n)) is not None}
        if not read:
            return None
        here = stances[-1].at
        near = {n: dist(here, self._walker.outlooks.get_reading_point(n)) for n in read}
        number = min(read, key=lambda n: (near[n] > _DECISION_M, read[n].rank, near[n]))
        return last, number, read[number]

    def _read(self, number: int) -> Said | None:
        """Return what a sign says, but those that one has obeyed and those on their backs."""
        said = self._walker.read(number, self._goal)
        return None if said is None or self.is_spent(number) else said

    def is_spent(self, number: int) -> bool:
        """Tell whether one has obeyed a sign, or one on its back or beside it."""
        signs = self._walker.signs
        point = signs[number].point
        return any(dist(point, signs[one].point) < SAME_M for one in self.obeyed)

    def _find_shaft(self, outlook: Outlook) -> tuple[int, str] | None:
        """Return the first lift or stairs in sight to the floor that one was sent to."""
        walker, goal, last = self._walker, self._goal, self._last
        if last is None or not walker.is_floor(last.to):
            return None
        found = []
        for unit, index in outlook.shafts.items():
            shaft = walker.changes.shafts.get(unit)
            if shaft is not None and goal.level_id in shaft.to and walker.may_take(shaft):
                found.append((index, unit))
        return min(found, default=None)

    def _take_what_is_there(self) -> Trace | Walk | None:
        """At the end of a way that one was sent take the lift or stairs to the place's floor."""
        goal, walker = self._goal, self._walker
        assert self._stance is not None  # noqa: S101
        if self._last is None or not walker.is_below(self._stance.level_id, goal):
            return None
        found = []
        for place, unit in enumerate(walker.outlooks.look([self._stance]).shafts):
            shaft = walker.changes.shafts.get(unit)
            level = None if shaft is None else self._come_nearer(shaft)
            if shaft is not None and level is not None and walker.may_take(shaft):
                found.append((level != goal.level_id, place, unit, level))
        if not found:
            return None
        _, _, unit, level = min(found)
        return self._ride(unit, level)

    def _come_nearer(self, shaft: Shaft) -> str | None:
        """Return the floor, of those that a shaft goes to, that is nearest to the place's."""
        changes, stance = self._walker.changes, self._stance
        assert stance is not None  # noqa: S101
        goal = changes.get_ordinal(self._goal.level_id)

        def miss(level_id: str) -> float:
            return abs(changes.get_ordinal(level_id) - goal)

        if self._goal.level_id in shaft.to:
            return self._goal.level_id
        best = min(shaft.to, key=lambda one: (miss(one), one))
        return best if miss(best) < miss(stance.level_id) else None

    def _get_stuck(self, trace: Trace) -> Walk:
        """Stand where one would have to choose, with no sign but those obeyed before."""
        numbers = {n for row in trace.outlook.legible for n in row}
        again = numbers & set(self.obeyed[:-1])
        back = any(self._walker.read(n, self._goal) is not None for n in again)
        return self._lose(Lost.CIRCLE if back else Lost.NO_SIGN, trace.stroll.halt)

    def attempt(self, number: int, arrow: Arrow) -> Trace | Walk:
        """Do as a sign would say that one stands under."""
        foot = self._walker.get_foot(number)
        assert foot is not None  # noqa: S101 - it has an arrow
        return self._obey(foot, number, Said(Message(self._goal.id, arrow), 0, self._goal.id))

    def _obey(self, stance: Stance, number: int, said: Said) -> Trace | Walk:
        walker = self._walker
        foot = walker.get_foot(number)
        self._walked_m += dist(stance.at, foot.at) if foot is not None else 0.0
        self._stance = foot or stance
        self.obeyed.append(number)
        self._last = said
        if self._walked_m > self._most_m:
            return self._lose(Lost.FAR)
        arrow = said.message.arrow
        if arrow is Arrow.HERE:
            return self._make(None if self._is_here() else Lost.NOT_HERE)
        if arrow in {Arrow.UP, Arrow.DOWN}:
            return self._change_floor(said)
        return walker.obey(number, arrow, self._goal) or self._lose(Lost.NO_WAY)

    def _is_here(self) -> bool:
        nodes, stance = self._walker.network.graph.nodes, self._stance
        ends = [nodes[node] for node in self._goal.nodes]
        return stance is not None and any(
            end["level"] == stance.level_id and dist(stance.at, (end["x"], end["y"])) <= _HERE_M
            for end in ends
        )

    def _change_floor(self, said: Said) -> Trace | Walk:
        """Take the nearest lift or stairs in sight that goes where the sign says."""
        walker, foot = self._walker, self._stance
        assert foot is not None  # noqa: S101 - one stands under the sign
        rises = said.message.arrow is Arrow.UP
        seen = walker.outlooks.look([foot]).shafts
        for unit in seen or ():
            shaft = walker.changes.shafts.get(unit)
            level = None if shaft is None else self._choose_level(shaft, said, rises=rises)
            if shaft is not None and level is not None and walker.may_take(shaft):
                return self._ride(unit, level)
        return self._lose(Lost.NO_LIFT)

    def _choose_level(self, shaft: Shaft, said: Said, *, rises: bool) -> str | None:
        """Return where to get out: on the place's floor, the floor named, else the next one."""
        assert self._stance is not None  # noqa: S101
        changes = self._walker.changes
        here = changes.get_ordinal(self._stance.level_id)
        way = [one for one in shaft.to if (changes.get_ordinal(one) > here) == rises]
        for wanted in (self._goal.level_id, said.to):
            if wanted in way:
                return wanted
        if self._walker.is_below(self._stance.level_id, self._goal):
            nearer = self._come_nearer(shaft)
            return nearer if nearer in way else None
        return min(way, key=lambda one: abs(changes.get_ordinal(one) - here), default=None)

    def _ride(self, unit_id: str, level_id: str) -> Trace | Walk:
        """Change floors, and go out by the door from which one is told more."""
        walker = self._walker
        shaft = walker.changes.shafts[unit_id]
        assert self._stance is not None  # noqa: S101
        ordinals = [walker.changes.get_ordinal(one) for one in (self._stance.level_id, level_id)]
        self._walked_m += _FLOOR_M * abs(ordinals[1] - ordinals[0])
        self._last = None
        traces = [
            trace for unit in shaft.to[level_id] for trace in walker.come_out(unit, self._goal)
        ]
        if not traces:
            return self._lose(Lost.NO_LIFT)
        if self._walked_m > self._most_m:
            return self._lose(Lost.FAR)
        return min(traces, key=self._rate)

    def _rate(self, trace: Trace) -> tuple[int, int]:
        outlook = trace.outlook
        seen = [outlook.places[key] for key in self._goal.plates if key in outlook.places]
        sign = self._find_sign(trace, None)
        first = min([*seen, *([sign[0]] if sign else [])], default=10**6)
        return first, -len(trace.stroll.stances)

    def _go_to(self, trace: Trace, index: int) -> None:
        self._walked_m += trace.stroll.walked_m[index]
        self._stance = trace.stroll.stances[index]

    def _end(self, trace: Trace, index: int) -> Walk:
        self._go_to(trace, index)
        return self._make(None)

    def _lose(self, lost: Lost, halt: Halt | None = None) -> Walk:
        return self._make(lost, halt)

    def _make(self, lost: Lost | None, halt: Halt | None = None) -> Walk:
        assert self._stance is not None  # noqa: S101
        signs = tuple(self._walker.signs[number].id for number in self.obeyed)
        return Walk(
            self._entrance.id,
            self._goal.id,
            signs,
            lost,
            self._stance.level_id,
            self._stance.at,
            self._walked_m,
            halt,
            self._stance.heading,
        )
