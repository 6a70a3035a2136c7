"""What gets a symbol or a name on a level."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.areas import Area, as_polygons
from wayfinder.draw.text import clean_text
from wayfinder.draw.walls import Door
from wayfinder.model import (
    Amenity,
    Anchor,
    Building,
    Feature,
    Fixture,
    Kiosk,
    Labels,
    Level,
    Occupant,
    Opening,
    Plan,
    Section,
    Unit,
    pick_label,
)
from wayfinder.presets import Preset, find_preset

Xy = tuple[float, float]
_SILENT = frozenset({"structure", "void", "glass"})
_UNKNOWN_RANK = 6
_SECTION_RANK = 3
_LARGE_M2 = 80.0


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in one language.

    Parameters
    ----------
    language
        BCP 47 tag that was asked for.
    text
        Harmless to print, not empty.
    """

    language: str
    text: str


@dataclass(frozen=True)
class Place:
    """Something with a symbol or a name.

    Parameters
    ----------
    feature
        Id of the feature that it stands for.
    symbol
        File in ``static/symbols`` without ``.svg``, or None.
    kind
        What it is to the reader, as for an area.
    texts
        Its name, once a language; may be empty where there is a symbol.
    rank
        Whose label is drawn first: 1 before 9.
    point
        Where it is, in metres.
    home
        What its label must stay inside, or None where it stands free.
    """

    feature: str
    symbol: str | None
    kind: str
    texts: tuple[Text, ...]
    rank: int
    point: Xy
    home: Polygon | MultiPolygon | None = None


def make_texts(labels: Labels, languages: tuple[str, ...]) -> tuple[Text, ...]:
    """Choose a name in each language, clean, none twice."""
    texts: dict[str, Text] = {}
    for language in languages:
        text = clean_text(pick_label(labels, language))
        if text and text not in texts:
            texts[text] = Text(language, text)
    return tuple(texts.values())


def list_places(
    plan: Plan,
    level: Level,
    areas: tuple[Area, ...],
    doors: tuple[Door, ...],
    languages: tuple[str, ...],
) -> tuple[Place, ...]:
    """List what gets a symbol or a name on a level, the most important first."""
    homes = {area.feature: area for area in areas}
    found = _Places(plan, level, homes, languages)
    places = [
        *found.list_occupants(),
        *found.list_units(),
        *found.list_amenities(),
        *found.list_sections(),
        *found.list_furniture(),
        *found.list_buildings(),
        *(place for door in doors for place in found.find_entrance(door)),
    ]
    return tuple(sorted(places, key=_order))


def _order(place: Place) -> tuple[int, float, str]:
    return place.rank, -place.home.area if place.home else 0.0, place.feature


class _Places:
    """Collects the places of a level; remembers which units have spoken for themselves."""

    def __init__(
        self, plan: Plan, level: Level, homes: dict[str, Area], languages: tuple[str, ...]
    ) -> None:
        self.plan = plan
        self.level = level
        self.homes = homes
        self.languages = languages
        self.spoken: set[str] = set()
        self.symbols: dict[str, str] = {}

    def list_occupants(self) -> Iterable[Place]:
        """Departments: each in its unit where it is alone there, else at its anchor."""
        by_unit: dict[str, list[tuple[Occupant, Anchor]]] = {}
        for occupant in self.plan.list_of(Occupant):
            anchor = self.plan.find(occupant.anchor_id, Anchor)
            if anchor is not None and anchor.unit_id in self.homes:
                by_unit.setdefault(anchor.unit_id, []).append((occupant, anchor))
        for unit_id, tenants in by_unit.items():
            unit = self.plan.find(unit_id, Unit)
            if unit is None:
                continue
            self.spoken.add(unit_id)
            for occupant, anchor in tenants:
                preset = find_preset(occupant.category) or find_preset(unit.category)
                outline = self.homes[unit_id].outline
                home = outline if len(tenants) == 1 else None
                anchored = None if home else _as_point(self.plan.find_geometry_m(anchor.id))
                point = anchored or _middle(outline)
                texts = make_texts(occupant.name or unit.name, self.languages)
                yield from self._make(occupant, preset, texts, point, home)

    def list_units(self) -> Iterable[Place]:
        """Rooms that have a name or a symbol and no occupant that speaks for them."""
        for unit in self.plan.list_on(self.level.id, Unit):
            area = self.homes.get(unit.id)
            if area is None or unit.id in self.spoken or area.kind in _SILENT:
                continue
            preset = find_preset(unit.category)
            point = unit.display_point
            middle = self.plan.frame.to_metres(*point) if point else _middle(area.outline)
            texts = make_texts(unit.name or unit.alt_name, self.languages)
            made = self._make(unit, preset, texts, middle, area.outline, kind=area.kind)
            if preset and preset.symbol and made:
                self.symbols[unit.id] = preset.symbol
            yield from made

    def list_amenities(self) -> Iterable[Place]:
        """Points of service, but for those that repeat the symbol of the unit they lie in."""
        for amenity in self.plan.list_of(Amenity):
            if self.level.id not in _find_levels(self.plan, amenity):
                continue
            preset = find_preset(amenity.category)
            point = _as_point(self.plan.find_geometry_m(amenity.id))
            if point is None or (preset and self._repeats(amenity, preset, point)):
                continue
            yield from self._make(amenity, preset, make_texts(amenity.name, self.languages), point)

    def _repeats(self, amenity: Amenity, preset: Preset, point: Xy) -> bool:
        return any(
            symbol == preset.symbol
            and (unit in amenity.unit_ids or self.homes[unit].outline.covers(Point(point)))
            for unit, symbol in self.symbols.items()
        )

    def list_sections(self) -> Iterable[Place]:
        """Named parts of the level; a name across the walls of its rooms would hide them."""
        unwalled = [area.outline for area in self.homes.values() if not area.walled]
        ground = shapely.union_all(unwalled)
        for section in self.plan.list_on(self.level.id, Section):
            outline = as_polygons(self.plan.find_geometry_m(section.id))
            outline = as_polygons(outline.intersection(ground))
            texts = make_texts(section.name, self.languages)
            if texts and not outline.is_empty:
                point = _middle(outline)
                yield Place(section.id, None, "section", texts, _SECTION_RANK, point, outline)

    def list_furniture(self) -> Iterable[Place]:
        """Stalls and desks with a name."""
        for kind in (Kiosk, Fixture):
            for thing in self.plan.list_on(self.level.id, kind):
                area = self.homes.get(thing.id)
                texts = make_texts(thing.name, self.languages)
                if area is not None and texts:
                    preset = find_preset(thing.category)
                    yield from self._make(thing, preset, texts, _middle(area.outline))

    def list_buildings(self) -> Iterable[Place]:
        """On open ground the buildings that stand on it, each named on what it covers there."""
        if not self.level.outdoor:
            return
        for level in self.plan.levels:
            outline = as_polygons(self.plan.find_geometry_m(level.id))
            if level.outdoor or level.ordinal != self.level.ordinal or outline.is_empty:
                continue
            for building in (self.plan.find(key, Building) for key in level.building_ids):
                texts = make_texts(building.name, self.languages) if building else ()
                if building and texts:
                    point = _middle(outline)
                    yield Place(building.id, None, "section", texts, 1, point, outline)

    def find_entrance(self, door: Door) -> Iterable[Place]:
        """Find what a door is called, or that it leads outside."""
        opening = self.plan[door.feature]
        texts = make_texts(opening.name, self.languages)
        if door.inward is None and not texts:
            return
        x, y = door.middle
        dx, dy = door.inward or (0.0, 0.0)
        symbol = None if door.inward is None else "exit" if door.emergency else "entrance"
        kind = "safety" if door.emergency else "entrance"
        locked = isinstance(opening, Opening) and opening.locked
        if locked and not texts:
            return
        preset = find_preset(opening.category)
        rank = 7 if door.emergency or locked else min(4, preset.rank) if preset else 4
        yield Place(door.feature, symbol, kind, texts, rank, (x - dx * 1.2, y - dy * 1.2))

    def _make(
        self,
        feature: Feature,
        preset: Preset | None,
        texts: tuple[Text, ...],
        point: Xy,
        home: Polygon | MultiPolygon | None = None,
        *,
        kind: str | None = None,
    ) -> list[Place]:
        symbol = preset.symbol if preset else None
        if not texts and symbol is None:
            return []
        rank = preset.rank if preset else _UNKNOWN_RANK
        if home is not None and home.area > _LARGE_M2 and texts and rank > _SECTION_RANK:
            rank -= 1
        kind = kind or (preset.kind if preset else "room")
        return [Place(feature.id, symbol, kind, texts, rank, point, home)]


def _find_levels(plan: Plan, amenity: Amenity) -> set[str | None]:
    """Return the levels of an amenity: IMDF says them by the units that it lies in or serves."""
    if amenity.level_id is not None:
        return {amenity.level_id}
    return {unit.level_id for key in amenity.unit_ids if (unit := plan.find(key, Unit))}


def _as_point(shape: BaseGeometry | None) -> Xy | None:
    if shape is None or shape.is_empty:
        return None
    point = shape if isinstance(shape, Point) else shape.representative_point()
    return point.x, point.y


def _middle(outline: Polygon | MultiPolygon) -> Xy:
    """Return a shape's middle: its centroid where well inside, else its widest spot."""
    widest = max(shapely.get_parts(outline), key=lambda part: part.area)
    tolerance = max(0.1, widest.area**0.5 / 100)
    circle = shapely.maximum_inscribed_circle(widest, tolerance=tolerance)
    centroid = widest.centroid
    if widest.contains(centroid) and widest.exterior.distance(centroid) > 0.8 * circle.length:
        return centroid.x, centroid.y
    x, y = circle.coords[0]
    return x, y
