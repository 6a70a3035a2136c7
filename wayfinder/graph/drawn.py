"""What people drew by hand as relationships: extra ways, bans, one-ways.

It wins over what is derived.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import shapely

from wayfinder.graph.doors import Door
from wayfinder.graph.elements import EdgeKind
from wayfinder.graph.shapes import Point
from wayfinder.model import Issue, Level, Opening, Plan, Relationship, Severity, Unit
from wayfinder.model.categories import ESCALATOR, LIFT, RAMP, STAIRS, VERTICAL

Flow = tuple[str | None, str | None]
"""Units from and to which a door leads; None is the outside."""

_KIND = {
    STAIRS: EdgeKind.STAIRS,
    "steps": EdgeKind.STAIRS,
    ESCALATOR: EdgeKind.ESCALATOR,
    RAMP: EdgeKind.RAMP,
}
_ROUND = 7
"""Digits of a degree to which vertices must agree to be one: about a centimetre."""


@dataclass(frozen=True, slots=True)
class Vertex:
    """A point at which drawn lines meet or end."""

    node: str
    level_id: str
    point: Point


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a drawn line between two vertices."""

    relationship: Relationship
    start: Vertex
    end: Vertex
    line: tuple[Point, ...]
    kind: EdgeKind
    floors: float


@dataclass(frozen=True, slots=True)
class Jump:
    """A way drawn between two features without a line."""

    relationship: Relationship
    origin: str
    destination: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that relationships say beside links of floors."""

    stretches: tuple[Stretch, ...]
    jumps: tuple[Jump, ...]
    bans: tuple[Relationship, ...]
    flows: tuple[Relationship, ...]
    """Those that lead one way through doors."""
    issues: tuple[Issue, ...]


def read_drawn(plan: Plan) -> Drawn:
    """Sort the relationships of a plan by what they do."""
    stretches, jumps, bans, flows, issues = [], [], [], [], []
    lines = [r for r in plan.list_of(Relationship) if r.geometry is not None and not r.banned]
    shared = _shared_vertices(lines)
    for relationship in plan.list_of(Relationship):
        origin, destination = relationship.origin_id, relationship.destination_id
        if relationship.banned:
            bans.append(relationship)
        elif relationship.geometry is not None:
            found = _stretches(plan, relationship, shared)
            stretches += found
            if not found:
                issues.append(_issue("relationship-unreadable", relationship))
        elif (
            origin in plan
            and destination in plan
            and origin is not None
            and destination is not None
        ):
            through = _leads_through_opening(plan, relationship)
            if through and relationship.directed:
                flows.append(relationship)
            elif not through and not _is_link(plan, relationship):
                jumps.append(Jump(relationship, origin, destination))
        else:
            issues.append(_issue("relationship-without-ends", relationship))
    return Drawn(tuple(stretches), tuple(jumps), tuple(bans), tuple(flows), tuple(issues))


def find_flows(
    plan: Plan, drawn: Drawn, doors: Iterable[Door]
) -> tuple[dict[str, frozenset[Flow]], list[Issue]]:
    """Find which doors lead one way because somebody drew it so.

    Parameters
    ----------
    plan
        The plan.
    drawn
        Its relationships.
    doors
        All doors.

    Returns
    -------
    flows, issues
        Opening id to the pairs of units from and to which alone it leads, several where several
        were drawn; and an issue for each relationship whose doors do not lead from its origin to
        its destination.
    """
    joins = {door.opening.id: tuple(side.unit_id for side in door.sides) for door in doors}
    found: defaultdict[str, set[Flow]] = defaultdict(set)
    issues = []
    for relationship in drawn.flows:
        passed = _follow(plan, relationship, joins)
        if passed is None:
            issues.append(_issue("relationship-off-doors", relationship))
        for opening, pair in passed or ():
            found[opening].add(pair)
    return {opening: frozenset(pairs) for opening, pairs in found.items()}, issues


def _follow(
    plan: Plan, relationship: Relationship, joins: Mapping[str, tuple[str | None, ...]]
) -> list[tuple[str, Flow]] | None:
    """Follow a relationship from unit to unit through its doors; None where they do not fit."""
    at, passed = relationship.origin_id, []
    for key in (*relationship.intermediary_ids, relationship.destination_id):
        if plan.find(key, Opening) is None:
            if at != key:
                return None
            continue
        sides = joins.get(key or "", ())
        if at not in sides:
            return None
        to = sides[1] if at == sides[0] else sides[0]
        passed.append((key or "", (at, to)))
        at = to
    return passed


def _issue(code: str, relationship: Relationship) -> Issue:
    return Issue(code, Severity.WARNING, {"category": relationship.category}, (relationship.id,))


def _leads_through_opening(plan: Plan, relationship: Relationship) -> bool:
    """Tell whether a relationship leads through an opening."""
    return any(plan.find(key, Opening) for key in relationship.intermediary_ids)


def _is_link(plan: Plan, relationship: Relationship) -> bool:
    """Tell whether a relationship links floors through lifts, stairs, escalators or ramps."""
    ids = (relationship.origin_id, *relationship.intermediary_ids, relationship.destination_id)
    units = [unit for unit in (plan.find(key, Unit) for key in ids) if unit is not None]
    return sum(unit.category in {*VERTICAL, RAMP} for unit in units) > 1


def _degrees(relationship: Relationship) -> list[tuple[float, float]]:
    """Return the vertices of a drawn line, in degrees; empty for anything but one line."""
    shape = relationship.shape
    if shape is None or shape.geom_type != "LineString":
        return []
    return [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(shape)]


def _key(level_id: str, vertex: tuple[float, float]) -> tuple[str, float, float]:
    return level_id, round(vertex[0], _ROUND), round(vertex[1], _ROUND)


def _shared_vertices(lines: list[Relationship]) -> set[tuple[str, float, float]]:
    """Return the vertices that more than one drawn line has on the same level."""
    counts = Counter(
        key
        for relationship in lines
        for key in {
            _key(level, vertex)
            for level in relationship.level_ids
            for vertex in _degrees(relationship)
        }
    )
    return {key for key, count in counts.items() if count > 1}


def _stretches(
    plan: Plan, relationship: Relationship, shared: set[tuple[str, float, float]]
) -> list[Stretch]:
    """Divide a drawn line at the vertices that it shares with others."""
    vertices = _degrees(relationship)
    levels = [
        level for key in relationship.level_ids if (level := plan.find(key, Level)) is not None
    ]
    if len(vertices) < 2 or not levels or len(levels) != len(relationship.level_ids):
        return []
    first, last = levels[0], levels[-1]
    rise = last.ordinal - first.ordinal
    kind = _KIND.get(relationship.category, EdgeKind.MANUAL)
    if relationship.category == LIFT:
        kind = EdgeKind.LIFT_RIDE
    inner = [k for k in range(1, len(vertices) - 1) if _key(first.id, vertices[k]) in shared]
    stops = [0, *inner, len(vertices) - 1]
    ends = [_vertex(plan, (last if k == stops[-1] else first).id, vertices[k]) for k in stops]
    points = [plan.frame.to_metres(*vertex) for vertex in vertices]
    return [
        Stretch(
            relationship,
            *(ends[n], ends[n + 1]),
            tuple(points[i : j + 1]),
            kind,
            rise if n == len(stops) - 2 else 0.0,
        )
        for n, (i, j) in enumerate(pairwise(stops))
    ]


def _vertex(plan: Plan, level_id: str, vertex: tuple[float, float]) -> Vertex:
    _, lon, lat = _key(level_id, vertex)
    return Vertex(f"way:{level_id}:{lon:.7f},{lat:.7f}", level_id, plan.frame.to_metres(*vertex))
