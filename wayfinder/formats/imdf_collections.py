"""Feature collections into features: every feature gets a type and an id of its own."""

import json
import uuid
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

from wayfinder.formats.crs import check_crs
from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.imdf_layout import FILE_STEM, known_type
from wayfinder.formats.limits import MAX_FEATURE_VERTICES, MAX_FEATURES
from wayfinder.formats.safe_json import encode_json, parse_json
from wayfinder.model import Feature, Issue, Severity, make_feature
from wayfinder.model.kinds import KINDS

UNKNOWN_TYPE = "unknown"
"""Type of a feature that has none, in a file that is named after none."""

MALFORMED_FILE = "malformed.json"
"""Where what could not be made a feature is kept, by the file it came from."""

_STANDARD_MEMBERS = frozenset({"type", "id", "feature_type", "geometry", "properties"})
_ID_NAMESPACE = uuid.UUID("7d0d8d4c-9a52-5b0e-a1f6-4b1f3c1f9f43")


class CollectionReader:
    """Reads one collection after the other into one set of features."""

    def __init__(self) -> None:
        self.features: dict[str, Feature] = {}
        self.leftovers: dict[str, bytes | dict[str, Any]] = {}
        self._issues: list[Issue] = []
        self._malformed: dict[str, list[Any]] = {}
        self._not_uuid: list[str] = []
        self._untyped: Counter[str] = Counter()
        self._without_id: Counter[str] = Counter()
        self._number_ids: Counter[str] = Counter()
        self._strange_types: Counter[str] = Counter()
        self._other_types: Counter[tuple[str, str]] = Counter()

    def read(self, name: str, data: bytes, *, known: bool) -> bool:
        """Read a file.

        Parameters
        ----------
        name
            Its name.
        data
            Its content.
        known
            Whether it is named after a feature type, so that it must hold features.

        Returns
        -------
        bool
            Whether it held features; where it need not and does not, nothing is taken from it.

        Raises
        ------
        UnreadableError
            It must hold features and does not.
        """
        try:
            document, issues = parse_json(data, name)
            collection = _as_collection(document, name)
        except UnreadableError:
            if known or not _looks_like_plan(data):
                raise
            return False
        if not known and not _has_features(collection):
            return False
        self._issues += issues
        self._issues += check_crs(collection.get("crs"), name)
        for index, item in enumerate(collection["features"]):
            self._add(item, name, index)
        self._keep_foreign(name, collection)
        return True

    def list_issues(self) -> tuple[Issue, ...]:
        """List what was strange, file by file, then over all."""
        counted = [
            *self._count("feature-type-missing", Severity.WARNING, self._untyped, "file"),
            *self._count("id-missing", Severity.WARNING, self._without_id, "file"),
            *self._count("id-not-text", Severity.WARNING, self._number_ids, "file"),
            *self._count(
                "feature-type-unknown", Severity.NOTE, self._strange_types, "feature_type"
            ),
        ]
        for (file, feature_type), count in sorted(self._other_types.items()):
            values = {"file": file, "feature_type": feature_type, "count": count}
            counted.append(Issue("feature-type-differs", Severity.NOTE, values))
        if self._not_uuid:
            values = {"count": len(self._not_uuid), "example": self._not_uuid[0][:80]}
            counted.append(Issue("id-not-uuid", Severity.NOTE, values))
        return (*self._issues, *counted)

    @staticmethod
    def _count(code: str, severity: Severity, counts: "Counter[str]", member: str) -> "list[Issue]":
        return [
            Issue(code, severity, {member: key, "count": count})
            for key, count in sorted(counts.items())
        ]

    def _add(self, item: object, name: str, index: int) -> None:
        problem = _find_malformation(item)
        if problem or not isinstance(item, dict):
            place = {"file": name, "index": index, "problem": problem or ""}
            self._issues.append(Issue("feature-malformed", Severity.ERROR, place))
            self._malformed.setdefault(name, []).append(item)
            self.leftovers[MALFORMED_FILE] = encode_json(self._malformed) + b"\n"
            return
        feature_type = self._find_type(item, name)
        feature_id = self._find_id(item, name, index)
        geometry = item.get("geometry")
        if geometry is not None:
            _check_vertices(geometry, f"{name}: {ascii(feature_id[:80])[1:-1]}")
        members = {key: value for key, value in item.items() if key not in _STANDARD_MEMBERS}
        feature = make_feature(
            feature_id, feature_type, geometry, item.get("properties") or {}, members
        )
        self._store(feature, name)

    def _store(self, feature: Feature, name: str) -> None:
        known = self.features.get(feature.id)
        if known == feature:
            values = {"id": feature.id, "file": name}
            self._issues.append(Issue("feature-repeated", Severity.NOTE, values, (feature.id,)))
            return
        if known is not None:
            new_id = _make_id(feature.id, name, str(len(self.features)))
            values = {"id": feature.id, "file": name, "new_id": new_id}
            concerned = (feature.id, new_id)
            self._issues.append(Issue("duplicate-id", Severity.ERROR, values, concerned))
            feature = make_feature(
                *(new_id, feature.feature_type, feature.geometry),
                *(feature.properties, feature.members),
            )
        if len(self.features) >= MAX_FEATURES:
            raise UnreadableError("too-many-features", name, limit=MAX_FEATURES)
        self.features[feature.id] = feature

    def _find_type(self, item: dict[str, Any], name: str) -> str:
        """Take the type from the feature, else from the file's name."""
        named = known_type(name)
        found = item.get("feature_type")
        if not isinstance(found, str) or not found:
            self._untyped[name] += 1
            return named or UNKNOWN_TYPE
        if found not in KINDS:
            self._strange_types[found[:80]] += 1
        elif named is not None and named != found:
            self._other_types[name, found] += 1
        return found

    def _find_id(self, item: dict[str, Any], name: str, index: int) -> str:
        found = item.get("id")
        if isinstance(found, int | float) and not isinstance(found, bool):
            self._number_ids[name] += 1
            return json.dumps(found)
        if not isinstance(found, str) or not found:
            self._without_id[name] += 1
            return _make_id("", name, str(index))
        if not _is_uuid(found):
            self._not_uuid.append(found)
        return found

    def _keep_foreign(self, name: str, collection: dict[str, Any]) -> None:
        """Keep the other members of a collection under the name that it will be written with."""
        foreign = {key: collection[key] for key in collection if key not in {"type", "features"}}
        if not foreign:
            return
        home = known_type(name) or _find_common_type(name, collection)
        if home and f"{home}.geojson" not in self.leftovers:
            self.leftovers[f"{home}.geojson"] = foreign
        else:
            emptied = {"type": "FeatureCollection", **foreign, "features": []}
            self.leftovers[name] = encode_json(emptied) + b"\n"


def _as_collection(document: object, name: str) -> dict[str, Any]:
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        features = document.get("features")
        if isinstance(features, list):
            return document
    raise UnreadableError("not-a-collection", name)


def _find_common_type(name: str, collection: dict[str, Any]) -> str | None:
    """Return the type that a file is named after and that all its features have, or None."""
    stem = PurePosixPath(name).stem
    types = {item["feature_type"] for item in collection["features"] if _is_typed(item)}
    return stem if types == {stem} and FILE_STEM.fullmatch(stem) else None


def _is_typed(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("feature_type"), str)


def _has_features(collection: dict[str, Any]) -> bool:
    """Tell whether a collection of no known name holds IMDF features."""
    return any(_is_typed(item) for item in collection["features"])


def _looks_like_plan(data: bytes) -> bool:
    """Tell whether a file that cannot be read may be left alone as something else."""
    return b'"feature_type"' not in data


def _find_malformation(item: object) -> str | None:
    """Name the member for which an item is no GeoJSON feature, or return None."""
    if not isinstance(item, dict):
        return "feature"
    if not isinstance(item.get("properties", {}), dict | None):
        return "properties"
    if not isinstance(item.get("geometry"), dict | None):
        return "geometry"
    return None


def _check_vertices(geometry: dict[str, Any], place: str) -> None:
    """Refuse a geometry so large that drawing it or finding a way through it would take minutes."""
    layer: list[Any] = [geometry.get("coordinates")]
    while layer:
        if len(layer) > MAX_FEATURE_VERTICES:
            raise UnreadableError("too-many-vertices", place, limit=MAX_FEATURE_VERTICES)
        layer = [item for part in layer if isinstance(part, list) for item in part]
        if layer and not isinstance(layer[0], list):
            return


def _is_uuid(text: str) -> bool:
    if len(text) != 36:
        return False
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _make_id(*parts: str) -> str:
    """Make an id that is the same each time the same file is read."""
    return str(uuid.uuid5(_ID_NAMESPACE, "\n".join(parts)))
