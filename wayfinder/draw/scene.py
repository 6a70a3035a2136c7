"""What is drawn of one level, in metres of the plan's frame: shapes, marks and names without style.

A scene is the only thing that the writers see; all that a category, a tag or a language means is
settled here and in the modules beside that build its parts.
"""

from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.areas import (
    Area,
    Flight,
    Way,
    as_polygons,
    list_areas,
    list_flights,
    list_ways,
    recall_axis_deg,
)
from wayfinder.draw.places import Place, Text, list_places, make_texts
from wayfinder.draw.text import clean_text
from wayfinder.draw.walls import Door, Walls, list_doors, make_walls
from wayfinder.model import Building, Detail, Level, Plan, Unit

__all__ = ["Area", "Door", "Flight", "Place", "Scene", "Text", "Walls", "Way", "make_scene"]

_AROUND_M = 8.0


@dataclass(frozen=True)
class Scene:
    """One level, ready to be drawn.

    Parameters
    ----------
    level_id
        Id of the level.
    languages
        BCP 47 tags of the names: the first, and the second where there is one.
    ordinal
        Position in the stack of floors.
    label
        The floor's label as on the lift's buttons.
    title
        Longer name of the floor, or of its building; may be empty.
    venue
        Name of the venue; may be empty.
    credit
        Whose data it is, to be printed with it; may be empty.
    axis_deg
        Compass direction in degrees within ±45 along which most walls of the plan run.
    floor
        Outline of what is built, or of the whole level.
    areas
        Rooms and the like, those below first.
    walls
        Lines and solid parts, cut open at the doors.
    doors
        Leaves and entrances.
    flights
        Stairs, escalators and ramps.
    ways
        Paths without an outline, such as footways.
    beside
        What is built on the same storey but belongs to another level.
    details
        Further lines of the drawing.
    places
        What gets a symbol or a name, the most important first.
    """

    level_id: str
    languages: tuple[str, ...]
    ordinal: float
    label: tuple[Text, ...]
    title: tuple[Text, ...]
    venue: tuple[Text, ...]
    credit: str
    axis_deg: float
    floor: Polygon | MultiPolygon
    areas: tuple[Area, ...]
    walls: Walls
    doors: tuple[Door, ...]
    flights: tuple[Flight, ...]
    ways: tuple[Way, ...]
    beside: Polygon | MultiPolygon
    details: MultiLineString
    places: tuple[Place, ...]

    @property
    def short_label(self) -> str:
        """The floor's label, or its id where it has none."""
        return self.label[0].text if self.label else clean_text(self.level_id, limit=16)

    @property
    def drawn(self) -> list[BaseGeometry]:
        """What must be seen: all that is built and the signs around it, else all there is.

        Footways lead far beyond a building; what they lead to is not on this map.
        """
        points = [Point(place.point) for place in self.places]
        built = self.drawn_indoors
        if built:
            around = shapely.union_all(built).envelope.buffer(_AROUND_M)
            return [*built, *(point for point in points if around.covers(point))]
        shapes: list[BaseGeometry] = [area.outline for area in self.areas]
        shapes += [way.line for way in self.ways]
        return [shape for shape in (*shapes, *points, self.floor) if not shape.is_empty]

    @property
    def drawn_indoors(self) -> list[BaseGeometry]:
        """All that has an extent and is built."""
        shapes = [area.outline for area in self.areas if not area.outdoor]
        return [shape for shape in (*shapes, self.walls.outline) if not shape.is_empty]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of its areas in alphabetical order."""
        return tuple(sorted({area.kind for area in self.areas}))


def make_scene(
    plan: Plan, level_id: str, *, language: str, second_language: str | None = None
) -> Scene:
    """Make the scene of a level.

    Parameters
    ----------
    plan
        The plan.
    level_id
        Id of one of its levels.
    language
        BCP 47 tag of the names.
    second_language
        Another one below it, as on a bilingual sign; names that it lacks are not repeated.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    level = plan.find(level_id, Level)
    if level is None:
        raise KeyError(level_id)
    languages = tuple(dict.fromkeys(tag for tag in (language, second_language) if tag))
    areas = list_areas(plan, level)
    beside = _find_beside(plan, level)
    doors = list_doors(plan, level, areas, beside)
    walls = make_walls(areas, doors)
    return Scene(
        level_id=level_id,
        languages=languages,
        ordinal=level.ordinal,
        label=make_texts(level.short_name or level.name, languages),
        title=_name_level(plan, level, languages),
        venue=make_texts(plan.venue.name, languages) if plan.venue else (),
        credit=_find_credit(plan),
        axis_deg=recall_axis_deg(plan),
        floor=_find_floor(plan, level, walls),
        areas=areas,
        walls=walls,
        doors=doors,
        flights=list_flights(plan, areas),
        ways=list_ways(plan, level, areas),
        beside=beside,
        details=_find_details(plan, level),
        places=list_places(plan, level, areas, doors, languages),
    )


def _find_beside(plan: Plan, level: Level) -> Polygon | MultiPolygon:
    """Find what other levels of the same storey hold: the other ends of bridges."""
    outlines = [
        as_polygons(plan.find_geometry_m(unit.id))
        for other in plan.levels
        if other.id != level.id and other.ordinal == level.ordinal and not other.outdoor
        for unit in plan.list_on(other.id, Unit)
    ]
    return as_polygons(shapely.union_all(outlines, grid_size=0.01)) if outlines else Polygon()


def _find_credit(plan: Plan) -> str:
    """Return the attribution that a plan's manifest asks for."""
    credit = plan.manifest.get("attribution")
    return clean_text(credit) if isinstance(credit, str) else ""


def _name_level(plan: Plan, level: Level, languages: tuple[str, ...]) -> tuple[Text, ...]:
    """Name the level beyond its label: by its own name, else by that of its only building."""
    label = make_texts(level.short_name or level.name, languages)
    name = make_texts(level.name, languages)
    if name and name != label:
        return name
    buildings = [plan.find(building_id, Building) for building_id in level.building_ids]
    names = [make_texts(building.name, languages) for building in buildings if building]
    return names[0] if len(names) == 1 else ()


def _find_floor(plan: Plan, level: Level, walls: Walls) -> Polygon | MultiPolygon:
    """Find what lies below the rooms: the level's outline joined with what is built."""
    outline = plan.find_geometry_m(level.id)
    shapes = [walls.outline] if outline is None else [walls.outline, shapely.make_valid(outline)]
    parts = shapely.get_parts(shapely.union_all(shapes))
    polygons = [part for part in parts if isinstance(part, Polygon)]
    return MultiPolygon(polygons)


def _find_details(plan: Plan, level: Level) -> MultiLineString:
    shapes = [plan.find_geometry_m(detail.id) for detail in plan.list_on(level.id, Detail)]
    lines = [
        part
        for shape in shapes
        if shape is not None
        for part in shapely.get_parts(shape)
        if isinstance(part, LineString) and not part.is_empty
    ]
    return MultiLineString(lines)
