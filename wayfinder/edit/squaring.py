"""Outlines drawn by hand made square."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import ClassVar

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id
from wayfinder.edit.outlines import Metres, measure, round_position
from wayfinder.edit.vertices import list_lines, move_shared
from wayfinder.model import Plan, Unit

_ASKEW = sin(pi / 12)
"""Walls that are up to 15 degrees off are meant to be square (ours)."""

_MOST_M = 0.5
"""A corner that would move farther was not meant to be square (ours)."""

_STAYS_M = 1e-3


@dataclass(frozen=True, kw_only=True)
class SquareUnit(Action):
    """Make the corners of a unit right angles where they nearly are.

    Walls up to 15 degrees off its longest wall, or off square to it, are set straight; others stay.
    Corners of neighbours move along, and so do doors.

    Parameters
    ----------
    feature
        The unit.
    """

    kind: ClassVar[str] = "square-unit"

    feature: Id

    def apply(self, plan: Plan) -> Edit:
        """Set the walls straight."""
        changes, frame = Changes(plan), plan.frame
        unit = changes.get(self.feature, Unit)
        coordinates = (unit.geometry or {}).get("coordinates")
        rings = [[frame.to_metres(p[0], p[1]) for p in ring] for ring in list_lines(coordinates)]
        edges = [edge for ring in rings for edge in pairwise(ring)]
        if not edges:
            raise EditError("shape-missing", {}, unit.id)
        (x0, y0), (x1, y1) = max(edges, key=lambda edge: round(measure(*edge), 3))
        angle = atan2(y1 - y0, x1 - x0)
        targets = []
        for ring in rings:
            for old, new in zip(ring[:-1], _square(ring[:-1], angle), strict=True):
                if measure(old, new) > _MOST_M:
                    raise EditError("corner-too-far", {"limit_m": _MOST_M}, unit.id)
                if measure(old, new) > _STAYS_M:
                    targets.append((old, round_position(*frame.to_degrees(*new))))
        move_shared(changes, unit, targets, alone=False)
        return changes.finish()


def _square(corners: Sequence[Metres], angle: float) -> list[Metres]:
    """Return the corners of a ring with its walls along, or square to, a direction."""
    c, s = cos(angle), sin(angle)
    turned = [(x * c + y * s, -x * s + y * c) for x, y in corners]
    count = len(turned)
    steps = [
        (turned[(n + 1) % count][0] - turned[n][0], turned[(n + 1) % count][1] - turned[n][1])
        for n in range(count)
    ]
    level = [abs(dy) <= _ASKEW * hypot(dx, dy) for dx, dy in steps]
    upright = [abs(dx) <= _ASKEW * hypot(dx, dy) for dx, dy in steps]
    xs = _even([x for x, _ in turned], upright)
    ys = _even([y for _, y in turned], level)
    return [(x * c - y * s, x * s + y * c) for x, y in zip(xs, ys, strict=True)]


def _even(values: Sequence[float], joined: Sequence[bool]) -> list[float]:
    """Return values of which those that are joined, each with the next, are their mean.

    Parameters
    ----------
    values
        One a corner.
    joined
        Of each corner, whether the wall to the next one holds the two alike.
    """
    count = len(values)
    evened = list(values)
    if all(joined):
        return [sum(values) / count] * count
    for start in range(count):
        if not joined[start] or joined[start - 1]:
            continue
        run = [start]
        while joined[run[-1]]:
            run.append((run[-1] + 1) % count)
        mean = sum(values[n] for n in run) / len(run)
        for n in run:
            evened[n] = mean
    return evened
