"""Decision points: where somebody would have to choose, and so must be told how to go on.

They are found by the legs of the walker of the audit, along the ways from all entrances to all
places: where a way turns off although it also goes on otherwise, and where it leaves the floor.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import atan2, degrees

from wayfinder.checks.public_places import list_entrances
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Stance

ONE_PLACE_M = 2.0
"""Choices as near to each other as this are one to a person (ours)."""

_SECTOR_DEG = 45.0


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """Where people who come one way must be told how to go on.

    Parameters
    ----------
    stance
        Where the first of them stands, and which way he comes.
    goals
        Ids of the places that they look for, in order.
    """

    stance: Stance
    goals: tuple[str, ...]


Points = tuple[DecisionPoint, ...]


def find_decision_points(walker: SignWalker) -> Points:
    """Find the decision points on the ways from all public entrances to all public places.

    What hangs does not count, and what it says.
    """
    return gather(_list_choices(walker))


def gather(choices: Iterable[tuple[Stance, str]], near_m: float = ONE_PLACE_M) -> Points:
    """Put together where people stand as near to each other as that, and come the same way."""
    first: dict[tuple[object, ...], Stance] = {}
    goals: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for stance, goal_id in choices:
        x, y = (round(metres / near_m) for metres in stance.at)
        sector = round(degrees(atan2(*stance.heading)) / _SECTOR_DEG) % int(360 / _SECTOR_DEG)
        key = stance.level_id, x, y, sector
        first.setdefault(key, stance)
        goals[key].add(goal_id)
    return tuple(DecisionPoint(first[key], tuple(sorted(goals[key]))) for key in first)


def _list_choices(walker: SignWalker) -> Iterator[tuple[Stance, str]]:
    """Yield where somebody must be told, and what he looks for, floor by floor."""
    nodes, shafts = walker.network.graph.nodes, walker.changes.shafts
    waiting = [
        (node, stance, frozenset(walker.goals))
        for node, stance in map(walker.begin, list_entrances(walker.network))
    ]
    known: set[tuple[str, str]] = set()
    while waiting:
        start, begin, wanted = waiting.pop(0)
        fresh = [goal for goal in sorted(wanted) if (start, goal) not in known]
        known.update((start, goal) for goal in fresh)
        beyond: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for goal in fresh:
            way = walker.ways.find(start, walker.goals[goal].nodes)
            if way is None:
                continue
            for stance in walker.ways.list_choices(way, begin):
                if _is_there(walker, stance, goal):
                    break
                yield stance, goal
            if way.landing is not None and way.shaft is not None and way.shaft in shafts:
                beyond[way.shaft, nodes[way.landing]["level"]].add(goal)
        for (shaft, level_id), led in sorted(beyond.items()):
            for unit in shafts[shaft].to.get(level_id, ()):
                exits = walker.changes.list_exits(unit)
                waiting += [(node, stance, frozenset(led)) for node, stance in exits]


def _is_there(walker: SignWalker, stance: Stance, goal: str) -> bool:
    """Tell whether one is in the place that one looks for, or reads its door plate."""
    plates = walker.goals[goal].plates
    seen = walker.outlooks.look([stance]).places.keys()
    return stance.region.units <= plates or not plates.isdisjoint(seen)
