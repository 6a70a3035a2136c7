"""Which OSM ways one walks along, and on which level each of their nodes is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import LineString, Point

from wayfinder.formats.osm.categories import find_area_kind, is_escalator
from wayfinder.formats.osm.elements import Node, Tags, Way
from wayfinder.formats.osm.levels import LevelValue, format_level, parse_levels, repeat_levels
from wayfinder.formats.osm.survey import GROUND, LineElement, Survey
from wayfinder.formats.osm.walls import Walls
from wayfinder.model import Fix, Severity

OUTDOORS_M = 150.0
"""Ways in the open are kept this far around what is drawn indoors (ours)."""

_ON_OUTLINE_M = 0.05

_ON_FOOT = frozenset({"footway", "path", "pedestrian", "steps", "corridor", "living_street"})
_SHARED = frozenset({"residential", "service", "track", "unclassified", "cycleway"})
_WITH_SIDEWALK = frozenset({"tertiary", "secondary", "primary"})
_FORBIDDEN = frozenset({"no", "use_sidepath"})
_ALLOWED = frozenset({"yes", "designated", "permissive", "official"})


def is_line(tags: Tags) -> bool:
    """Tell whether one may walk along a way, by its tags or by OSM's defaults for pedestrians."""
    if tags.get("foot") in _FORBIDDEN or tags.get("area") == "yes":
        return False
    highway, indoor = tags.get("highway", ""), tags.get("indoor", "no")
    if highway in _ON_FOOT or indoor in {"pathway", "corridor"}:
        return True
    if highway in _SHARED:
        return highway != "cycleway" or tags.get("foot") in _ALLOWED
    if highway in _WITH_SIDEWALK:
        sidewalk = tags.get("sidewalk", "no") not in {"no", "none", "separate"}
        return sidewalk or tags.get("foot") in _ALLOWED
    return is_escalator(tags) and not highway and "railway" not in tags


def collect_lines(survey: Survey) -> None:
    """Fill the survey with its lines; what lies outdoors and far away is left out."""
    shapes = [area.outline_m for area in survey.areas]
    near = shapely.union_all(shapes).buffer(OUTDOORS_M) if shapes else None
    far = 0
    for way in survey.data.ways.values():
        if not is_line(way.tags) or (way.closed and find_area_kind(way.tags) is not None):
            continue
        points = survey.data.points(way)
        if points is None or len(points) < 2:
            if "level" in way.tags:
                survey.report("osm-incomplete", [way.ref], None, severity=Severity.NOTE)
            continue
        values = survey.read_levels(way.ref, way.tags, points[0])
        if values is None and "level" in way.tags:
            continue
        if values is None and way.tags.get("indoor", "no") not in {"no", "covered"}:
            survey.report("osm-level-missing", [way.ref], points[0])
            continue
        line = survey.frame.geometry_m(LineString(points))
        if near is not None and not near.intersects(line):
            far += 1
            continue
        survey.lines.append(LineElement(way, values))
    if far:
        survey.report("osm-outdoors-left-out", [], None, severity=Severity.NOTE, count=far)


@dataclass(frozen=True)
class LevelledLine:
    """A line of which the level of some nodes is known, its first and last among them.

    Parameters
    ----------
    way
        The way; of several that were joined, the first.
    nodes
        Node ids in order.
    levels
        Position in ``nodes`` to level.
    indoors
        Whether its level is tagged.
    repetition
        Levels by which it was moved up for ``repeat_on``; 0 for itself.
    """

    way: Way
    nodes: tuple[int, ...]
    levels: Mapping[int, float]
    indoors: bool
    repetition: float = 0.0


class Levels:
    """What is known of the levels of nodes.

    Parameters
    ----------
    survey
        Areas and lines.
    walls
        The outlines of the areas.
    """

    def __init__(self, survey: Survey, walls: Walls) -> None:
        self._survey = survey
        self._walls = walls
        self._flat: defaultdict[int, set[float]] = defaultdict(set)
        for line in survey.lines:
            for value in line.values or (LevelValue((GROUND,)),):
                levels = value.list_levels()
                if len(levels) == 1:
                    for node_id in line.way.nodes:
                        self._flat[node_id].add(levels[0])

    @cached_property
    def known(self) -> frozenset[float]:
        """Levels that have an area or a flat line."""
        areas = {level for area in self._survey.areas for level in area.levels}
        return frozenset(areas.union(*self._flat.values()))

    def find(self, node_id: int, possible: frozenset[float]) -> float | None:
        """Return the one level of a node among those possible, or None where it is not certain.

        The node's own tag tells first, then flat lines through it, then the areas on whose
        outline it lies.
        """
        return next((min(e) for e in self._evidence(node_id, possible) if len(e) == 1), None)

    def narrow(self, node_id: int, possible: frozenset[float]) -> frozenset[float]:
        """Return the levels that a node may have among those possible."""
        found = [evidence for evidence in self._evidence(node_id, possible) if evidence]
        return min(found, key=len) if found else possible

    def _evidence(self, node_id: int, possible: frozenset[float]) -> list[frozenset[float]]:
        node = self._survey.data.nodes[node_id]
        own, repeated = _tagged_levels(node)
        areas: set[float] = set()
        point = Point(self._survey.frame.to_metres(node.lon, node.lat))
        for area in self._walls.touching(point, _ON_OUTLINE_M):
            areas.update(area.levels if len(area.levels) == 1 else ())
        return [possible & found for found in (own, self._flat[node_id], repeated, areas)]

    def is_meeting(self, node_id: int) -> bool:
        """Tell whether a flat line passes a node."""
        return bool(self._flat[node_id])


def _tagged_levels(node: Node) -> tuple[frozenset[float], frozenset[float]]:
    """Return the levels that a node says, without and with its repetitions."""
    value = parse_levels(node.tags.get("level", ""))
    if value is None:
        return frozenset(), frozenset()
    repeats = parse_levels(node.tags.get("repeat_on", ""))
    repeated = (level for v in repeat_levels(value, repeats) for level in v.list_levels())
    return frozenset(value.list_levels()), frozenset(repeated)


def level_lines(survey: Survey, walls: Walls) -> list[LevelledLine]:
    """Find the levels along all lines; one whose ends cannot be told is reported and left out."""
    levels = Levels(survey, walls)
    levelled, climbing = [], []
    for line in survey.lines:
        values = line.values or (LevelValue((GROUND,)),)
        if len(values[0].list_levels()) > 1:
            climbing.append(_Climb(line.way, line.way.nodes, values))
            continue
        nodes, indoors = line.way.nodes, line.values is not None
        for value in values:
            level = value.lowest
            known = {0: level, len(nodes) - 1: level}
            if not indoors:
                known = {k: _outdoor_level(survey, nodes[k]) for k in known}
            repetition = level - values[0].lowest
            levelled.append(LevelledLine(line.way, nodes, known, indoors, repetition))
    for climb in _join_flights(climbing, levels):
        levelled += _level_climb(survey, climb, levels)
    return levelled


def _outdoor_level(survey: Survey, node_id: int) -> float:
    """Return the level at which a line in the open ends: that of the lines it meets, or the ground.

    Steps without a level between a corridor on one floor and one on the next join the two.
    """
    met = survey.line_levels(node_id)
    return min(met) if len(met) == 1 else GROUND


@dataclass(frozen=True)
class _Climb:
    """A line over several levels."""

    way: Way
    nodes: tuple[int, ...]
    values: tuple[LevelValue, ...]

    @property
    def kind(self) -> tuple[object, ...]:
        """What two lines must have in common to be flights of one stair."""
        keys = ("highway", "indoor", "conveying", "access", "wheelchair", "incline", "oneway")
        return (self.values, *(self.way.tags.get(key) for key in keys))


def _join_flights(climbs: Sequence[_Climb], levels: Levels) -> list[_Climb]:
    """Join flights that meet on a landing: where two alike meet, and nothing tells a level."""
    at_end: defaultdict[int, list[_Climb]] = defaultdict(list)
    for climb in climbs:
        for end in {climb.nodes[0], climb.nodes[-1]}:
            at_end[end].append(climb)
    used: set[int] = set()
    joined: list[_Climb] = []
    for climb in climbs:
        if climb.way.id in used:
            continue
        current = climb
        used.add(climb.way.id)
        while (found := _next_flight(current, at_end, used, levels)) is not None:
            used.add(found[0].way.id)
            current = _Climb(current.way, found[1], current.values)
        joined.append(current)
    return joined


def _next_flight(
    current: _Climb, at_end: Mapping[int, Sequence[_Climb]], used: set[int], levels: Levels
) -> tuple[_Climb, tuple[int, ...]] | None:
    """Return the flight that alone continues another, and the nodes of both together."""
    if current.nodes[0] == current.nodes[-1]:
        return None
    possible = frozenset(current.values[0].list_levels())
    for end in (current.nodes[-1], current.nodes[0]):
        alike = [c for c in at_end.get(end, ()) if c.way.id not in used and c.kind == current.kind]
        if len(alike) != 1 or levels.is_meeting(end) or levels.find(end, possible) is not None:
            continue
        sloped = current.way.tags.get("incline") or is_escalator(current.way.tags)
        if not sloped or _same_way(current, alike[0]):
            return alike[0], _append(current.nodes, alike[0].nodes, end)
    return None


def _same_way(one: _Climb, other: _Climb) -> bool:
    """Tell whether two lines run on in the same direction."""
    return one.nodes[-1] == other.nodes[0] or other.nodes[-1] == one.nodes[0]


def _append(nodes: tuple[int, ...], more: tuple[int, ...], at: int) -> tuple[int, ...]:
    """Join two chains of nodes at a common end, keeping the first one's direction."""
    if at == nodes[-1]:
        return nodes + (more if more[0] == at else more[::-1])[1:]
    return (more if more[-1] == at else more[::-1])[:-1] + nodes


def _level_climb(survey: Survey, climb: _Climb, levels: Levels) -> list[LevelledLine]:
    """Find the levels along one line that climbs, for each of its repetitions."""
    base = climb.values[0]
    between = {level for level in levels.known if base.spans_over(level)}
    possible = frozenset({*base.list_levels(), *between})
    known = {
        k: level
        for k, node_id in enumerate(climb.nodes)
        if (level := levels.find(node_id, possible)) is not None
    }
    found = _with_ends(climb, known, possible, levels)
    place = _place(survey, climb)
    # A landing that shares its flights' tags stays on one level; steps that do are a mistake.
    level_steps = climb.way.tags.get("highway") == "steps" or is_escalator(climb.way.tags)
    if found is None or (level_steps and len(set(found.values())) < 2):
        said = ";".join(format_level(level) for level in sorted(possible))
        fix = Fix("osm-set-incline", {"element": climb.way.ref, "incline": "up"})
        survey.report("osm-line-levels-unknown", [climb.way.ref], place, fix=fix, levels=said)
        return []
    return [
        LevelledLine(
            climb.way,
            climb.nodes,
            {k: round(level + value.lowest - base.lowest, 3) for k, level in found.items()},
            indoors=True,
            repetition=value.lowest - base.lowest,
        )
        for value in climb.values
    ]


def _place(survey: Survey, climb: _Climb) -> tuple[float, float]:
    node = survey.data.nodes[climb.nodes[0]]
    return node.lon, node.lat


def _with_ends(
    climb: _Climb, known: Mapping[int, float], possible: frozenset[float], levels: Levels
) -> dict[int, float] | None:
    """Add the levels of both ends where they follow from the others, or return None."""
    last = len(climb.nodes) - 1
    found = dict(known)
    if not found:
        incline = climb.way.tags.get("incline")
        low, high = min(possible), max(possible)
        ends = {"up": (low, high), "down": (high, low)}.get(incline or "")
        return {0: ends[0], last: ends[1]} if ends is not None else None
    seen = set(found.values())
    for end, other in ((0, last), (last, 0)):
        if end in found:
            continue
        may = levels.narrow(climb.nodes[end], possible)
        nearest = found[min(found, key=lambda k: abs(k - end))]
        if len(seen) > 1 and nearest in may:
            found[end] = nearest
        elif len(seen) == 1 and len(possible) == 2 and (other in known or other in found):
            (found[end],) = possible - seen
        else:
            return None
    return found
