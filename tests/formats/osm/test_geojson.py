"""GeoJSON of osmtogeojson and Overpass turbo, and Overpass JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.strategies import JSON
from wayfinder.formats import UnreadableError
from wayfinder.formats.osm.elements import OsmData
from wayfinder.formats.osm.geojson import find_osm_ref, read_json

_RING = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
_HOLE = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]]


def _read(document: object) -> OsmData:
    data = OsmData("plan.geojson")
    read_json(json.dumps(document).encode(), data)
    return data


def _feature(ref: str, kind: str, coordinates: object, **tags: str) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": ref, "properties": tags, "geometry": geometry}


def _collection(*features: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_point_on_a_line_is_its_node_again() -> None:
    room = _feature("way/7", "Polygon", [_RING], indoor="room", level="0")
    door = _feature("node/3", "Point", [1, 1], door="yes")
    data = _read(_collection(room, door))
    assert 3 in data.ways[7].nodes
    assert data.ways[7].closed
    assert data.nodes[3].tags == {"door": "yes"}
    assert data.ways[7].tags == {"indoor": "room", "level": "0"}


def test_lines_at_one_place_share_their_node() -> None:
    one = _feature("way/1", "LineString", [[0, 0], [1, 1]], highway="footway")
    other = _feature("way/2", "LineString", [[1, 1], [2, 2]], highway="footway")
    data = _read(_collection(one, other))
    assert data.ways[1].nodes[-1] == data.ways[2].nodes[0]
    assert len(data.nodes) == 3


def test_holes_and_parts_become_a_multipolygon() -> None:
    data = _read(
        _collection(
            _feature("relation/5", "MultiPolygon", [[_RING, _HOLE]], indoor="area"),
            _feature("way/6", "Polygon", [_RING, _HOLE], indoor="room"),
        )
    )
    assert data.relations[5].tags == {"type": "multipolygon", "indoor": "area"}
    assert len(data.relations[5].members) == 2
    assert data.relations[6].tags["indoor"] == "room"


@pytest.mark.parametrize(
    "properties",
    [
        {"@id": "way/9", "level": "1", "@timestamp": "x"},
        {"type": "way", "id": 9, "tags": {"level": "1"}, "meta": {"user": "x"}, "relations": []},
        {"id": "way/9", "level": "1", "timestamp": "x", "version": "2", "user": "x"},
    ],
)
def test_tags_are_found_flat_or_nested(properties: dict[str, Any]) -> None:
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
    }
    assert _read(_collection(feature)).ways[9].tags == {"level": "1"}


def test_overpass_elements_are_read() -> None:
    elements = [
        {"type": "node", "id": 1, "lon": 2.5, "lat": 48, "tags": {"door": "yes"}},
        {"type": "way", "id": 2, "nodes": [1, 1], "tags": {"level": 0.5, "ref": 12345678}},
        {"type": "relation", "id": 3, "members": [{"type": "way", "ref": 2, "role": "outer"}]},
    ]
    data = _read({"version": 0.6, "elements": elements})
    assert data.nodes[1].lon == 2.5
    assert data.ways[2].tags == {"level": "0.5", "ref": "12345678"}
    assert data.relations[3].members[0].id == 2


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"a": 1}, "osm-not-geojson"),
        ([], "osm-not-geojson"),
        ({"features": ["x"]}, "osm-bad-element"),
        ({"elements": [{"type": "node"}]}, "osm-bad-element"),
        ({"elements": [{"type": "node", "id": 1, "lon": "a", "lat": 0}]}, "osm-bad-coordinate"),
        (_collection(_feature("node/1", "Point", [0, 99])), "osm-bad-coordinate"),
        (_collection(_feature("way/1", "LineString", [[0, 0], [0]])), "osm-bad-coordinate"),
        (_collection(_feature("way/1", "LineString", [[True, 0]])), "osm-bad-coordinate"),
    ],
)
def test_what_is_no_osm_is_refused(document: object, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        _read(document)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", [["Polygon"], {}, None])
def test_a_shape_of_no_kind_is_none(kind: Any) -> None:  # noqa: ANN401 - JSON
    odd = _feature("way/1", kind, [_RING])
    odd["properties"] = {"type": kind}
    assert not _read(_collection(odd)).ways


@given(JSON | st.fixed_dictionaries({"features": JSON}) | st.fixed_dictionaries({"elements": JSON}))
def test_any_json_is_read_or_refused(document: object) -> None:
    try:
        _read(document)
    except UnreadableError:
        return
    assert isinstance(document, dict)


@given(JSON)
def test_any_feature_has_a_reference_or_none(feature: object) -> None:
    ref = find_osm_ref(feature)
    assert ref is None or ref[0] in {"node", "way", "relation"}
