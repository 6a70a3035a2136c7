"""Stairs and lifts that span a mezzanine stop there only if a door or a way on it leads to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import shapely
from shapely.geometry import Point

from wayfinder.formats.osm.doors import is_door
from wayfinder.formats.osm.levels import LevelValue, parse_levels, repeat_levels
from wayfinder.formats.osm.survey import SNAP_M, AreaElement, Survey


def add_landings(survey: Survey) -> None:
    """Give the areas that span a level between storeys a unit there, where they are entered."""
    known = {level for area in survey.areas for level in area.levels}
    known |= {level for line in survey.lines for level in _flat_levels(line.values)}
    spanning = {
        id(area)
        for area in survey.areas
        if any(area.spans_over(level) and level not in area.levels for level in known)
    }
    if not spanning:
        return
    entered = _points_by_level(survey, known)
    survey.areas = [
        _with_levels(area, entered) if id(area) in spanning else area for area in survey.areas
    ]


def _flat_levels(values: Iterable[LevelValue] | None) -> set[float]:
    """Return the levels of a line that stays on each of them."""
    found: set[float] = set()
    for value in values or ():
        levels = value.list_levels()
        found |= set(levels) if len(levels) == 1 else set()
    return found


def _points_by_level(survey: Survey, known: set[float]) -> dict[float, list[Point]]:
    """Return where doors and lines are, by their level."""
    points: defaultdict[float, list[Point]] = defaultdict(list)
    for node in survey.data.tagged_nodes():
        value = parse_levels(node.tags.get("level", "")) if is_door(node.tags) else None
        if value is not None:
            repeats = parse_levels(node.tags.get("repeat_on", ""))
            place = Point(survey.frame.to_metres(node.lon, node.lat))
            for level in {lv for v in repeat_levels(value, repeats) for lv in v.list_levels()}:
                points[level].append(place)
    for line in survey.lines:
        places = [survey.frame.to_metres(*p) for p in survey.data.points(line.way) or []]
        for level in _flat_levels(line.values):
            points[level] += [Point(place) for place in places]
    return {level: found for level, found in points.items() if level in known}


def _with_levels(area: AreaElement, entered: dict[float, list[Point]]) -> AreaElement:
    """Add the levels on which something leads to an area."""
    added = {
        level
        for level, points in entered.items()
        if area.spans_over(level)
        and level not in area.levels
        and shapely.dwithin(area.outline_m, points, SNAP_M).any()
    }
    return replace(area, levels=tuple(sorted({*area.levels, *added}))) if added else area
