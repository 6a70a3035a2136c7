"""Plans and archives for property tests and hostile ones."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from wayfinder.model import Feature, Plan, make_feature
from wayfinder.model.kinds import KINDS

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXT
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.dictionaries(TEXT, JSON, max_size=4)
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
POSITIONS = st.tuples(LON, LAT).map(list)


@st.composite
def geometries(draw: st.DrawFn) -> dict[str, Any] | None:
    """Geometries good and bad: what is read is kept either way."""
    kind = draw(st.sampled_from(["none", "Point", "LineString", "Polygon", "MultiPolygon", "?"]))
    if kind == "none":
        return None
    if kind == "?":
        return draw(MEMBERS.filter(lambda found: "type" not in found))
    line = st.lists(POSITIONS, min_size=1, max_size=5)
    coordinates = {
        "Point": POSITIONS,
        "LineString": line,
        "Polygon": st.lists(line, max_size=2),
        "MultiPolygon": st.lists(st.lists(line, max_size=2), max_size=2),
    }[kind]
    others = draw(MEMBERS) if draw(st.booleans()) else {}
    return {**others, "type": kind, "coordinates": draw(coordinates)}


@st.composite
def features(draw: st.DrawFn, feature_id: str) -> Feature:
    """Features of every type, and of types that IMDF does not have."""
    feature_type = draw(st.sampled_from([*KINDS, "door", "Straße/..", "UNIT", "con"]))
    known = {"id", "type", "feature_type", "geometry", "properties"}
    members = {key: value for key, value in draw(MEMBERS).items() if key not in known}
    properties = draw(MEMBERS)
    if draw(st.booleans()):
        properties["wayfinder"] = draw(JSON)
    return make_feature(feature_id, feature_type, draw(geometries()), properties, members)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of features, a manifest and other files."""
    ids = draw(
        st.lists(st.uuids().map(str) | TEXT.filter(bool), min_size=1, max_size=6, unique=True)
    )
    made = [draw(features(feature_id)) for feature_id in ids]
    leftovers: dict[str, Any] = {}
    if draw(st.booleans()):
        leftovers["notes.txt"] = draw(st.binary(max_size=20))
    if draw(st.booleans()):
        foreign = {key: value for key, value in draw(MEMBERS).items() if key not in _COLLECTION}
        if foreign:
            leftovers[f"{draw(st.sampled_from(sorted(KINDS)))}.geojson"] = foreign
    manifest = {"version": "1.0.0", **draw(MEMBERS)}
    return Plan.of(made, manifest=manifest, leftovers=leftovers)


_COLLECTION = {"type", "features", "crs"}


def collection(*items: Any, **foreign: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    """Return a feature collection."""
    return {"type": "FeatureCollection", "features": list(items), **foreign}


def feature(
    feature_id: object = "00000000-0000-4000-8000-000000000001",
    feature_type: str | None = "unit",
    geometry: object = None,
    **properties: object,
) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    made = {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}
    return made if feature_type is None else {**made, "feature_type": feature_type}


def as_bytes(content: object) -> bytes:
    """Return JSON, or bytes as they are."""
    if isinstance(content, bytes):
        return content
    return json.dumps(content).encode()


def make_zip(files: Mapping[str, object]) -> bytes:
    """Return a zip of JSON documents or bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, as_bytes(content))
    return stream.getvalue()
