"""Lines become relationships: ways on a level, and stairs, escalators, ramps between levels."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

from wayfinder.formats.osm.categories import is_escalator
from wayfinder.formats.osm.doors import DoorElement, is_emergency_only
from wayfinder.formats.osm.elements import Node, Tags
from wayfinder.formats.osm.features import (
    additions,
    as_geojson,
    computed_geojson,
    id_of,
    key_of,
    level_id,
)
from wayfinder.formats.osm.lines import LevelledLine
from wayfinder.formats.osm.survey import GROUND, Survey
from wayfinder.formats.osm.values import (
    find_access,
    find_door_width_m,
    find_way_width_m,
    find_wheelchair,
    is_true,
    parse_incline,
)
from wayfinder.formats.osm.walls import Walls
from wayfinder.model import Access, Feature, Fix, make_feature

_BARRIER_M = 0.25
"""How much of a way on each side of a gate is subject to it (ours)."""

_IN_STAIRS_M = 0.5

_ONE_WAY_ON_FOOT = frozenset({"footway", "steps", "corridor"})


def make_ways(
    survey: Survey, lines: Sequence[LevelledLine], doors: Sequence[DoorElement], walls: Walls
) -> Iterator[Feature]:
    """Yield the relationships of all lines, divided at doors, gates and changes of level."""
    maker = _Maker(survey, doors, walls)
    for line in lines:
        yield from maker.make(line)


class _Maker:
    """Makes relationships of lines, knowing the doors at their nodes."""

    def __init__(self, survey: Survey, doors: Sequence[DoorElement], walls: Walls) -> None:
        self._survey = survey
        self._walls = walls
        self._doors = {door.node.id: door for door in doors}
        self._stairs = [area for area in survey.areas if area.kind.category == "stairs"]

    def make(self, line: LevelledLine) -> Iterator[Feature]:
        """Yield the relationships of one line."""
        tags = line.way.tags
        if is_escalator(tags) and find_conveying(tags) is None:
            if not line.repetition:
                self._report_direction(line)
            return
        levels = self._levels_at_doors(line)
        stops = self._stops(line, levels)
        for number, (i, j) in enumerate(itertools.pairwise(stops)):
            ends = (levels[i], levels[j])
            part = str(number) if len(stops) > 2 else ""
            yield from self._piece(line, line.nodes[i : j + 1], ends, part)

    def _report_direction(self, line: LevelledLine) -> None:
        node = self._survey.data.nodes[line.nodes[0]]
        fix = Fix("osm-set-conveying", {"element": line.way.ref})
        self._survey.report(
            "osm-escalator-direction", [line.way.ref], (node.lon, node.lat), fix=fix
        )

    def _levels_at_doors(self, line: LevelledLine) -> dict[int, float]:
        """Return the levels along a line; in the open it meets a door on the door's own level."""
        levels = dict(line.levels)
        if line.indoors:
            return levels
        for k in (0, len(line.nodes) - 1):
            door = self._doors.get(line.nodes[k])
            if door is not None and len(door.levels) == 1:
                levels[k] = door.levels[0]
        return levels

    def _stops(self, line: LevelledLine, levels: dict[int, float]) -> list[int]:
        """Return where to divide a line, and set the level of every stop."""
        stops = sorted(levels)
        kept = [stops[0]]
        kept += [
            k
            for before, k, after in zip(stops, stops[1:], stops[2:], strict=False)
            if levels[before] != levels[k] or levels[k] != levels[after] or self._stands_at(line, k)
        ]
        kept.append(stops[-1])
        for k in range(1, len(line.nodes) - 1):
            around = {
                levels[max(s for s in stops if s <= k)],
                levels[min(s for s in stops if s >= k)],
            }
            if k not in kept and len(around) == 1 and self._stands_at(line, k):
                kept.append(k)
                levels[k] = around.pop()
        return sorted(kept)

    def _stands_at(self, line: LevelledLine, k: int) -> bool:
        """Tell whether a door or something that bars some people stands at a node."""
        node = self._survey.data.nodes[line.nodes[k]]
        return node.id in self._doors or bool(find_bar(node.tags))

    def _piece(
        self, line: LevelledLine, nodes: Sequence[int], ends: tuple[float, float], part: str
    ) -> Iterator[Feature]:
        """Yield the relationships of a piece between two stops: a gate has one of its own."""
        found = [self._survey.data.nodes[n] for n in nodes]
        points = [(node.lon, node.lat) for node in found]
        key = key_of(line.way.ref, line.repetition or None, part)
        bars = [self._bar(found[0], ends[0]), self._bar(found[-1], ends[1])]
        if ends[0] != ends[1] or not any(bars):
            merged = {**bars[0], **bars[1]}
            yield self._relationship(line, key, LineString(points), ends, merged)
            return
        whole = LineString([self._survey.frame.to_metres(*point) for point in points])
        reach = min(_BARRIER_M, whole.length / 3)
        start, end = reach * bool(bars[0]), whole.length - reach * bool(bars[1])
        cuts = [(0.0, start, bars[0], "<"), (start, end, {}, ""), (end, whole.length, bars[1], ">")]
        for begin, finish, bar, mark in cuts:
            if finish - begin > 1e-6:
                cut = self._survey.frame.geometry_degrees(substring(whole, begin, finish))
                shape = _snapped(shapely.get_coordinates(cut), points)
                yield self._relationship(line, key + mark, shape, ends, bar)

    def _bar(self, node: Node, level: float) -> dict[str, Any]:
        """Return what bars some people at a node that is no door of the plan on that level."""
        door = self._doors.get(node.id)
        point = Point(self._survey.frame.to_metres(node.lon, node.lat))
        if door is not None and level in door.levels and self._walls.touching(point):
            return {}
        return find_bar(node.tags)

    def _relationship(
        self,
        line: LevelledLine,
        key: str,
        shape: LineString,
        ends: tuple[float, float],
        bar: Mapping[str, Any],
    ) -> Feature:
        tags = line.way.tags
        backward = find_conveying(tags) == "backward" or tags.get("oneway") == "-1"
        if backward:
            shape, ends = shape.reverse(), (ends[1], ends[0])
        category = self._category(tags, shape, ends)
        levels = [level_id(level) for level in dict.fromkeys(ends)]
        wayfinder: dict[str, Any] = {
            **additions("relationship", line.way.ref, key, tags, self._survey.language),
            "level_ids": levels,
            **_extras(tags, category, -1 if backward else 1),
            **bar,
        }
        properties = {
            "category": category,
            "direction": "directed" if _is_directed(tags) else "undirected",
            "origin": None,
            "intermediary": None,
            "destination": None,
            "hours": tags.get("opening_hours"),
            "wayfinder": wayfinder,
        }
        outdoors = not line.indoors and set(ends) == {GROUND}
        geometry = as_geojson(shape) if outdoors or not bar else computed_geojson(shape)
        return make_feature(id_of(key, "way"), "relationship", geometry, properties)

    def _category(self, tags: Tags, shape: LineString, ends: tuple[float, float]) -> str:
        """Return IMDF's relationship category."""
        climbs = ends[0] != ends[1]
        steps = tags.get("highway") == "steps" or is_true(tags.get("stairs"))
        if is_escalator(tags):
            return "escalator" if steps or climbs else "movingwalkway"
        if steps or (climbs and self._in_stairs(shape)):
            return "stairs"
        if not climbs:
            return "traversal"
        # In the open a way slopes with the ground: nobody calls that a ramp.
        return "traversal" if "level" not in tags else "ramp"

    def _in_stairs(self, shape: LineString) -> bool:
        """Tell whether a line runs within a stair."""
        line = self._survey.frame.geometry_m(shape)
        middle = line.interpolate(0.5, normalized=True)
        return any(area.outline_m.distance(middle) < _IN_STAIRS_M for area in self._stairs)


def find_bar(tags: Tags) -> dict[str, Any]:
    """Return what a gate, kerb or door on a way asks of those who pass: access, width, steps."""
    if not {"door", "entrance", "barrier", "kerb", "indoor"} & tags.keys():
        return {}
    bar: dict[str, Any] = {}
    access = find_access(tags)
    if access not in {None, Access.PUBLIC}:
        bar["access"] = str(access)
    if (width := find_door_width_m(tags)) is not None:
        bar["clear_width_m"] = width
    if find_wheelchair(tags) is False or tags.get("kerb") == "raised":
        bar["wheelchair"] = False
    shut = is_true(tags.get("locked")) or is_emergency_only(tags)
    if shut:
        bar["access"] = str(Access.PRIVATE)
    return bar


def find_conveying(tags: Tags) -> str | None:
    """Return which way an escalator runs along its line, or None where nobody says.

    ``incline`` tells how the line is drawn, not how the steps move; ``oneway`` tells both.
    """
    conveying = tags.get("conveying", "no")
    if conveying in {"forward", "backward", "reversible"}:
        return conveying
    return {"yes": "forward", "-1": "backward"}.get(tags.get("oneway", ""))


def _is_directed(tags: Tags) -> bool:
    """Tell whether one may walk a way in one direction only."""
    if is_escalator(tags):
        return find_conveying(tags) != "reversible"
    if tags.get("oneway:foot") in {"yes", "-1"} or tags.get("foot:backward") == "no":
        return True
    on_foot = tags.get("highway") in _ONE_WAY_ON_FOOT or tags.get("indoor") == "pathway"
    return on_foot and tags.get("oneway") in {"yes", "-1"}


def _extras(tags: Tags, category: str, sense: int) -> dict[str, Any]:
    """Return widths and slopes of a way."""
    extras: dict[str, Any] = {}
    if (width := find_way_width_m(tags)) is not None:
        extras["clear_width_m"] = width
    incline = parse_incline(tags.get("incline", ""))
    if incline is not None and category in {"ramp", "traversal", "movingwalkway"}:
        extras["incline"] = incline * sense
    return extras


def _snapped(coordinates: Any, points: Sequence[tuple[float, float]]) -> LineString:  # noqa: ANN401
    """Return a cut line whose ends are the very vertices that it was cut from, where they are."""
    for k, own in ((0, points[0]), (-1, points[-1])):
        if abs(coordinates[k][0] - own[0]) + abs(coordinates[k][1] - own[1]) < 1e-9:
            coordinates[k] = own
    return LineString(coordinates)
