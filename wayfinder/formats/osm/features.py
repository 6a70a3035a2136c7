"""Parts that all features made from OSM share: ids, names, and the ``wayfinder`` object."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.osm.elements import Tags
from wayfinder.formats.osm.labels import clean_text, read_aliases, read_labels, read_name
from wayfinder.formats.osm.levels import format_level
from wayfinder.formats.osm.values import find_access, find_wheelchair
from wayfinder.model import Access
from wayfinder.model.wayfinder_schema import load_schema

_NAMESPACE = uuid5(NAMESPACE_URL, "https://www.openstreetmap.org/")
_RESTRICTION = {Access.STAFF: "employeesonly", Access.PRIVATE: "restricted"}
_MAX_CODE = 200
_DIGITS = 7
"""OSM's own precision of coordinates, about a centimetre."""


def key_of(ref: str, level: float | None = None, part: str = "") -> str:
    """Name what an element becomes: ``way/123@0.5``, ``way/123@0#2``."""
    at = "" if level is None else f"@{format_level(level)}"
    return f"{ref}{at}{'#' if part else ''}{part}"


def id_of(key: str, kind: str = "") -> str:
    """Return the UUID of a key, the same with every import; kinds tell apart what shares a key."""
    return str(uuid5(_NAMESPACE, f"{kind}:{key}" if kind else key))


def level_id(level: float) -> str:
    """Return the id of a level."""
    return id_of(f"level/{format_level(level)}")


def naming(tags: Tags, language: str) -> dict[str, Any]:
    """Return IMDF's ``name`` and ``alt_name``; missing names are null as IMDF wants them."""
    aliases = read_aliases(tags, language)
    alternative = {tag: names[0] for tag, names in aliases.items()}
    if "name" in tags and tags.get("ref"):
        alternative.setdefault(language, tags["ref"])
    return {"name": read_name(tags, language) or None, "alt_name": alternative or None}


def additions(feature_type: str, ref: str, key: str, tags: Tags, language: str) -> dict[str, Any]:
    """Return the ``wayfinder`` object that every feature gets: codes, aliases, access, OSM's own.

    Parameters
    ----------
    feature_type
        IMDF feature type: only what has a use there is given.
    ref
        Element in OSM: ``way/123``.
    key
        Its name as a feature, with the level: ``way/123@0``; a code by which it is found.
    tags
        Its tags, all kept under ``osm``.
    language
        BCP 47 tag of plain names.
    """
    access, wheelchair = find_access(tags), find_wheelchair(tags)
    added: dict[str, Any] = {"codes": {"osm": key}}
    if ref_text := clean_text(tags.get("ref", ""))[:_MAX_CODE]:
        added["codes"]["ref"] = added["ref"] = ref_text
    if aliases := read_aliases(tags, language):
        added["aliases"] = aliases
    if access is not None:
        added["access"] = str(access)
    if wheelchair is not None:
        added["wheelchair"] = wheelchair
    if tags.get("opening_hours"):
        added["hours"] = tags["opening_hours"]
    if description := read_labels(tags, "description", language):
        added["description"] = description
    added["osm"] = {"id": ref, "tags": dict(tags)}
    known = load_schema()["properties"]
    return {key: value for key, value in added.items() if feature_type in known[key]["x-features"]}


def restriction(tags: Tags) -> str | None:
    """Return IMDF's restriction category, or None."""
    access = find_access(tags)
    return _RESTRICTION.get(access) if access is not None else None


def accessibility(tags: Tags) -> list[str] | None:
    """Return IMDF's accessibility categories, or None."""
    found = ["wheelchair"] if find_wheelchair(tags) else []
    if tags.get("tactile_paving") == "yes":
        found.append("tactilepaving")
    if tags.get("tactile_writing:braille") == "yes":
        found.append("braille")
    return found or None


def as_geojson(geometry: BaseGeometry, *, digits: int | None = None) -> Mapping[str, Any]:
    """Return a geometry as GeoJSON, rounded to OSM's precision where it was computed here."""
    if digits is not None:
        geometry = shapely.transform(geometry, lambda points: points.round(digits))
    mapping: Mapping[str, Any] = shapely.geometry.mapping(geometry)
    return _as_lists(mapping)


def computed_geojson(geometry: BaseGeometry) -> Mapping[str, Any]:
    """Return a computed geometry as GeoJSON, rounded to a millimetre."""
    return as_geojson(geometry, digits=_DIGITS + 1)


def point_geojson(lon: float, lat: float) -> Mapping[str, Any]:
    """Return a point as GeoJSON."""
    return {"type": "Point", "coordinates": [round(lon, _DIGITS + 1), round(lat, _DIGITS + 1)]}


def _as_lists(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn Shapely's tuples into JSON's lists."""

    def convert(value: Any) -> Any:  # noqa: ANN401 - nested coordinates
        return [convert(item) for item in value] if isinstance(value, list | tuple) else value

    return {"type": mapping["type"], "coordinates": convert(mapping["coordinates"])}
