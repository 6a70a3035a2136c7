"""What each face says: who can read it before the turn, where they go, in at most eight lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import dist

import numpy as np

from wayfinder.checks.decision_points import Approach, DecisionPoint, Passing, find_approaches
from wayfinder.checks.public_places import list_entrances, list_public_places
from wayfinder.checks.sight import LETTER_MM, Panels, find_letter_height_mm, recall_sight
from wayfinder.checks.sign_legs import STEP_M, FirstLegs, Leg, find_legs, point_line
from wayfinder.checks.sign_lines import MOST_LINES, Wish, choose_lines, find_told, merge_wishes
from wayfinder.graph import Network
from wayfinder.guide.groups import GroupKind, Groups, get_groups
from wayfinder.model import Arrow, Message, Sign
from wayfinder.route import Router

NEAR_M = 12.0
"""A face farther than this from where ways part does not speak of it (ours)."""

_BEHIND_M = 12.0
_ONWARD_M = 2.0
"""So far before and behind the step where one must know, signs for it are read (ours)."""

_SAME_M = 1.5
"""Faces as near to each other as this are read together (ours)."""

_LOOKS = 3
"""Every so many steps somebody looks for a sign (ours)."""

_FACED = 0.26
"""Cosine between the way and a face's normal from which on one walks past its back (105°, ours)."""

Point = tuple[float, float]

_EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody reads a face on the way to a decision point.

    Parameters
    ----------
    face
        Index of the face.
    approach
        Index of the approach.
    passing
        Who.
    far_m
        Metres from the face to the decision point.
    """

    face: int
    approach: int
    passing: Passing
    far_m: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A decision point where nothing that one can read announces some places.

    Parameters
    ----------
    place
        The decision point.
    heading
        Direction in which those come who look for them, a unit vector.
    goals
        Ids of the places, in order.
    """

    place: DecisionPoint
    heading: tuple[float, float]
    goals: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """What faces say, and what none says.

    Parameters
    ----------
    messages
        Sign id to its lines; none where nobody decides anything in sight of it.
    gaps
        Where something is announced nowhere.
    wanted, told
        How many pairs of an approach and a place there are, and how many of them are announced.
    """

    messages: Mapping[str, tuple[Message, ...]]
    gaps: tuple[Gap, ...]
    wanted: int
    told: int


@dataclass(frozen=True)
class Traffic:
    """Who goes where: what sign plans are made of.

    Parameters
    ----------
    router
        The router of the network.
    legs
        The legs of all ways.
    approaches
        Who comes to which decision point from which side.
    """

    router: Router
    legs: tuple[Leg, ...]
    approaches: tuple[Approach, ...]

    @property
    def network(self) -> Network:
        """The network."""
        return self.router.network

    @classmethod
    def of(cls, router: Router) -> "Traffic":
        """Find the ways from all public entrances to all public places of a network."""
        network = router.network
        entrances = [entrance.node for entrance in list_entrances(network)]
        places = [place.id for place in list_public_places(network)]
        legs = find_legs(router, entrances, places)
        return cls(router, legs, find_approaches(legs))

    def add(self, legs: Sequence[Leg], approaches: Sequence[Approach]) -> "Traffic":
        """Return the same with more legs and approaches; theirs are counted behind the others."""
        return replace(self, legs=(*self.legs, *legs), approaches=(*self.approaches, *approaches))


def assign_messages(
    router: Router, signs: Sequence[Sign], *, traffic: Traffic | None = None
) -> Assignment:
    """Say what faces that hang already carry.

    Parameters
    ----------
    router
        The router of a network that has the faces.
    signs
        The faces; what they say now does not count.
    traffic
        Who goes where, where that is known already.
    """
    going = traffic or Traffic.of(router)
    readings = find_readings(going, signs)
    return divide_lines(going, signs, readings)


def find_readings(traffic: Traffic, signs: Sequence[Sign]) -> tuple[Reading, ...]:
    """Find who can read which face before a turn that it may speak of."""
    plan = traffic.network.plan
    panels = Panels.make(
        [sign.point for sign in signs],
        [sign.bearing_deg for sign in signs],
        [
            find_letter_height_mm(plan, sign) if sign.id in plan else LETTER_MM[sign.mounting]
            for sign in signs
        ],
    )
    return tuple(_list_readings(traffic, [sign.level_id for sign in signs], panels))


def _list_readings(traffic: Traffic, level_ids: Sequence[str], panels: Panels) -> Iterator[Reading]:
    on_level: defaultdict[str, list[int]] = defaultdict(list)
    for number, level_id in enumerate(level_ids):
        on_level[level_id].append(number)
    for number, approach in enumerate(traffic.approaches):
        place = approach.place
        here = np.array(on_level.get(place.level_id, ()), dtype=np.intp)
        far_m = np.hypot(*(panels.points[here] - place.point).T)
        near = here[far_m <= NEAR_M]
        if approach.obeyed is not None:
            near = near[np.hypot(*(panels.points[near] - approach.obeyed).T) > _SAME_M]
        if len(near):
            legible = _read_on_way(traffic, approach, panels.take(near.tolist()))
            for passing, faces in zip(approach.passings, legible, strict=True):
                for k in faces:
                    point = panels.points[near[k]]
                    yield Reading(int(near[k]), number, passing, dist(point, place.point))


def _read_on_way(traffic: Traffic, approach: Approach, panels: Panels) -> list[list[int]]:
    """Return for each passing the indices of the faces that are read on the way to the turn.

    Nobody turns round to read, but at the start, where one looks about.
    """
    looks: dict[Point, int] = {}
    looks_of = [
        [(looks.setdefault((round(x), round(y)), len(looks)), heading) for x, y, heading in eyes]
        for eyes in (_list_eyes(traffic.legs[one.leg], one, approach) for one in approach.passings)
    ]
    eyes = np.array(list(looks), dtype=float).reshape(-1, 2)
    sight = recall_sight(traffic.network)
    seen = sight.find_legible(approach.place.level_id, eyes, panels)
    read = []
    for own in looks_of:
        rows = [row for row, _ in own]
        headings = np.array([heading for _, heading in own]).reshape(-1, 2)
        faced = headings @ panels.normals.T <= _FACED
        read.append(np.flatnonzero((seen[rows] & faced).any(axis=0)).tolist() if rows else [])
    return read


def _list_eyes(
    leg: Leg, passing: Passing, approach: Approach
) -> Iterator[tuple[float, float, Point]]:
    """Yield where somebody looks for a sign on the way to a turn, and where to."""
    first = max(0, passing.step - int(_BEHIND_M / STEP_M))
    last = min(len(leg.points) - 1, passing.step + int(_ONWARD_M / STEP_M))
    for step in sorted({*range(first, last + 1, _LOOKS), passing.step}):
        if leg.levels[step] == approach.place.level_id:
            x, y = leg.points[step].tolist()
            yield x, y, leg.heading_at(step) if step > _LOOKS else (0.0, 0.0)


class Wishes:
    """Makes wishes of readings: the arrow that a reader needs, the groups that may stand in."""

    def __init__(self, traffic: Traffic, signs: Sequence[Sign]) -> None:
        self._traffic = traffic
        self._signs = signs
        self._groups: Groups = get_groups(traffic.network.plan)
        self._names: dict[tuple[str, str], tuple[str, ...]] = {}
        plan = traffic.network.plan
        self._arrows: dict[tuple[object, ...], Arrow | None] = {}
        self._made: dict[tuple[int, Passing], Wish | None] = {}
        self._first = FirstLegs(traffic.router, "walk")
        self.urgent = {leg.goal for leg in traffic.legs if plan[leg.goal].category == _EMERGENCY}

    def make(self, reading: Reading) -> Wish | None:
        """Return what a reading asks a face to tell; None where no way leads on from there."""
        key = reading.face, reading.passing
        if key not in self._made:
            self._made[key] = self._make(reading)
        return self._made[key]

    def _make(self, reading: Reading) -> Wish | None:
        sign = self._signs[reading.face]
        leg = self._traffic.legs[reading.passing.leg]
        nodes = self._traffic.network.places.get(sign.id, ())
        if nodes:
            arrow = self._point_from(nodes[0], leg.goal, sign)
        else:
            arrow = self._point_beside(leg, reading.passing.step, sign)
        worth = 50.0 if leg.goal in self.urgent else 1.0
        if arrow is None:
            return None
        to, *groups = self._list_names(leg.goal, sign.level_id)
        return Wish(to, arrow, worth, tuple(groups))

    def _point_from(self, node: str, goal: str, sign: Sign) -> Arrow | None:
        """Return the arrow of the way from a face that hangs to a place."""
        key = node, goal
        if key not in self._arrows:
            first = self._first.walk(node, goal)
            line = [] if first is None else [p for part in first[0] for p in part.line]
            self._arrows[key] = (
                point_line(line, first[1], sign.facing_deg or 0.0) if first and line else None
            )
        return self._arrows[key]

    def _point_beside(self, leg: Leg, passed: int, sign: Sign) -> Arrow | None:
        """Return the arrow of what is left of a leg where it comes nearest to a face."""
        if not leg.segments:  # nobody knows before it hangs
            return Arrow.AHEAD
        step = _find_beside(leg, passed, sign.point)
        key = (leg.start, leg.segments[-1].to_node, step, sign.facing_deg)
        if key not in self._arrows:
            self._arrows[key] = leg.point_from(step, sign.facing_deg or 0.0)
        return self._arrows[key]

    def _list_names(self, goal: str, level_id: str) -> tuple[str, ...]:
        """List what may stand for a place on a level: itself, then groups that one is not in.

        On another floor it has no name of its own: whoever seeks it looks for the floor first.
        """
        key = goal, level_id
        if key not in self._names:
            around = self._groups.list_groups(goal)
            outside = [one for one in around if level_id not in self._groups.list_levels(one.id)]
            floor = next((one for one in outside if one.kind is GroupKind.FLOOR), None)
            own = [] if floor is not None else [goal]
            self._names[key] = (*own, *(one.id for one in outside))
        return self._names[key]


def _find_beside(leg: Leg, step: int, point: tuple[float, float]) -> int:
    """Return the step of a leg, about one, that is nearest to a sign."""
    first, last = max(0, step - 12), min(len(leg.points), step + 13)
    far = np.hypot(*(leg.points[first:last] - point).T)
    return first + int(np.argmin(far))


def divide_lines(
    traffic: Traffic,
    signs: Sequence[Sign],
    readings: Sequence[Reading],
    known: Wishes | None = None,
) -> Assignment:
    """Divide what must be said among the faces that those can read who must know it.

    Parameters
    ----------
    traffic
        Who goes where.
    signs
        The faces.
    readings
        Who can read them.
    known
        The wishes of these readings, where somebody has made them before.
    """
    maker = known or Wishes(traffic, signs)
    made = {reading: maker.make(reading) for reading in readings}
    wishes = {reading: wish for reading, wish in made.items() if wish is not None}
    of_face: defaultdict[int, list[Reading]] = defaultdict(list)
    for reading in wishes:
        of_face[reading.face].append(reading)
    missing = {
        (number, passing.leg)
        for number, approach in enumerate(traffic.approaches)
        for passing in approach.passings
    }
    wanted = len(missing)
    messages: dict[int, tuple[Message, ...]] = {}
    # the face that most need speaks first, what it has no room for is left to the next
    waiting = set(of_face)
    while waiting:
        face = max(waiting, key=lambda k: (_count(of_face[k], missing), -k))
        waiting.discard(face)
        mine = [(r, wishes[r]) for r in of_face[face]]
        weighed = [
            w if (r.approach, r.passing.leg) in missing else Wish(w.to, w.arrow, 0.0, w.groups)
            for r, w in mine
        ]
        merged = {wish.to: wish for wish in merge_wishes(weighed)}
        lines = choose_lines(merged.values(), MOST_LINES)
        if not any(line.to in maker.urgent for line in lines):
            # no face is printed without the emergency department: its line is left free
            lines = choose_lines(merged.values(), MOST_LINES - 1)
        if not lines:
            continue
        messages[face] = lines
        told = {to for to, wish in merged.items() if wish.is_met(find_told(lines, wish))}
        missing -= {(r.approach, r.passing.leg) for r, w in mine if w.to in told}
    named = {signs[face].id: lines for face, lines in messages.items()}
    return Assignment(named, _list_gaps(traffic, missing), wanted, wanted - len(missing))


def _count(readings: Iterable[Reading], missing: set[tuple[int, int]]) -> int:
    return sum((one.approach, one.passing.leg) in missing for one in readings)


def _list_gaps(traffic: Traffic, missing: set[tuple[int, int]]) -> tuple[Gap, ...]:
    by_approach: defaultdict[int, set[str]] = defaultdict(set)
    for approach, leg in missing:
        by_approach[approach].add(traffic.legs[leg].goal)
    return tuple(
        Gap(
            traffic.approaches[number].place,
            traffic.approaches[number].heading,
            tuple(sorted(by_approach[number])),
        )
        for number in sorted(by_approach)
    )
