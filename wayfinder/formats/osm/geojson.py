"""GeoJSON as osmtogeojson and Overpass turbo write it, and Overpass's own JSON.

GeoJSON has lost the nodes: points at the same place are one node again, so that doors lie on the
outlines they were drawn on.
"""

from collections.abc import Mapping
from itertools import count
from typing import Any

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.osm.elements import NO_TAGS, Member, Node, OsmData, Relation, Tags, Way
from wayfinder.formats.safe_json import parse_json

_KINDS = ("node", "way", "relation")
_AREAS_AND_LINES = ("Polygon", "MultiPolygon", "MultiLineString")
"""No sets, either: what is looked for in them may be a list, which no set takes."""
_OWN_PROPERTIES = frozenset({"id", "type", "tags", "meta", "relations", "tainted", "geometry"})
_META = frozenset({"timestamp", "version", "changeset", "user", "uid"})
_PRECISION = 9
_DIMENSIONS = 2


def read_json(content: bytes, data: OsmData) -> None:
    """Read osmtogeojson's GeoJSON or Overpass JSON into data.

    Raises
    ------
    UnreadableError
        It is no JSON, or no OSM in JSON.
    """
    document, _ = parse_json(content, data.file)
    if isinstance(document, Mapping) and isinstance(document.get("elements"), list):
        for item in document["elements"]:
            _add_overpass(item, data)
    elif isinstance(document, Mapping) and isinstance(document.get("features"), list):
        collector = _Collector(data)
        # Points first, so that the lines through them take their ids.
        for number, feature in sorted(enumerate(document["features"]), key=_points_first):
            collector.add(feature, number)
    else:
        raise UnreadableError("osm-not-geojson", data.file)


def find_osm_ref(feature: object) -> tuple[str, int] | None:
    """Return the kind and id of the OSM element that a GeoJSON feature stands for, or None."""
    if not isinstance(feature, Mapping):
        return None
    properties = feature.get("properties")
    inside = properties if isinstance(properties, Mapping) else {}
    for candidate in (feature.get("id"), inside.get("@id"), inside.get("id")):
        kind, _, number = str(candidate).partition("/")
        if kind in _KINDS and number.isdecimal() and len(number) < 20:
            return kind, int(number)
    kind, number = str(inside.get("type")), str(inside.get("id"))
    if kind in _KINDS and number.isdecimal() and len(number) < 20:
        return kind, int(number)
    return None


def _add_overpass(item: object, data: OsmData) -> None:
    """Take up one element of Overpass JSON."""
    if not isinstance(item, Mapping) or type(item.get("id")) is not int:
        raise UnreadableError("osm-bad-element", data.file, element=str(item)[:80])
    tags, key, kind = _texts(item.get("tags")), int(item["id"]), item.get("type")
    if kind == "node":
        lon, lat = _position([item.get("lon"), item.get("lat")], data)
        data.add(Node(key, lon, lat, tags))
    elif kind == "way":
        nodes = item.get("nodes")
        known = nodes if isinstance(nodes, list) else []
        data.add(Way(key, tuple(node for node in known if type(node) is int), tags))
    elif kind == "relation":
        members = item.get("members")
        known = [m for m in members if isinstance(m, Mapping)] if isinstance(members, list) else []
        data.add(
            Relation(
                key,
                tuple(
                    Member(str(m.get("type")), m["ref"], str(m.get("role", "")))
                    for m in known
                    if type(m.get("ref")) is int
                ),
                tags,
            )
        )


def _texts(value: object) -> dict[str, str]:
    """Read tags: texts, and numbers that a converter made of texts."""
    if not isinstance(value, Mapping):
        return {}
    return {
        str(key): item if isinstance(item, str) else _number_text(item)
        for key, item in value.items()
        if isinstance(item, str) or (isinstance(item, int | float) and not isinstance(item, bool))
    }


def _number_text(number: float) -> str:
    """Write a number as OSM does: no point where there is nothing behind it."""
    return str(int(number)) if number == int(number) else str(number)


def _position(value: object, data: OsmData) -> tuple[float, float]:
    """Read longitude and latitude; raises UnreadableError."""
    if isinstance(value, list) and len(value) >= _DIMENSIONS:
        lon, lat = value[:2]
        numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (lon, lat))
        if numbers and abs(lon) <= 180 and abs(lat) <= 90:
            return float(lon), float(lat)
    raise UnreadableError("osm-bad-coordinate", data.file, name="lon, lat", number=str(value)[:40])


class _Collector:
    """Makes elements of GeoJSON features: nodes by place, rings as ways, holes as multipolygons."""

    def __init__(self, data: OsmData) -> None:
        self._data = data
        self._node_at: dict[tuple[float, float], int] = {}
        self._made = count(-1, -1)

    def add(self, feature: object, number: int) -> None:
        """Take up one feature; raises UnreadableError where it is malformed."""
        if not isinstance(feature, Mapping):
            place = f"{self._data.file}: feature {number}"
            raise UnreadableError("osm-bad-element", place, element=str(feature)[:80])
        geometry, ref = feature.get("geometry"), find_osm_ref(feature)
        if not isinstance(geometry, Mapping):
            return
        kind, key = ref if ref is not None else ("", next(self._made))
        self._add_geometry(geometry, kind, key, _feature_tags(feature))

    def _add_geometry(self, geometry: Mapping[str, Any], kind: str, key: int, tags: Tags) -> None:
        shape, coordinates = geometry.get("type"), geometry.get("coordinates")
        if shape == "Point":
            lon, lat = _position(coordinates, self._data)
            self._tag_node(key, lon, lat, tags)
        elif shape == "LineString":
            self._data.add(Way(key, self._line(coordinates), tags))
        elif shape in _AREAS_AND_LINES:
            groups = coordinates if shape == "MultiPolygon" else [coordinates]
            rings = [ring for group in _items(groups) for ring in _items(group)]
            if len(rings) == 1 and kind != "relation":
                self._data.add(Way(key, self._line(rings[0]), tags))
            else:
                self._add_rings(rings, key, tags)

    def _add_rings(self, rings: list[Any], key: int, tags: Tags) -> None:
        """Add a multipolygon, its rings as ways without tags: nesting tells holes from parts."""
        members = []
        for ring in rings:
            way = next(self._made)
            self._data.add(Way(way, self._line(ring), {}))
            members.append(Member("way", way, ""))
        self._data.add(Relation(key, tuple(members), {"type": "multipolygon", **tags}))

    def _tag_node(self, key: int, lon: float, lat: float, tags: Tags) -> None:
        """Add a node that means something by itself."""
        place = (round(lon, _PRECISION), round(lat, _PRECISION))
        self._node_at.setdefault(place, key)
        self._data.add(Node(key, *place, tags))

    def _line(self, coordinates: object) -> tuple[int, ...]:
        """Return the nodes of a line."""
        return tuple(self._node(*_position(item, self._data)) for item in _items(coordinates))

    def _node(self, lon: float, lat: float) -> int:
        place = (round(lon, _PRECISION), round(lat, _PRECISION))
        if place not in self._node_at:
            self._node_at[place] = next(self._made)
            self._data.add(Node(self._node_at[place], *place, NO_TAGS))
        return self._node_at[place]


def _points_first(entry: tuple[int, object]) -> bool:
    geometry = entry[1].get("geometry") if isinstance(entry[1], Mapping) else None
    return not (isinstance(geometry, Mapping) and geometry.get("type") == "Point")


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _feature_tags(feature: Mapping[str, Any]) -> dict[str, str]:
    """Return the OSM tags of a feature: nested under ``tags``, or flat among the properties."""
    properties = feature.get("properties")
    if not isinstance(properties, Mapping):
        return {}
    if isinstance(properties.get("tags"), Mapping):
        return _texts(properties["tags"])
    # Flat properties mix tags with what the converter adds; OSM's own key "type" is kept as it is.
    added = _OWN_PROPERTIES - ({"type"} if properties.get("type") not in _KINDS else set())
    return {
        key: value
        for key, value in _texts(properties).items()
        if not key.startswith("@") and key not in added and key not in _META
    }
