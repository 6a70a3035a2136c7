"""What an OSM file holds of the inside: areas with their levels, lines, doors, buildings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.limits import MAX_FEATURES
from wayfinder.formats.osm.categories import AreaKind, find_area_kind
from wayfinder.formats.osm.elements import Node, OsmData, Relation, Tags, Way
from wayfinder.formats.osm.levels import LevelValue, parse_levels, repeat_levels, without
from wayfinder.formats.osm.shapes import Area as Outline
from wayfinder.formats.osm.shapes import middle_of, relation_area, way_area
from wayfinder.model import Fix, Frame, Issue, Severity

SNAP_M = 0.3
"""A door belongs to outlines this near, as in the graph (ours)."""

GROUND = 0.0
"""OSM's level of what lies outdoors and says nothing else."""


@dataclass(frozen=True, eq=False)
class AreaElement:
    """An area: its outline in degrees and metres, what it is, on which levels."""

    ref: str
    tags: Tags
    kind: AreaKind
    outline: Outline
    outline_m: BaseGeometry
    values: tuple[LevelValue, ...]
    levels: tuple[float, ...]

    def spans_over(self, level: float) -> bool:
        """Tell whether a level lies strictly within one of its ranges."""
        return any(value.spans_over(level) for value in self.values)


@dataclass(frozen=True, eq=False)
class LineElement:
    """A line to walk along: its way, and its levels; None where it says none."""

    way: Way
    values: tuple[LevelValue, ...] | None


@dataclass(frozen=True, eq=False)
class Outlined:
    """A building, a site or the outline of a level."""

    ref: str
    tags: Tags
    outline: Outline


@dataclass
class Survey:
    """Everything that the parts of the reader share.

    Parameters
    ----------
    data
        The elements.
    language
        BCP 47 tag of plain names.
    frame
        Plane for measuring.
    """

    data: OsmData
    language: str
    frame: Frame
    areas: list[AreaElement] = field(default_factory=list)
    lines: list[LineElement] = field(default_factory=list)
    buildings: list[Outlined] = field(default_factory=list)
    sites: list[Outlined] = field(default_factory=list)
    level_outlines: list[Outlined] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    sections: list[AreaElement] = field(default_factory=list)
    """Departments drawn around their rooms."""
    units: int = 0
    """How many units the areas will become."""
    single_level: bool = False
    """No element says a level: the plan has one floor."""

    def report(
        self,
        code: str,
        refs: Sequence[str],
        place: tuple[float, float] | None,
        *,
        severity: Severity = Severity.WARNING,
        fix: Fix | None = None,
        **values: object,
    ) -> None:
        """Add an issue about some elements; the words get the first one's name in OSM."""
        element = refs[0] if refs else ""
        self.issues.append(
            Issue(code, severity, {"element": element, **values}, tuple(refs), None, place, fix)
        )

    def read_levels(
        self, ref: str, tags: Tags, place: tuple[float, float] | None
    ) -> tuple[LevelValue, ...] | None:
        """Return an element's levels, once for each repetition, or None where it has none.

        What cannot be read is reported and counts as none.
        """
        text = tags.get("level")
        if text is None and "min_level" in tags and "max_level" in tags:
            text = f"{tags['min_level']}-{tags['max_level']}"
        if text is None:
            return (LevelValue((GROUND,)),) if self.single_level else None
        value = parse_levels(text)
        if value is None:
            self.report("osm-level-unreadable", [ref], place, value=text[:80], key="level")
            return None
        repeats = parse_levels(tags["repeat_on"]) if "repeat_on" in tags else None
        if repeats is None and "repeat_on" in tags:
            text = tags["repeat_on"][:80]
            self.report("osm-level-unreadable", [ref], place, value=text, key="repeat_on")
        return repeat_levels(value, repeats)

    def list_levels(self) -> list[float]:
        """List the levels that have an area or a line, lowest first."""
        found = {level for area in self.areas for level in area.levels}
        for line in self.lines:
            for value in line.values or (LevelValue((GROUND,)),):
                found |= set(value.list_levels())
        return sorted(found)

    def line_levels(self, node_id: int) -> frozenset[float]:
        """Return the levels that lines through a node say and stay on."""
        return self._line_levels.get(node_id, frozenset())

    @cached_property
    def _line_levels(self) -> dict[int, frozenset[float]]:
        found: defaultdict[int, set[float]] = defaultdict(set)
        for line in self.lines:
            for value in line.values or ():
                if len(levels := value.list_levels()) == 1:
                    for node_id in line.way.nodes:
                        found[node_id].add(levels[0])
        return {node_id: frozenset(levels) for node_id, levels in found.items()}

    @cached_property
    def line_nodes(self) -> frozenset[int]:
        """Nodes that a line passes."""
        return frozenset(node_id for line in self.lines for node_id in line.way.nodes)

    def place_of(self, node: Node) -> tuple[float, float]:
        """Return a node's longitude and latitude."""
        return node.lon, node.lat

    def outline_m(self, outline: Outline) -> BaseGeometry:
        """Return an outline in metres, mended where it is invalid."""
        moved = self.frame.geometry_m(outline)
        return moved if moved.is_valid else shapely.make_valid(moved)

    def missing_levels(self, outline: Outline) -> frozenset[float]:
        """Return the levels that the building around an area does not have."""
        found = (b for b, _ in self._gapped if b.outline.intersects(outline))
        building = next(found, None)
        return next((gaps for b, gaps in self._gapped if b is building), frozenset())

    @cached_property
    def _gapped(self) -> list[tuple[Outlined, frozenset[float]]]:
        """Buildings that lack levels, and these."""
        values = ((b, parse_levels(b.tags.get("non_existent_levels", ""))) for b in self.buildings)
        return [(b, frozenset(value.list_levels())) for b, value in values if value is not None]


def collect(survey: Survey) -> None:
    """Fill a survey with the areas, buildings and sites of its data."""
    survey.single_level = not any(_says_level(tags) for tags in _indoor_tags(survey.data))
    used: set[int] = set()
    for relation in survey.data.relations.values():
        if relation.tags.get("type") == "multipolygon":
            used |= _collect_relation(survey, relation)
    for way in survey.data.ways.values():
        if way.closed and way.id not in used and way.tags:
            _collect_outline(survey, way.ref, way.tags, way_area(way, survey.data), way)
    _collect_undivided(survey)
    survey.areas = [_without_missing(survey, area) for area in survey.areas]
    _set_sections_apart(survey)
    if survey.single_level and survey.areas:
        survey.report("osm-levels-missing", [], None, severity=Severity.NOTE)


def _indoor_tags(data: OsmData) -> Iterator[Tags]:
    for group in (data.ways, data.relations, data.nodes):
        for element in group.values():
            if "level" in element.tags:
                yield element.tags


def _says_level(tags: Tags) -> bool:
    return parse_levels(tags["level"]) is not None


def _collect_relation(survey: Survey, relation: Relation) -> set[int]:
    """Take up a multipolygon; return the ways that are used up by it."""
    ways = [survey.data.ways[m.id] for m in relation.members if m.id in survey.data.ways]
    tags = {key: value for key, value in relation.tags.items() if key != "type"}
    tagged = [way for way in ways if find_area_kind(way.tags) is not None]
    if not tags and len(tagged) == 1:
        # Before 2013 the outer way carried the tags of the multipolygon.
        tags = dict(tagged[0].tags)
    outline = relation_area(relation, survey.data)
    if outline is None and find_area_kind(tags) is not None:
        survey.report("osm-incomplete", [relation.ref], _first_place(survey.data, ways))
        return set()
    if outline is None or not _collect_outline(survey, relation.ref, tags, outline, None):
        return set()
    same = (way.id for way in tagged if way.tags.get("indoor") == tags.get("indoor"))
    return {key for key in same if _is_outer(relation, key)}


def _is_outer(relation: Relation, way_id: int) -> bool:
    return any(m.id == way_id and m.role != "inner" for m in relation.members)


def _first_place(data: OsmData, ways: Sequence[Way]) -> tuple[float, float] | None:
    nodes = (data.nodes.get(node_id) for way in ways for node_id in way.nodes)
    found = next((node for node in nodes if node is not None), None)
    return (found.lon, found.lat) if found is not None else None


def _collect_outline(
    survey: Survey, ref: str, tags: Tags, outline: Outline | None, way: Way | None
) -> bool:
    """Take up a closed outline as what its tags say; return whether it became an area."""
    kind = find_area_kind(tags)
    if outline is None:
        if kind is not None and way is not None:
            survey.report("osm-incomplete", [ref], _first_place(survey.data, [way]))
        return False
    item = Outlined(ref, tags, outline)
    if "building" in tags:
        survey.buildings.append(item)
    if _is_site(tags):
        survey.sites.append(item)
    if tags.get("indoor") == "level":
        survey.level_outlines.append(item)
    before = len(survey.areas)
    if kind is not None:
        _collect_area(survey, item, kind)
    return len(survey.areas) > before


def _is_site(tags: Tags) -> bool:
    site = {"hospital", "clinic", "university", "college", "school"}
    return tags.get("amenity") in site or tags.get("healthcare") in {"hospital", "clinic"}


def _collect_area(survey: Survey, item: Outlined, kind: AreaKind) -> None:
    """Take up an area that somebody could stand in, if it says on which level."""
    place = middle_of(item.outline)
    outline_m = survey.outline_m(item.outline)
    if outline_m.area < 0.01:
        survey.report("osm-area-empty", [item.ref], place)
        return
    values = survey.read_levels(item.ref, item.tags, place)
    if values is None and kind.outdoor:
        values = (LevelValue((GROUND,)),)
    if values is None:
        if "level" not in item.tags:
            survey.report("osm-level-missing", [item.ref], place)
        return
    levels = sorted({level for value in values for level in value.list_levels()})
    survey.units += len(levels)
    if survey.units > MAX_FEATURES:
        file = survey.data.file
        raise UnreadableError("osm-too-many-features", file, limit=MAX_FEATURES)
    survey.areas.append(
        AreaElement(item.ref, item.tags, kind, item.outline, outline_m, values, tuple(levels))
    )


def _without_missing(survey: Survey, area: AreaElement) -> AreaElement:
    """Leave out the levels that the building does not have, unless nothing would be left."""
    if len(area.levels) == 1:
        return area
    kept = without(area.levels, survey.missing_levels(area.outline))
    return replace(area, levels=kept or area.levels)


def _collect_undivided(survey: Survey) -> None:
    """Take up buildings with ``indoor=yes`` and a level but nothing drawn in them as one room."""
    tree = shapely.STRtree([area.outline for area in survey.areas])
    for building in list(survey.buildings):
        tags = building.tags
        if tags.get("indoor") != "yes" or "level" not in tags:
            continue
        inside = [survey.areas[i] for i in tree.query(building.outline, predicate="intersects")]
        if not any(building.outline.contains(a.outline.representative_point()) for a in inside):
            _collect_area(survey, building, AreaKind("room", open=False))


def _set_sections_apart(survey: Survey) -> None:
    """Tell departments around their rooms from rooms: they hold some, and say no ``indoor``."""
    tree = shapely.STRtree([area.outline_m for area in survey.areas])
    for area in list(survey.areas):
        if "indoor" in area.tags or area.kind.category not in {"room", "office"}:
            continue
        around = area.outline_m.buffer(SNAP_M)
        held = [survey.areas[i] for i in tree.query(around, predicate="contains")]
        if sum(other is not area and bool({*other.levels} & {*area.levels}) for other in held) > 1:
            survey.sections.append(area)
    apart = {id(area) for area in survey.sections}
    survey.areas = [area for area in survey.areas if id(area) not in apart]
