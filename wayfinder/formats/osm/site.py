"""The venue, its address, buildings, footprints and levels."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from babel.core import get_global
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.osm.elements import Tags
from wayfinder.formats.osm.features import (
    additions,
    as_geojson,
    computed_geojson,
    id_of,
    level_id,
    naming,
    point_geojson,
)
from wayfinder.formats.osm.labels import clean_text, read_labels
from wayfinder.formats.osm.levels import format_level, parse_levels
from wayfinder.formats.osm.shapes import middle_of
from wayfinder.formats.osm.survey import Outlined, Survey
from wayfinder.model import Feature, Severity, make_feature

_VENUE_CATEGORIES = {
    **dict.fromkeys(("hospital", "clinic"), "healthcarefacility"),
    **dict.fromkeys(("university", "college"), "university"),
}
_CLOSE_M = 0.5


def make_site(survey: Survey, levels: Sequence[float]) -> list[Feature]:
    """Make the venue with its address, its buildings with their footprints, and its levels."""
    buildings = _buildings_with_insides(survey)
    main = _main(survey, buildings)
    address, extent = _address(main), _extent(survey)
    features = [_venue(survey, main, address, extent), *([address] if address is not None else [])]
    for building in buildings:
        features += _building(survey, building)
    return [*features, *_levels(survey, levels, buildings, extent)]


def _buildings_with_insides(survey: Survey) -> list[Outlined]:
    """Return the buildings in which something is drawn."""
    tree = shapely.STRtree([area.outline for area in survey.areas if not area.kind.outdoor])
    return [b for b in survey.buildings if len(tree.query(b.outline, predicate="intersects")) > 0]


def _main(survey: Survey, buildings: Sequence[Outlined]) -> Outlined | None:
    """Return what the venue is called after: the hospital's site, else the building with most."""
    tree = shapely.STRtree([area.outline.representative_point() for area in survey.areas])

    def held(item: Outlined) -> int:
        shape = item.outline if item.outline.is_valid else shapely.make_valid(item.outline)
        return len(tree.query(shape, predicate="contains"))

    most = len(survey.areas) / 2
    hosts = [site for site in survey.sites if held(site) > most]
    for candidates in (hosts, [b for b in buildings if "name" in b.tags], buildings):
        ranked = [(held(item), -item.outline.area, item) for item in candidates]
        ranked = [entry for entry in ranked if entry[0] > 0]
        if ranked:
            return max(ranked, key=lambda entry: entry[:2])[2]
    return None


def _venue(
    survey: Survey, main: Outlined | None, address: Feature | None, outline: BaseGeometry
) -> Feature:
    tags: Tags = main.tags if main is not None else {}
    ref = main.ref if main is not None else "venue"
    wayfinder = additions("venue", ref, ref, tags, survey.language) if main is not None else {}
    if (zone := _time_zone(survey)) is not None:
        wayfinder["time_zone"] = zone
    use = tags.get("amenity") or tags.get("healthcare") or ""
    properties = {
        "category": _VENUE_CATEGORIES.get(use, "unspecified"),
        "restriction": None,
        **naming(tags, survey.language),
        "hours": tags.get("opening_hours"),
        "phone": tags.get("phone") or tags.get("contact:phone"),
        "website": tags.get("website") or tags.get("contact:website"),
        "display_point": point_geojson(*middle_of(outline)),
        "address_id": address.id if address is not None else None,
        "wayfinder": wayfinder,
    }
    return make_feature(id_of(ref, "venue"), "venue", computed_geojson(outline), properties)


def _extent(survey: Survey) -> BaseGeometry:
    """Return the hull of everything that is drawn."""
    shapes: list[BaseGeometry] = [area.outline for area in survey.areas]
    for line in survey.lines:
        points = survey.data.points(line.way)
        shapes += [LineString(points)] if points else []
    hull = shapely.GeometryCollection(shapes).convex_hull
    moved = survey.frame.geometry_m(hull).buffer(1.0, join_style="mitre")
    return survey.frame.geometry_degrees(moved)


def _time_zone(survey: Survey) -> str | None:
    """Return the time zone: tagged, or of a country that has one only (CLDR)."""
    tagged = [
        i.tags["timezone"] for i in (*survey.sites, *survey.buildings) if "timezone" in i.tags
    ]
    if tagged:
        return tagged[0]
    tags = (element.tags for element in survey.data)
    countries = Counter(t["addr:country"].upper() for t in tags if "addr:country" in t)
    if not countries:
        return None
    zones = get_global("territory_zones").get(countries.most_common(1)[0][0], [])
    return str(zones[0]) if len(zones) == 1 else _ONE_CLOCK.get(countries.most_common(1)[0][0])


# Countries that keep one time although the time zone database has more entries for them.
_ONE_CLOCK = {"CN": "Asia/Shanghai", "DE": "Europe/Berlin"}


def _address(main: Outlined | None) -> Feature | None:
    """Return the venue's postal address, or None where no street is tagged."""
    if main is None or "addr:street" not in main.tags:
        return None
    tags = main.tags
    street = f"{tags['addr:street']} {tags.get('addr:housenumber', '')}".strip()
    country = tags.get("addr:country", "").upper() or None
    province = tags.get("addr:province") or tags.get("addr:state")
    properties = {
        "address": clean_text(street),
        "unit": None,
        "locality": clean_text(tags.get("addr:city", "")) or None,
        "province": f"{country}-{province}" if province and country else None,
        "country": country,
        "postal_code": tags.get("addr:postcode"),
    }
    return make_feature(id_of(main.ref, "address"), "address", None, properties)


def _building(survey: Survey, building: Outlined) -> list[Feature]:
    """Return a building and its footprint."""
    names = naming(building.tags, survey.language)
    key = id_of(building.ref, "building")
    shared = {
        "display_point": point_geojson(*middle_of(building.outline)),
        "wayfinder": additions(
            "building", building.ref, building.ref, building.tags, survey.language
        ),
    }
    properties = {"category": "unspecified", "restriction": None, "address_id": None}
    ground = {"category": "ground", "name": names["name"], "building_ids": [key]}
    outline = as_geojson(building.outline)
    return [
        make_feature(key, "building", None, {**properties, **names, **shared}),
        make_feature(id_of(building.ref, "footprint"), "footprint", outline, ground),
    ]


def _levels(
    survey: Survey, levels: Sequence[float], buildings: Sequence[Outlined], whole: BaseGeometry
) -> Iterator[Feature]:
    """Yield the levels with their labels and outlines."""
    labels = _level_labels(survey)
    drawn: defaultdict[float, list[BaseGeometry]] = defaultdict(list)
    for area in survey.areas:
        for level in area.levels:
            drawn[level].append(area.outline_m)
    for level in levels:
        outline = _level_outline(survey, drawn[level]) if drawn[level] else whole
        short = labels.get(level, {}).get("short") or {survey.language: format_level(level)}
        ids = [id_of(b.ref, "building") for b in buildings if b.outline.intersects(outline)]
        properties: dict[str, Any] = {
            "category": "unspecified",
            "restriction": None,
            "ordinal": int(level) if level == int(level) else level,
            "outdoor": not drawn[level],
            "name": labels.get(level, {}).get("name") or short,
            "short_name": short,
            "display_point": point_geojson(*middle_of(outline)),
            "address_id": None,
            "building_ids": ids or None,
            "wayfinder": {"codes": {"osm": f"level/{format_level(level)}"}},
        }
        yield make_feature(level_id(level), "level", computed_geojson(outline), properties)


def _level_outline(survey: Survey, shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return what a level covers: its areas, with the walls between them filled."""
    grown = shapely.union_all([shape.buffer(_CLOSE_M, join_style="mitre") for shape in shapes])
    return survey.frame.geometry_degrees(grown.buffer(-_CLOSE_M, join_style="mitre"))


def _level_labels(survey: Survey) -> dict[float, dict[str, Mapping[str, str]]]:
    """Return what the floors are called: by their own outline, else ``level:ref`` of what is there.

    Where buildings call a floor differently, the name used most often stands and a note is made.
    """
    votes: defaultdict[float, Counter[str]] = defaultdict(Counter)
    labels: defaultdict[float, dict[str, Mapping[str, str]]] = defaultdict(dict)
    tagged = [item.tags for item in survey.level_outlines] + [area.tags for area in survey.areas]
    for tags in tagged:
        value = parse_levels(tags.get("level", ""))
        ref = clean_text(tags.get("level:ref", ""))
        if value is None or len(value.list_levels()) != 1:
            continue
        level = value.list_levels()[0]
        if ref:
            votes[level][ref] += 1
        name = read_labels(tags, "name", survey.language)
        if tags.get("indoor") == "level" and name:
            labels[level].setdefault("name", name)
    for level, counted in votes.items():
        labels[level]["short"] = {survey.language: counted.most_common(1)[0][0]}
        if len(counted) > 1:
            survey.report(
                "osm-level-names-differ",
                [],
                None,
                severity=Severity.NOTE,
                level=format_level(level),
                names=sorted(counted),
            )
    return dict(labels)
