"""Decision points: where the ways of those who follow signs part, or leave a floor.

Whoever comes the same way is together until their lines are a few metres apart; there they had to
be told. Doors off the way whose own plate can be read are no decision, and points so near to each
other that a person would call them one place are one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from wayfinder.checks.sight import DOOR_PLATE_M
from wayfinder.checks.sign_legs import STEP_M, Floats, Leg
from wayfinder.route.journey import Point

APART_M = 2.0
"""Lines farther apart than this have parted: a corridor's width (ours)."""

ONE_PLACE_M = 4.0
"""Points nearer than this are one place to a person (ours)."""

PASSED_M = 3.0
"""Whoever comes as near to a decision point as this passes it (ours)."""

_CHANGE_M = 6.0
"""So far before a lift or stairs one is told to take it (ours)."""

_SECTOR_DEG = 90.0

Spot = tuple[str, Point]
"""Level id, and a point in metres."""


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """Where ways part, or leave the floor.

    Parameters
    ----------
    level_id
        Its level.
    point
        Its middle, metres.
    """

    level_id: str
    point: Point


@dataclass(frozen=True, slots=True)
class Passing:
    """A leg on its way through a decision point.

    Parameters
    ----------
    leg
        Index of the leg.
    step
        Index of the leg's point from which one must know where to go.
    """

    leg: int
    step: int


@dataclass(frozen=True, slots=True)
class Approach:
    """All who come to a decision point from one side.

    Parameters
    ----------
    place
        The decision point.
    heading
        Direction in which they come, a unit vector.
    passings
        Who comes: at most one passing a leg.
    lost
        Whether they stand there and look round for a sign, from whichever side they came.
    obeyed
        Where the face hangs that they have just obeyed, metres: it tells them nothing more.
    """

    place: DecisionPoint
    heading: Point
    passings: tuple[Passing, ...]
    lost: bool = False
    obeyed: Point | None = None


def find_decision_points(legs: Sequence[Leg]) -> tuple[DecisionPoint, ...]:
    """Find where ways part, in the order of their levels and points."""
    return tuple(dict.fromkeys(approach.place for approach in find_approaches(legs)))


def find_approaches(legs: Sequence[Leg]) -> tuple[Approach, ...]:
    """Find who comes to which decision point from which side.

    Parameters
    ----------
    legs
        As of `find_legs`.

    Returns
    -------
    tuple of Approach
        By level, then from the west.
    """
    raw = list(_list_partings(legs))
    places = _merge([(legs[one.leg].levels[one.step], _at(legs, one)) for one in raw])
    first: dict[tuple[int, DecisionPoint], int] = {}
    found_here = list(zip(raw, places, strict=True))
    for passing, place in [*found_here, *_list_passers(legs, tuple(dict.fromkeys(places)))]:
        key = passing.leg, place
        first[key] = min(passing.step, first.get(key, passing.step))
    sides: defaultdict[tuple[DecisionPoint, int], list[Passing]] = defaultdict(list)
    for (leg, place), step in first.items():
        heading = legs[leg].heading_at(step)
        sector = round(degrees(atan2(*heading)) / _SECTOR_DEG) % int(360 / _SECTOR_DEG)
        sides[place, sector].append(Passing(leg, step))
    found = [_make_approach(legs, place, sides[place, side]) for place, side in sides]
    return tuple(sorted(found, key=lambda one: (one.place.level_id, one.place.point, one.heading)))


def _make_approach(
    legs: Sequence[Leg], place: DecisionPoint, passings: Sequence[Passing]
) -> Approach:
    headings = np.array([legs[one.leg].heading_at(one.step) for one in passings])
    x, y = headings.mean(axis=0).tolist()
    length = float(np.hypot(x, y))
    heading = (x / length, y / length) if length > 1e-6 else (0.0, 1.0)
    return Approach(place, heading, tuple(sorted(passings, key=lambda one: one.leg)))


def _at(legs: Sequence[Leg], passing: Passing) -> Point:
    x, y = legs[passing.leg].points[passing.step].tolist()
    return x, y


def _list_partings(legs: Sequence[Leg]) -> Iterator[Passing]:
    """Yield where each leg parts from others that came with it, and where it leaves the floor."""
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for number, leg in enumerate(legs):
        starts[leg.start].append(number)
        if leg.floors:
            yield Passing(number, max(0, len(leg.points) - 1 - int(_CHANGE_M / STEP_M)))
    for together in starts.values():
        yield from _part(legs, together)


def _part(legs: Sequence[Leg], together: Sequence[int]) -> Iterator[Passing]:
    """Yield the partings of legs with one start; the points of each step are compared at once."""
    stack = [(list(together), 1)]
    while stack:
        group, step = stack.pop()
        while len(group) > 1:
            group = [number for number in group if step < len(legs[number].points)]
            parts = _divide(legs, group, step)
            if len(parts) > 1:
                back = max(0, step - int(APART_M / STEP_M) - 1)
                if sum(any(_must_know(legs[n], back) for n in part) for part in parts) > 1:
                    for number in group:
                        if _must_know(legs[number], back):
                            yield Passing(number, back)
                stack += [(part, step + 1) for part in parts]
                break
            step += 1


def _list_passers(
    legs: Sequence[Leg], places: Sequence[DecisionPoint]
) -> Iterator[tuple[Passing, DecisionPoint]]:
    """Yield who passes a place where others part: all who come there ask themselves where to go."""
    lengths = [len(leg.points) for leg in legs]
    owners = np.repeat(np.arange(len(legs)), lengths)
    steps = np.concatenate([np.arange(length) for length in lengths] or [np.zeros(0, int)])
    levels = np.array([level for leg in legs for level in leg.levels])
    points = np.concatenate([leg.points for leg in legs] or [np.zeros((0, 2))])
    for level_id in dict.fromkeys(place.level_id for place in places):
        here = np.flatnonzero(levels == level_id)
        on_level = [place for place in places if place.level_id == level_id]
        near = KDTree(points[here]).query_ball_point([place.point for place in on_level], PASSED_M)
        for place, members in zip(on_level, near, strict=True):
            for k in sorted(members):
                leg, step = int(owners[here[k]]), int(steps[here[k]])
                if _must_know(legs[leg], step):
                    yield Passing(leg, step), place


def _must_know(leg: Leg, step: int) -> bool:
    """Tell whether the goal is too far from a step for its own door plate to be read there."""
    return bool(leg.floors) or (len(leg.points) - 1 - step) * STEP_M > DOOR_PLATE_M


def _divide(legs: Sequence[Leg], group: Sequence[int], step: int) -> list[list[int]]:
    """Divide legs by where they are at a step: apart from the first of each part."""
    if not group:
        return []
    points = np.array([legs[number].points[step] for number in group])
    left: NDArray[np.intp] = np.arange(len(group))
    parts = []
    while len(left):
        near = np.hypot(*(points[left] - points[left[0]]).T) <= APART_M
        parts.append([group[k] for k in left[near].tolist()])
        left = left[~near]
    return parts


def _merge(spots: Sequence[Spot]) -> list[DecisionPoint]:
    """Return for each spot the decision point that it belongs to."""
    by_level: defaultdict[str, list[int]] = defaultdict(list)
    for number, (level_id, _) in enumerate(spots):
        by_level[level_id].append(number)
    found: dict[int, DecisionPoint] = {}
    for level_id, numbers in by_level.items():
        points = np.array([spots[number][1] for number in numbers])
        for place, members in _cluster(points):
            made = DecisionPoint(level_id, place)
            found.update((numbers[k], made) for k in members)
    return [found[number] for number in range(len(spots))]


def _cluster(points: Floats) -> Iterator[tuple[Point, list[int]]]:
    """Yield clusters of points: around those where most meet, so that none grows along a hall."""
    cells, index, counts = np.unique(
        np.round(points), axis=0, return_inverse=True, return_counts=True
    )
    owner = np.full(len(cells), -1)
    for cell in np.argsort(-counts, kind="stable").tolist():
        if owner[cell] < 0:
            near = np.hypot(*(cells - cells[cell]).T) <= ONE_PLACE_M
            owner[near & (owner < 0)] = cell
    members: Mapping[int, list[int]] = defaultdict(list)
    for number, cell in enumerate(owner[index.ravel()].tolist()):
        members[cell].append(number)
    for cell, numbers in members.items():
        x, y = cells[cell].tolist()
        yield (float(x), float(y)), numbers


def list_goals(legs: Sequence[Leg], approaches: Iterable[Approach]) -> frozenset[str]:
    """List the places that somebody looks for at some approaches."""
    return frozenset(
        legs[passing.leg].goal for approach in approaches for passing in approach.passings
    )
