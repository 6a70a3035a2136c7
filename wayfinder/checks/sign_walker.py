"""Somebody who knows only what the signs in sight say, and walks to a place by them.

At the entrance the directory teaches which building, floor and zone a place is in. From then on
only signs count: of those legible the one that says most of the place is walked up to and obeyed,
then one goes straight on until the next is legible, or the place's own door.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import dist

from wayfinder.checks.floor_changes import FloorChanges, Shaft
from wayfinder.checks.guided import Way, Ways
from wayfinder.checks.outlooks import Outlook, Outlooks
from wayfinder.checks.public_places import Entrance, list_public_places
from wayfinder.checks.sight import Sight
from wayfinder.checks.stroll import CLOCKWISE_DEG, Halt, Stance, Stroll, Strolls, point_at
from wayfinder.guide.groups import GroupKind, Groups, get_groups
from wayfinder.guide.names import Signs
from wayfinder.guide.pointing import point_along
from wayfinder.model import Arrow, Feature, Level, Message, Sign, Unit
from wayfinder.model.categories import is_through
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch

Point = tuple[float, float]

MOST_TIMES, _MOST_EXTRA_M = 3.0, 60.0
"""Who has walked more than three times the shortest way is lost; 60 m are granted to short ways."""

_AGREES_DEG = 45.0
"""People take an arrow for the way that lies within a sector of it (ours)."""

_BY_M, _DECISION_M, _SAME_M = 6.0, 15.0, 1.5
"""One obeys a sign that one comes by, and at a choice the ones near to it (ours)."""

_HERE_M = 15.0
_WALL_FOOT_M = 1.0
_FLOOR_M = 10.0
"""Metres that a floor counts for in how far somebody has walked (ours)."""


class Lost(StrEnum):
    """Why somebody does not arrive."""

    NO_SIGN = "no-sign"
    """The way ends, or divides, and no sign in sight says where the place is."""
    NO_WAY = "arrow-into-wall"
    """An arrow points where nobody can walk."""
    NO_LIFT = "no-lift"
    """An arrow points up or down, and no lift or stairs in sight goes there."""
    CIRCLE = "circle"
    """A sign was read twice."""
    FAR = "too-far"
    """More than three times the shortest way."""
    NOT_HERE = "not-here"
    """A sign says that it is here, and it is not."""


@dataclass(frozen=True)
class Goal:
    """A place that somebody wants to get to, as the directory tells it.

    Parameters
    ----------
    id
        Id of the feature.
    level_id
        The level it is on.
    nodes
        Ids of the nodes where one has arrived.
    own
        Ids that name it on signs.
    groups
        Ids of its groups, what says most first.
    """

    id: str
    level_id: str
    nodes: frozenset[str]
    own: frozenset[str]
    groups: tuple[str, ...]
    plates: frozenset[str] = field(default_factory=frozenset)
    """Nodes and units whose sight is arrival."""


@dataclass(frozen=True)
class Walk:
    """How far somebody came.

    Parameters
    ----------
    entrance, goal
        Ids of the opening and of the place.
    signs
        Ids of the signs obeyed, in their order.
    lost
        Why one did not arrive, or None.
    halt
        Why one could not go on, where no sign was in sight.
    level_id, at
        Where one arrived or was lost.
    walked_m
        Metres walked.
    """

    entrance: str
    goal: str
    signs: tuple[str, ...]
    lost: Lost | None
    level_id: str
    at: Point
    walked_m: float
    halt: Halt | None = None

    @property
    def arrived(self) -> bool:
        """Whether one is there."""
        return self.lost is None


@dataclass
class _Trace:
    """A stroll and what is seen on it."""

    stroll: Stroll
    outlook: Outlook


@dataclass(frozen=True)
class _Said:
    """What a sign tells somebody: its message, and how much it says (0: the place itself)."""

    message: Message
    rank: int
    to: str


class SignWalker:
    """Walks by the signs of one network.

    Parameters
    ----------
    router
        The router.
    signs
        The signs that hang.
    profile
        Name of a profile of the router: who walks.
    epoch
        What is open and closed.
    """

    def __init__(
        self,
        router: Router,
        signs: Sequence[Sign],
        *,
        profile: str = "walk",
        epoch: Epoch = CALM,
    ) -> None:
        network = router.network
        closed = epoch.closed | epoch.shut
        self.network = network
        self.signs = signs
        self._rolls = not router.profiles[profile].stairs
        self.sight = Sight(network)
        self.strolls = Strolls(network, closed)
        self.ways = Ways(router, self.strolls, profile, epoch)
        self.changes = FloorChanges(network, self.strolls, closed)
        self._groups: Groups = get_groups(network.plan)
        self._names = Signs(network.plan)
        made = (self.make_goal(place) for place in list_public_places(network))
        self.goals: Mapping[str, Goal] = {goal.id: goal for goal in made if goal is not None}
        plates = {plate for goal in self.goals.values() for plate in goal.plates}
        self.outlooks = Outlooks(network, self.sight, signs, plates)
        self._traces: dict[object, _Trace | None] = {}
        self._said = [self._list_said(sign) for sign in signs]
        self._around = [
            frozenset(group.id for group in self._groups.list_groups(sign.id)) for sign in signs
        ]

    def make_goal(self, place: Feature) -> Goal | None:
        """Return a place as the directory tells it; None where it has no node."""
        plan, nodes = self.network.plan, self.network.graph.nodes
        ends = frozenset(self.network.places.get(place.id, ()))
        if not ends:
            return None
        first = nodes[min(ends)]
        own, plates = {place.id}, set(ends)
        unit = plan.find(first["unit"], Unit)
        if unit is not None and self._stands_for(unit, place):
            own.add(unit.id)
            plates.add(unit.id)
        own |= {key for node in ends if (key := nodes[node]["feature"]) is not None}
        groups = tuple(group.id for group in self._groups.list_groups(place.id))
        return Goal(place.id, first["level"], ends, frozenset(own), groups, frozenset(plates))

    def _stands_for(self, unit: Unit, place: Feature) -> bool:
        """Tell whether who reads the sign of a room has found a place in it."""
        if unit.id == place.id:
            return True
        labels = self._names.read(unit.id).labels
        return bool(labels) and labels == place.name

    def walk(self, entrance: Entrance, goal: Goal, shortest_m: float) -> Walk:
        """Walk from an entrance to a place by signs alone."""
        journey = _Journey(self, entrance, goal, MOST_TIMES * shortest_m + _MOST_EXTRA_M)
        return journey.go()

    def get_start(self, entrance: Entrance, goal: Goal) -> _Trace | None:
        """Return what one sees who comes in; None where no way leads to the place."""
        stance, node = self.strolls.enter(entrance.node, entrance.outer), entrance.node
        outside = self.network.graph.nodes[entrance.outer]
        if outside["unit"] is not None:
            # before the door: not every way from here leads in
            x, y = outside["x"] - stance.heading[0], outside["y"] - stance.heading[1]
            region = self.sight.find_region_of(outside["unit"])
            if region is not None:
                node = entrance.outer
                stance = Stance(region, outside["level"], (x, y), stance.heading)
        return self._guide(("entrance", entrance.id), stance, node, goal, told=False)

    def obey(self, number: int, arrow: Arrow, goal: Goal) -> _Trace | None:
        """Return what one sees who follows an arrow of a sign; None where it points into a wall.

        Where it points as the way to the place begins, one goes that way as far as nobody needs a
        further word; else wherever it leads.
        """
        foot = self.get_foot(number)
        nodes = self.network.places.get(self.signs[number].id, ())
        if foot is None or not nodes:
            return None
        way = self.ways.find(nodes[0], goal.nodes)
        if way is not None and self.agrees(number, arrow, way):
            return self._guide(number, foot, nodes[0], goal, told=True)
        key = (number, arrow)
        if key not in self._traces:
            stroll = self.strolls.follow(foot, arrow)
            self._traces[key] = None if stroll is None else self._trace(stroll)
        return self._traces[key]

    def agrees(self, number: int, arrow: Arrow, way: Way) -> bool:
        """Tell whether an arrow of a sign points, to a sector of 45°, as a way begins."""
        facing_deg = self.signs[number].facing_deg
        points = [point for segment in way.segments for point in segment.line]
        if facing_deg is None or arrow not in CLOCKWISE_DEG or len(points) < 2:
            return False
        meant = CLOCKWISE_DEG.get(point_along(points, facing_deg))
        if meant is None:
            return True
        return abs((meant - CLOCKWISE_DEG[arrow] + 180.0) % 360.0 - 180.0) <= _AGREES_DEG

    def come_out(self, unit_id: str, goal: Goal) -> tuple[_Trace, ...]:
        """Return what one sees who comes out of a lift or stairs, by each of its doors."""
        found = []
        for place, (node, stance) in enumerate(self.changes.list_exits(unit_id)):
            trace = self._guide((unit_id, place), stance, node, goal, told=False)
            if trace is not None:
                found.append(trace)
        return tuple(found)

    def _guide(
        self, key: object, stance: Stance, node: str, goal: Goal, *, told: bool
    ) -> _Trace | None:
        """Return what one sees on the way to a place, as far as nobody needs a word."""
        full = (key, goal.id)
        if full not in self._traces:
            way = self.ways.find(node, goal.nodes)
            stroll = None if way is None else self.ways.follow(way, stance, told=told)
            self._traces[full] = None if stroll is None else self._trace(stroll)
        return self._traces[full]

    def approach(self, stance: Stance, number: int) -> Outlook:
        """Return what one sees who walks up to a sign that one reads."""
        key = (id(stance.region), stance.at, number, "approach")
        known = self._traces.get(key)
        if known is None:
            stances = _go_straight(stance, self.outlooks.get_reading_point(number))
            known = _Trace(Stroll(stances, (), Halt.WALL), self.outlooks.look(stances))
            self._traces[key] = known
        return known.outlook

    def get_foot(self, number: int) -> Stance | None:
        """Return where one stands to do as a sign says; None where nobody knows how it faces."""
        sign, region = self.signs[number], self.outlooks.region_of_sign[number]
        if region is None or sign.facing_deg is None:
            return None
        heading, at = point_at(sign.facing_deg), self.outlooks.get_reading_point(number)
        if sign.mounting != "hanging":
            at = (at[0] - heading[0] * _WALL_FOOT_M, at[1] - heading[1] * _WALL_FOOT_M)
        return Stance(region, sign.level_id, at, heading)

    def _trace(self, stroll: Stroll) -> _Trace:
        outlook = self.outlooks.look(stroll.stances)
        if stroll.halt is Halt.FAR:
            return _Trace(stroll, outlook)
        # who does not know how to go on turns round and looks
        last = self.outlooks.look_round(stroll.stances[-1])
        return _Trace(stroll, replace(outlook, legible=(*outlook.legible[:-1], last)))

    def _list_said(self, sign: Sign) -> Mapping[str, Message]:
        """Return the messages of a sign by what they name, groups by the group's id."""
        said: dict[str, Message] = {}
        for message in sign.messages:
            group = self._groups.find_group(message.to)
            said.setdefault(group.id if group is not None else message.to, message)
        return said

    def read(self, number: int, goal: Goal) -> _Said | None:
        """Return what a sign tells somebody on the way to a place; None where nothing.

        A group in which the sign hangs itself says nothing more. Who is in the right building and
        on the wrong floor follows the sign to a lift or stairs that go there.
        """
        said, around = self._said[number], self._around[number]
        if not said:
            return None
        for key in goal.own:
            if key in said:
                return _Said(said[key], 0, key)
        for rank, group in enumerate(goal.groups, start=1):
            if group in said and group not in around:
                return _Said(said[group], rank, group)
        if self.is_below(self.signs[number].level_id, goal):
            for key, message in said.items():
                shaft = self.changes.shafts.get(key)
                if shaft is not None and goal.level_id in shaft.to and self.may_take(shaft):
                    return _Said(message, len(goal.groups) + 1, key)
        return None

    def is_below(self, level_id: str, goal: Goal) -> bool:
        """Tell whether a level is another floor of the same building."""
        plan = self.network.plan
        here, there = plan.find(level_id, Level), plan.find(goal.level_id, Level)
        if here is None or there is None or here.id == there.id:
            return False
        return bool(set(here.building_ids) & set(there.building_ids)) or not here.building_ids

    def may_take(self, shaft: Shaft) -> bool:
        """Tell whether the walker can use a shaft."""
        return not (self._rolls and shaft.stepped)

    def is_floor(self, key: str) -> bool:
        """Tell whether a message names a floor, or a lift or stairs."""
        group = self._groups.find_group(key)
        return key in self.changes.shafts or (group is not None and group.kind is GroupKind.FLOOR)

    def is_through_unit(self, unit_id: str) -> bool:
        """Tell whether a unit is walked through."""
        unit = self.network.plan.find(unit_id, Unit)
        return unit is not None and is_through(unit)


def _go_straight(stance: Stance, to: Point) -> tuple[Stance, ...]:
    """List stances on the way to a point in sight, a metre apart."""
    far_m = dist(stance.at, to)
    count = max(1, int(far_m))
    (x, y), (u, v) = stance.at, to
    return tuple(
        Stance(
            stance.region,
            stance.level_id,
            (x + (u - x) * k / count, y + (v - y) * k / count),
            stance.heading,
        )
        for k in range(1, count)
    )


class _Journey:
    """One walk in the making."""

    def __init__(self, walker: SignWalker, entrance: Entrance, goal: Goal, most_m: float) -> None:
        self._walker = walker
        self._entrance = entrance
        self._goal = goal
        self._most_m = most_m
        self._obeyed: list[int] = []
        self._last: _Said | None = None
        self._walked_m = 0.0
        self._stance: Stance | None = None

    def go(self) -> Walk:
        """Walk until one has arrived or is lost."""
        found: _Trace | Walk | None = self._walker.get_start(self._entrance, self._goal)
        while isinstance(found, _Trace):
            found = self._look_out(found)
        if found is None:
            raise ValueError(f"no way leads from {self._entrance.id} to {self._goal.id}")
        return found

    def _look_out(self, trace: _Trace) -> _Trace | Walk:
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

    def _find_sign(self, trace: _Trace, before: int | None) -> tuple[int, int, _Said] | None:
        """Return where on a trace a sign is obeyed, the sign, and what it says.

        Under a sign that one comes by one does as it says; other signs that one has read count
        where one would have to choose.
        """
        stances, legible = trace.stroll.stances, trace.outlook.legible
        last = len(stances) - 1 if before is None else before - 1
        read: dict[int, _Said] = {}
        for index, numbers in enumerate(legible[: last + 1]):
            fresh = {n: said for n in numbers if (said := self._read(n)) is not None}
            read |= fresh
            by = [n for n in fresh if self._is_by(stances[index], n)]
            if by:
                number = min(by, key=lambda n: fresh[n].rank)
                return index, number, fresh[number]
        if before is not None or not read:
            return None
        here = stances[-1].at
        near = {n: dist(here, self._walker.outlooks.get_reading_point(n)) for n in read}
        number = min(read, key=lambda n: (near[n] > _DECISION_M, read[n].rank, near[n]))
        return last, number, read[number]

    def _read(self, number: int) -> _Said | None:
        """Return what a sign says, but those that one has obeyed and those on their backs."""
        walker = self._walker
        point = walker.signs[number].point
        if any(dist(point, walker.signs[one].point) < _SAME_M for one in self._obeyed):
            return None
        return walker.read(number, self._goal)

    def _is_by(self, stance: Stance, number: int) -> bool:
        return dist(stance.at, self._walker.outlooks.get_reading_point(number)) <= _BY_M

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

    def _take_what_is_there(self) -> _Trace | Walk | None:
        """At the end of a way that one was sent take the lift or stairs to the place's floor."""
        goal, walker = self._goal, self._walker
        assert self._stance is not None  # noqa: S101
        if self._last is None or not walker.is_below(self._stance.level_id, goal):
            return None
        for unit in walker.outlooks.look([self._stance]).shafts:
            shaft = walker.changes.shafts.get(unit)
            if shaft is not None and goal.level_id in shaft.to and walker.may_take(shaft):
                return self._ride(unit, goal.level_id)
        return None

    def _get_stuck(self, trace: _Trace) -> Walk:
        """Stand where one would have to choose, with no sign but those obeyed before."""
        numbers = {n for row in trace.outlook.legible for n in row}
        again = numbers & set(self._obeyed[:-1])
        back = any(self._walker.read(n, self._goal) is not None for n in again)
        return self._lose(Lost.CIRCLE if back else Lost.NO_SIGN, trace.stroll.halt)

    def _obey(self, stance: Stance, number: int, said: _Said) -> _Trace | Walk:
        walker = self._walker
        foot = walker.get_foot(number)
        self._walked_m += dist(stance.at, foot.at) if foot is not None else 0.0
        self._stance = foot or stance
        self._obeyed.append(number)
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

    def _change_floor(self, said: _Said) -> _Trace | Walk:
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

    def _choose_level(self, shaft: Shaft, said: _Said, *, rises: bool) -> str | None:
        """Return where to get out: on the place's floor, the floor named, else the next one."""
        assert self._stance is not None  # noqa: S101
        changes = self._walker.changes
        here = changes.get_ordinal(self._stance.level_id)
        way = [one for one in shaft.to if (changes.get_ordinal(one) > here) == rises]
        for wanted in (self._goal.level_id, said.to):
            if wanted in way:
                return wanted
        if self._walker.is_below(self._stance.level_id, self._goal):
            return None
        return min(way, key=lambda one: abs(changes.get_ordinal(one) - here), default=None)

    def _ride(self, unit_id: str, level_id: str) -> _Trace | Walk:
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

    def _rate(self, trace: _Trace) -> tuple[int, int]:
        outlook = trace.outlook
        seen = [outlook.places[key] for key in self._goal.plates if key in outlook.places]
        sign = self._find_sign(trace, None)
        first = min([*seen, *([sign[0]] if sign else [])], default=10**6)
        return first, -len(trace.stroll.stances)

    def _go_to(self, trace: _Trace, index: int) -> None:
        self._walked_m += trace.stroll.walked_m[index]
        self._stance = trace.stroll.stances[index]

    def _end(self, trace: _Trace, index: int) -> Walk:
        self._go_to(trace, index)
        return self._make(None)

    def _lose(self, lost: Lost, halt: Halt | None = None) -> Walk:
        return self._make(lost, halt)

    def _make(self, lost: Lost | None, halt: Halt | None = None) -> Walk:
        assert self._stance is not None  # noqa: S101
        signs = tuple(self._walker.signs[number].id for number in self._obeyed)
        return Walk(
            self._entrance.id,
            self._goal.id,
            signs,
            lost,
            self._stance.level_id,
            self._stance.at,
            self._walked_m,
            halt,
        )
