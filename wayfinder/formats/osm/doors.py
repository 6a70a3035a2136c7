"""Doors, gates and entrances become openings on the walls that they stand in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import LineString, Point

from wayfinder.formats.osm.elements import Node, Tags, Way
from wayfinder.formats.osm.features import (
    accessibility,
    additions,
    computed_geojson,
    id_of,
    key_of,
    level_id,
    naming,
    point_geojson,
)
from wayfinder.formats.osm.levels import format_level
from wayfinder.formats.osm.survey import GROUND, AreaElement, Survey
from wayfinder.formats.osm.values import find_door_width_m, find_threshold_mm, is_true
from wayfinder.formats.osm.walls import Walls, door_line
from wayfinder.model import Feature, Fix, Severity, make_feature

_DOOR_TYPES = {
    "hinged": "swinging",
    "swinging": "swinging",
    "yes": "unspecified",
    "no": "open",
    "sliding": "sliding",
    "revolving": "revolving",
    "folding": "movablepartition",
    "overhead": "shutter",
    "loadingdock": "shutter",
    "trapdoor": "unspecified",
}
_BARRIERS = {"turnstile": "turnstile", "full-height_turnstile": "turnstile.fullheight"}
_NO_ENTRANCE = frozenset({"no", "garage", "gate", "elevator"})


@dataclass(frozen=True, eq=False)
class DoorElement:
    """A door: where it is, and on which levels; levels that hold no wall for it are left out."""

    ref: str
    tags: Tags
    node: Node
    levels: tuple[float, ...]


def is_door(tags: Tags) -> bool:
    """Tell whether a node is a door, a passage or an entrance."""
    if "door" in tags or tags.get("indoor") == "door":
        return True
    if tags.get("railway") in {"subway_entrance", "train_station_entrance"}:
        return "level" in tags
    return tags.get("entrance", "no") not in _NO_ENTRANCE


def find_doors(survey: Survey, walls: Walls) -> list[DoorElement]:
    """Find the doors of a file with the levels on which they are.

    A door whose level cannot be told without guessing is reported and left out.
    """
    doors = []
    drawn = frozenset(survey.list_levels())
    for node in survey.data.tagged_nodes():
        if is_door(node.tags):
            point = Point(survey.frame.to_metres(node.lon, node.lat))
            levels = _door_levels(survey, node, walls.touching(point), drawn)
            doors += [DoorElement(node.ref, node.tags, node, levels)] if levels else []
    return doors


def _door_levels(
    survey: Survey, node: Node, touching: Sequence[AreaElement], drawn: frozenset[float]
) -> tuple[float, ...]:
    place = survey.place_of(node)
    values = survey.read_levels(node.ref, node.tags, place)
    if values is None:
        return () if "level" in node.tags else _inferred_levels(survey, node, touching)
    tagged = sorted({level for value in values for level in value.list_levels()})
    levels = {fit for level in tagged if (fit := fit_level(level, touching)) is not None}
    lost = [level for level in tagged if fit_level(level, touching) is None]
    if lost and touching and not levels:
        there = sorted({level for area in touching for level in area.levels})
        fix = Fix("osm-set-level", {"element": node.ref, "level": _join(there)})
        refs = [node.ref, *(area.ref for area in touching)]
        survey.report(
            "osm-door-level-differs",
            refs,
            place,
            fix=fix,
            level=_join(lost),
            there=_join(there),
        )
    if touching:
        return tuple(sorted(levels))
    # On no outline at all: the graph lists it where it stands, if its level has anything on it.
    return tuple(level for level in tagged if level in drawn)


def fit_level(level: float, touching: Sequence[AreaElement]) -> float | None:
    """Return the level on which a door tagged with a level stands in a wall, or None.

    A door on a half landing, between levels that its stairs span, is on the storey below, or else
    the one above, that all its areas have in common.
    """
    if any(level in area.levels for area in touching):
        return level
    spanning = [area for area in touching if area.spans_over(level)]
    if not spanning:
        return None
    common = set.intersection(*(set(area.levels) for area in spanning))
    below = [other for other in common if other <= level]
    above = [other for other in common if other > level]
    return max(below) if below else min(above, default=None)


def _inferred_levels(
    survey: Survey, node: Node, touching: Sequence[AreaElement]
) -> tuple[float, ...]:
    """Return the levels of a door that says none: where only one is possible, or the ground."""
    place = survey.place_of(node)
    entrance = "entrance" in node.tags
    if not touching:
        met = survey.line_levels(node.id)
        return tuple(met) if len(met) == 1 else ()
    shared = _shared_levels(touching, entrance=entrance)
    if len(shared) == 1:
        return tuple(shared)
    if entrance and GROUND in shared:
        survey.report("osm-entrance-on-ground", [node.ref], place, severity=Severity.NOTE)
        return (GROUND,)
    fix = Fix("osm-set-level", {"element": node.ref, "level": _join(shared)}) if shared else None
    refs = [node.ref, *(area.ref for area in touching)]
    survey.report("osm-level-missing", refs, place, fix=fix)
    return ()


def _shared_levels(touching: Sequence[AreaElement], *, entrance: bool) -> list[float]:
    """List the levels that two areas at a door share; of an entrance one area is enough."""
    counted: dict[float, int] = {}
    for area in touching:
        for level in area.levels:
            counted[level] = counted.get(level, 0) + 1
    between = sorted(level for level, count in counted.items() if count > 1)
    return between or (sorted(counted) if entrance or len(touching) == 1 else [])


def _join(levels: Iterable[float]) -> str:
    return ";".join(format_level(level) for level in levels)


def make_openings(survey: Survey, doors: Sequence[DoorElement], walls: Walls) -> Iterator[Feature]:
    """Yield an opening for every door on every level that it is on."""
    for door in doors:
        point = Point(survey.frame.to_metres(door.node.lon, door.node.lat))
        touching = walls.touching(point)
        if not touching and door.node.id in survey.line_nodes:
            continue  # it stands on a drawn way, which says what it asks of those who pass
        for level in door.levels:
            here = [area for area in touching if level in area.levels]
            line = door_line(point, here or touching, find_door_width_m(door.tags))
            yield _make_opening(survey, door.ref, door.tags, level, line)
    drawn = frozenset(survey.list_levels())
    for way in survey.data.ways.values():
        if not way.closed and _is_drawn_door(way.tags):
            yield from _drawn_openings(survey, way, drawn)


def _is_drawn_door(tags: Tags) -> bool:
    return tags.get("indoor") == "door" or ("door" in tags and "highway" not in tags)


def _drawn_openings(survey: Survey, way: Way, drawn: frozenset[float]) -> Iterator[Feature]:
    """Yield the openings of a door that is drawn as a line along its wall."""
    points = survey.data.points(way)
    if points is None or len(points) < 2:
        return
    values = survey.read_levels(way.ref, way.tags, points[0])
    if values is None:
        if "level" not in way.tags:
            survey.report("osm-level-missing", [way.ref], points[0])
        return
    line = LineString([survey.frame.to_metres(*point) for point in points])
    levels = {level for value in values for level in value.list_levels()}
    for level in sorted(levels & drawn):
        yield _make_opening(survey, way.ref, way.tags, level, line)


def _make_opening(survey: Survey, ref: str, tags: Tags, level: float, line: LineString) -> Feature:
    key = key_of(ref, level)
    middle = line.interpolate(0.5, normalized=True)
    wayfinder = additions("opening", ref, key, tags, survey.language) | _extras(tags)
    door = {
        "type": _door_type(tags),
        "automatic": tags.get("automatic_door", "no") not in {"no", "slowdown_button"},
        "material": None,
    }
    properties = {
        "category": _opening_category(tags),
        "accessibility": accessibility(tags),
        "access_control": None,
        "door": door,
        **naming(tags, survey.language),
        "level_id": level_id(level),
        "display_point": point_geojson(*survey.frame.to_degrees(middle.x, middle.y)),
        "wayfinder": wayfinder,
    }
    geometry = computed_geojson(survey.frame.geometry_degrees(line))
    return make_feature(id_of(key, "opening"), "opening", geometry, properties)


def _door_type(tags: Tags) -> str:
    barrier = _BARRIERS.get(tags.get("barrier", ""))
    return barrier or _DOOR_TYPES.get(tags.get("door", ""), "unspecified")


def _opening_category(tags: Tags) -> str:
    """Return IMDF's opening category; every entrance that the public may use is a principal one."""
    entrance = tags.get("entrance", "")
    if is_emergency_only(tags):
        return "emergencyexit"
    if entrance in {"service", "staff", "delivery"}:
        return "service"
    outward = entrance or "railway" in tags
    return "pedestrian.principal" if outward else "pedestrian"


def is_emergency_only(tags: Tags) -> bool:
    """Tell whether a door opens in an emergency alone (not: leads to the emergency department)."""
    return tags.get("entrance") in {"emergency", "emergency_exit"} or (
        tags.get("exit") == "emergency" or tags.get("door:emergency") == "only"
    )


def _extras(tags: Tags) -> dict[str, Any]:
    """Return what an opening has beyond other features."""
    extras: dict[str, Any] = {}
    if (width := find_door_width_m(tags)) is not None:
        extras["clear_width_m"] = width
    if (threshold := find_threshold_mm(tags)) is not None:
        extras["threshold_mm"] = threshold
    if is_emergency_only(tags):
        extras["emergency_only"] = True
    elif tags.get("entrance") == "exit":
        extras["one_way_to"] = "outside"
    elif tags.get("entrance") in {"service", "staff", "delivery"}:
        extras["access"] = "staff"
    if is_true(tags.get("locked")) or tags.get("door:locked") == "yes":
        extras["locked"] = True
    return extras
