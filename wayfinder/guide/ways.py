"""Drawn ways that pass through doors, and stairs without a door: where to cut the line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

import shapely
from shapely.ops import substring

from wayfinder.graph.network import Network
from wayfinder.graph.space import line_length_m
from wayfinder.model import Opening, Unit
from wayfinder.model.categories import VERTICAL
from wayfinder.route.journey import Segment, SegmentKind

Point = tuple[float, float]

_NONE_M = 0.05
_STEP_M = 0.6


def is_vertical(network: Network, unit: str | None) -> bool:
    """Tell whether a unit is there to change floors: a lift, stairs, an escalator."""
    found = network.plan.find(unit, Unit)
    return found is not None and found.category in VERTICAL


def split_at_doors(
    network: Network, segment: Segment, before: Segment | None, after: Segment | None
) -> Iterator[Segment]:
    """Yield the parts of a walk along drawn ways: walks and the doors that the ways pass through.

    Parameters
    ----------
    network
        The network.
    segment
        Any segment; what is no walk is yielded as it is.
    before, after
        Its neighbours: a way may touch a door without passing it.
    """
    if segment.kind is not SegmentKind.WALK:
        yield segment
        return
    rest = segment
    told = {f for other in (before, after) if _is_door(other) for f in other.features}
    for opening in segment.features:
        if opening in told or network.plan.find(opening, Opening) is None:
            continue
        sides = _find_sides(network, segment, opening, before, after)
        if sides is None:
            continue
        door, walk, rest = _cut_door(network, rest, opening, sides)
        if line_length_m(walk.line) > _NONE_M:
            yield walk
        yield door
    if rest is segment or line_length_m(rest.line) > _NONE_M:
        yield rest


def _is_door(segment: Segment | None) -> TypeGuard[Segment]:
    return segment is not None and segment.kind is SegmentKind.DOOR


def _find_sides(
    network: Network,
    segment: Segment,
    opening: str,
    before: Segment | None,
    after: Segment | None,
) -> tuple[str, str] | None:
    """Return the nodes on the near and the far side of a door on a way, or None if not passed."""
    nodes = network.places.get(opening, ())
    if len(nodes) != 2:
        return None
    at = network.graph.nodes
    middle = shapely.MultiPoint([(at[n]["x"], at[n]["y"]) for n in nodes]).centroid
    line = shapely.LineString(segment.line)
    at_m = line.project(middle)
    came = _probe(segment.line, at_m, -1) or (before and _probe(before.line, None, -1))
    goes = _probe(segment.line, at_m, 1) or (after and _probe(after.line, None, 1))
    near = _nearer(network, nodes, came) if came else None
    far = _nearer(network, nodes, goes) if goes else None
    if near == far:
        return None
    if near is None:
        near = next(node for node in nodes if node != far)
    return near, next(node for node in nodes if node != near)


def _probe(points: Sequence[Point], at_m: float | None, sense: int) -> shapely.Point | None:
    """Return a point a step before or behind a place on a line, None where the line ends there.

    Without a place it is the last step before the line's end or the first one of it.
    """
    line = shapely.LineString(points)
    if at_m is None:
        at_m = line.length if sense < 0 else 0.0
    target = at_m + sense * min(_STEP_M, line.length)
    if target < -_STEP_M / 2 or target > line.length + _STEP_M / 2:
        return None
    target = min(max(target, 0.0), line.length)
    return line.interpolate(target) if abs(target - at_m) > _NONE_M else None


def _nearer(network: Network, nodes: Sequence[str], probe: shapely.Point) -> str:
    """Return the side of a door in whose unit a point lies, or to whose unit it is nearer."""

    def distance_m(node: str) -> float:
        unit = network.graph.nodes[node]["unit"]
        space = network.spaces.get(unit) if unit is not None else None
        return float(space.polygon.distance(probe)) if space is not None else _STEP_M / 4

    return min(nodes, key=distance_m)


def _cut_door(
    network: Network, segment: Segment, opening: str, sides: tuple[str, str]
) -> tuple[Segment, Segment, Segment]:
    """Return the door and the walks before and after it."""
    nodes = network.graph.nodes
    near, far = ((nodes[side]["x"], nodes[side]["y"]) for side in sides)
    line = shapely.LineString(segment.line)
    at_m = line.project(shapely.LineString([near, far]).centroid)
    before, after = _part(line, 0.0, at_m), _part(line, at_m, line.length)
    level, beyond = nodes[sides[0]]["level"], nodes[sides[1]]["level"]
    units = tuple(u for side in sides if (u := nodes[side]["unit"]) is not None)
    return (
        replace(
            segment,
            kind=SegmentKind.DOOR,
            from_node=sides[0],
            to_node=sides[1],
            level=level,
            to_level=beyond,
            line=(near, far),
            length_m=0.0,
            units=units,
            features=(opening,),
        ),
        replace(
            segment, to_node=sides[0], to_level=level, line=before, units=_keep(segment, units[:1])
        ),
        replace(
            segment, from_node=sides[1], level=beyond, line=after, units=_keep(segment, units[1:])
        ),
    )


def _keep(segment: Segment, units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit for unit in units if unit in segment.units)


def _part(line: shapely.LineString, begin_m: float, end_m: float) -> tuple[Point, ...]:
    part = substring(line, begin_m, end_m)
    return tuple((float(x), float(y)) for x, y in part.coords)


def cut_at_unit(
    network: Network, line: Sequence[Point], unit: str | None
) -> tuple[list[Point], Point, Point] | None:
    """Cut a line where it last enters a lift, stairs or escalator that has no door.

    Parameters
    ----------
    network
        The network.
    line
        In metres, ending inside.
    unit
        Id of the unit.

    Returns
    -------
    tuple or None
        The vertices before, the point of entry and the next vertex inside; None where the unit is
        none of these.
    """
    space = network.spaces.get(unit) if unit is not None else None
    if space is None or not is_vertical(network, unit) or len(line) < 2:
        return None
    inner = line[-1]
    outline = space.polygon.buffer(0.02)
    for i in range(len(line) - 2, -1, -1):
        out = shapely.LineString([line[i + 1], line[i]]).difference(outline)
        parts = [part for part in shapely.get_parts(out) if part.length > 0.01]
        if parts:
            start = shapely.Point(line[i + 1])
            nearest = min(parts, key=start.distance)
            x, y = min(nearest.coords, key=lambda c: start.distance(shapely.Point(c)))
            return list(line[: i + 1]), (float(x), float(y)), inner
        inner = line[i]
    return [], line[0], line[-1]
