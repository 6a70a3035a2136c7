"""Somebody who knows only what the signs in sight say, and walks to a place by them.

At the entrance the directory teaches which building, floor and zone a place is in. From then on
only signs count: of those legible the one that says most of the place is walked up to and obeyed,
then one goes straight on until the next is legible, or the place's own door.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import dist

from wayfinder.checks.floor_changes import FloorChanges, Shaft
from wayfinder.checks.guided import Ways
from wayfinder.checks.outlooks import Outlook, Outlooks
from wayfinder.checks.public_places import Entrance, list_public_places
from wayfinder.checks.sight import Sight
from wayfinder.checks.sign_arrows import SignArrows
from wayfinder.checks.sign_journey import Journey
from wayfinder.checks.sign_walk import Goal, Lost, Said, Trace, Walk
from wayfinder.checks.stroll import Halt, Stance, Stroll, Strolls
from wayfinder.guide.groups import GroupKind, Groups, get_groups
from wayfinder.guide.names import Signs
from wayfinder.model import Arrow, Feature, Level, Message, Sign, Unit
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch

Point = tuple[float, float]

MOST_TIMES, MOST_EXTRA_M = 3.0, 60.0
"""Who has walked more than three times the shortest way is lost; 60 m are granted to short ways."""

_BY_M = 6.0
"""One obeys a sign that one comes by as near as this (ours)."""

_ON_FOOT = ("walk", "easy")
"""Who walks can go each other's ways: a sign does not say for whom it is."""


__all__ = ["Goal", "Lost", "SignWalker", "Walk"]


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
        feet = () if self._rolls else tuple(one for one in _ON_FOOT if one != profile)
        self._others = [
            Ways(router, self.strolls, one, epoch) for one in feet if one in router.profiles
        ]
        self.changes = FloorChanges(network, self.strolls, closed)
        self._groups: Groups = get_groups(network.plan)
        self._names = Signs(network.plan)
        made = (self.make_goal(place) for place in list_public_places(network))
        self.goals: Mapping[str, Goal] = {goal.id: goal for goal in made if goal is not None}
        plates = {plate for goal in self.goals.values() for plate in goal.plates}
        self.outlooks = Outlooks(network, self.sight, signs, plates)
        self._pointed: dict[tuple[int, frozenset[str]], Arrow | None] = {}
        self._traces: dict[object, Trace | None] = {}
        self.arrows = SignArrows(network, signs, self.outlooks, self.strolls)
        self._said = [self._list_said(sign.messages) for sign in signs]
        self._around = [
            frozenset(group.id for group in self._groups.list_groups(sign.id)) for sign in signs
        ]

    def find_line(self, level_id: str, at: Point, goal_id: str) -> tuple[Point, ...]:
        """Return the way from a point to a place, to where floors change; empty for none."""
        region, goal = self.sight.find_region(level_id, at), self.goals.get(goal_id)
        if region is None or goal is None:
            return ()
        nodes = self.network.graph.nodes
        near = sorted((dist(at, (nodes[n]["x"], nodes[n]["y"])), n) for n in region.nodes)[:12]
        ends = [(nodes[n]["x"], nodes[n]["y"]) for _, n in near]
        seen = region.sees(at, ends)
        for (_, node), is_seen in zip(near, seen, strict=True):
            way = self.ways.find(node, goal.nodes) if is_seen else None
            if way is not None:
                points = [point for segment in way.segments for point in segment.line]
                return (at, *(point for point in points if dist(point, at) > 1.0))
        return ()

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
        names = (place.id, *sorted(own - {place.id}))
        return Goal(place.id, first["level"], ends, names, groups, frozenset(plates))

    def _stands_for(self, unit: Unit, place: Feature) -> bool:
        """Tell whether who reads the sign of a room has found a place in it."""
        if unit.id == place.id:
            return True
        labels = self._names.read(unit.id).labels
        return bool(labels) and labels == place.name

    def walk(self, entrance: Entrance, goal: Goal, shortest_m: float) -> Walk:
        """Walk from an entrance to a place by signs alone."""
        journey = Journey(self, entrance, goal, MOST_TIMES * shortest_m + MOST_EXTRA_M)
        return journey.go()

    def begin(self, entrance: Entrance) -> tuple[str, Stance]:
        """Return the node from which one comes by an entrance, and how one stands there."""
        stance, node = self.strolls.enter(entrance.node, entrance.outer), entrance.node
        outside = self.network.graph.nodes[entrance.outer]
        if outside["unit"] is not None:
            # before the door: not every way from here leads in
            x, y = outside["x"] - stance.heading[0], outside["y"] - stance.heading[1]
            region = self.sight.find_region_of(outside["unit"])
            if region is not None:
                node = entrance.outer
                stance = Stance(region, outside["level"], (x, y), stance.heading)
        return node, stance

    def get_start(self, entrance: Entrance, goal: Goal) -> Trace | None:
        """Return what one sees who comes in; None where no way leads to the place."""
        node, stance = self.begin(entrance)
        return self._guide(("entrance", entrance.id), stance, node, goal, told=False)

    def obey(self, number: int, arrow: Arrow, goal: Goal) -> Trace | None:
        """Return what one sees who follows an arrow of a sign; None where it points into a wall.

        Where it points as the way to the place begins, one goes that way as far as nobody needs a
        further word; else wherever it leads.
        """
        foot = self.arrows.get_foot(number)
        nodes = self.network.places.get(self.signs[number].id, ())
        if foot is None or not nodes:
            return None
        for ways in (self.ways, *self._others):
            way = ways.find(nodes[0], goal.nodes)
            if way is not None and self.arrows.agrees(number, arrow, way):
                return self._guide(number, foot, nodes[0], goal, told=True, ways=ways)
        key = (number, arrow)
        if key not in self._traces:
            stroll = self.strolls.follow(foot, arrow)
            self._traces[key] = None if stroll is None else self._trace(stroll)
        return self._traces[key]

    def point(self, number: int, ends: frozenset[str]) -> Arrow | None:
        """Return the arrow by which a sign sends people to some nodes; None where no way leads."""
        key = number, ends
        if key not in self._pointed:
            nodes = self.network.places.get(self.signs[number].id, ())
            way = self.ways.find(nodes[0], ends) if nodes else None
            self._pointed[key] = None if way is None else self.arrows.point(number, way)
        return self._pointed[key]

    def get_foot(self, number: int) -> Stance | None:
        """Return where one stands to do as a sign says; None where nobody knows how it faces."""
        return self.arrows.get_foot(number)

    def come_out(self, unit_id: str, goal: Goal) -> tuple[Trace, ...]:
        """Return what one sees who comes out of a lift or stairs, by each of its doors."""
        found = []
        for place, (node, stance) in enumerate(self.changes.list_exits(unit_id)):
            trace = self._guide((unit_id, place), stance, node, goal, told=False)
            if trace is not None:
                found.append(trace)
        return tuple(found)

    def _guide(
        self,
        key: object,
        stance: Stance,
        node: str,
        goal: Goal,
        *,
        told: bool,
        ways: Ways | None = None,
    ) -> Trace | None:
        """Return what one sees on the way to a place, as far as nobody needs a word."""
        ways = ways or self.ways
        full = (key, goal.id, ways.profile)
        if full not in self._traces:
            way = ways.find(node, goal.nodes)
            stroll = None if way is None else ways.follow(way, stance, told=told)
            if way is None or stroll is None:
                self._traces[full] = None
            else:
                left_m = way.length_m - stroll.walked_m[-1]
                self._traces[full] = replace(self._trace(stroll), left_m=left_m)
        return self._traces[full]

    def approach(self, stance: Stance, number: int) -> Outlook:
        """Return what one sees who walks up to a sign that one reads."""
        key = (id(stance.region), stance.at, number, "approach")
        known = self._traces.get(key)
        if known is None:
            stances = _go_straight(stance, self.outlooks.get_reading_point(number))
            outlook = self.outlooks.look(stances)
            known = Trace(Stroll(stances, (), Halt.WALL), outlook, (), frozenset())
            self._traces[key] = known
        return known.outlook

    def _trace(self, stroll: Stroll) -> Trace:
        outlook = self.outlooks.look(stroll.stances)
        if stroll.halt is not Halt.FAR:
            # who does not know how to go on turns round and looks
            last = self.outlooks.look_round(stroll.stances[-1])
            outlook = replace(outlook, legible=(*outlook.legible[:-1], last))
        passed: dict[int, list[int]] = {}
        met: set[int] = set()
        for index, (stance, numbers) in enumerate(
            zip(stroll.stances, outlook.legible, strict=True)
        ):
            by = [n for n in numbers if n not in met and self._is_by(stance, n)]
            met.update(by)
            if by:
                passed[index] = by
        legible = frozenset(number for row in outlook.legible for number in row)
        return Trace(stroll, outlook, tuple((k, tuple(v)) for k, v in passed.items()), legible)

    def _is_by(self, stance: Stance, number: int) -> bool:
        return dist(stance.at, self.outlooks.get_reading_point(number)) <= _BY_M

    def say(self, number: int, messages: Sequence[Message]) -> None:
        """Let a sign say something else."""
        self._said[number] = self._list_said(messages)

    def _list_said(self, messages: Sequence[Message]) -> Mapping[str, Message]:
        """Return messages by what they name, groups by the group's id."""
        said: dict[str, Message] = {}
        for message in messages:
            group = self._groups.find_group(message.to)
            said.setdefault(group.id if group is not None else message.to, message)
        return said

    def list_names(self, number: int, goal: Goal) -> tuple[str, ...]:
        """List what a sign may call a place: itself, then the groups that the sign is not in."""
        around = self._around[number]
        return (goal.id, *(group for group in goal.groups if group not in around))

    def read(self, number: int, goal: Goal) -> Said | None:
        """Return what a sign tells somebody on the way to a place; None where nothing.

        A group in which the sign hangs itself says nothing more. Who is in the right building and
        on the wrong floor follows the sign to a lift or stairs that go there.
        """
        said, around = self._said[number], self._around[number]
        if not said:
            return None
        for key in goal.own:
            if key in said:
                return Said(said[key], 0, key)
        for rank, group in enumerate(goal.groups, start=1):
            if group in said and group not in around:
                return Said(said[group], rank, group)
        if self.is_below(self.signs[number].level_id, goal):
            for key, message in said.items():
                shaft = self.changes.shafts.get(key)
                if shaft is not None and goal.level_id in shaft.to and self.may_take(shaft):
                    return Said(message, len(goal.groups) + 1, key)
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
