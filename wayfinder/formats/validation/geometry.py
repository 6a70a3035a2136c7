"""Geometries that are missing, malformed, of the wrong type, crossing themselves or without extent.

Geometries stay as they were drawn. Where a polygon is invalid the graph works on a repaired copy;
that is harmless where the repair hardly changes the area, and an error where it does.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Issue, Opening, Plan, Severity
from wayfinder.model.imdf_terms import TypeTerms, load_terms
from wayfinder.model.shapes import read_shape

_ESSENTIAL = frozenset({"unit", "level", "opening"})
"""Types without whose shape there is no way to find."""

_OPTIONAL = frozenset({"relationship"})
_AREAS = frozenset({"Polygon", "MultiPolygon"})
_LISTS = frozenset({list, tuple})
_MIN_AREA_M2 = 0.01
_MIN_OPENING_M = 0.05
_HARMLESS_CHANGE = 0.01
"""Share of the area by which a repair may change it and still be the drawing that was meant."""

_REASON_PLACE = re.compile(r"\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)\]")


def list_geometry_issues(plan: Plan) -> Iterator[Issue]:
    """Yield the issues of each feature's geometry."""
    terms = load_terms()
    areas = _measure_areas(plan)
    for feature in plan:
        known = terms.get(feature.feature_type)
        if known is None or (feature.geometry is None and not known.geometry):
            continue
        yield from _judge(plan, feature, known, areas.get(feature.id))


class _Area(NamedTuple):
    """What is known of an area as drawn."""

    shape: BaseGeometry
    valid: bool
    drawn_m2: float
    repaired_m2: float


def _measure_areas(plan: Plan) -> dict[str, _Area]:
    """Measure all that is drawn as an area, by the id of its feature."""
    ids, drawn, shapes_m = [], [], []
    for feature in plan:
        if feature.shape is not None and feature.shape.geom_type in _AREAS:
            shape_m = plan.find_geometry_m(feature.id)
            if shape_m is not None:
                ids.append(feature.id)
                drawn.append(feature.shape)
                shapes_m.append(shape_m)
    valid = shapely.is_valid(drawn)
    repaired = shapely.area(shapely.make_valid(shapes_m))
    columns = (drawn, valid.tolist(), shapely.area(shapes_m).tolist(), repaired.tolist())
    return dict(zip(ids, map(_Area, *columns), strict=True))


def _judge(plan: Plan, feature: Feature, terms: TypeTerms, area: _Area | None) -> Iterator[Issue]:
    serious = Severity.ERROR if feature.feature_type in _ESSENTIAL else Severity.WARNING
    shape = feature.shape
    if feature.geometry is None or (shape is not None and shape.is_empty):
        if feature.feature_type not in _OPTIONAL:
            yield make_issue(plan, feature, "geometry-missing", serious)
        return
    if shape is None:
        found = str(feature.geometry.get("type"))[:40]
        tangled = read_shape(feature.geometry) is not None
        code = "polygon-tangled" if tangled else "geometry-malformed"
        yield make_issue(plan, feature, code, serious, found=found)
        return
    if _has_text(feature.geometry.get("coordinates")):
        yield make_issue(plan, feature, "coordinates-as-text", Severity.NOTE)
    if shape.geom_type not in terms.geometry:
        yield _report_type(plan, feature, shape, terms, serious)
    if shape.geom_type in _AREAS:
        yield from _judge_area(plan, feature, area, serious)
    elif isinstance(feature, Opening):
        yield from _judge_opening(plan, feature)


def _report_type(
    plan: Plan, feature: Feature, shape: BaseGeometry, terms: TypeTerms, serious: Severity
) -> Issue:
    """Report a geometry of a type that IMDF does not foresee; lines in parts may still be one."""
    values: dict[str, Any] = {"found": shape.geom_type, "expected": list(terms.geometry)}
    if isinstance(shape, MultiLineString) and isinstance(shapely.line_merge(shape), LineString):
        serious = Severity.NOTE
    return make_issue(plan, feature, "geometry-of-wrong-type", serious, **values)


def _judge_area(
    plan: Plan, feature: Feature, area: _Area | None, serious: Severity
) -> Iterator[Issue]:
    if _has_open_ring(feature.geometry):
        yield make_issue(plan, feature, "ring-not-closed", Severity.NOTE)
    if area is None:
        return
    if area.repaired_m2 < _MIN_AREA_M2:
        yield make_issue(plan, feature, "polygon-without-area", serious)
    elif not area.valid:
        yield _report_invalid(plan, feature, area)


def _report_invalid(plan: Plan, feature: Feature, area: _Area) -> Issue:
    shape, _, drawn_m2, repaired_m2 = area
    reason = explain_validity(shape)
    harmless = abs(repaired_m2 - drawn_m2) <= _HARMLESS_CHANGE * repaired_m2
    severity = Severity.WARNING if harmless else Severity.ERROR
    found = _REASON_PLACE.search(reason)
    place = (float(found[1]), float(found[2])) if found else None
    return make_issue(
        plan,
        feature,
        _code_of(reason),
        severity,
        place=place,
        reason=reason.split("[")[0].strip(),
        drawn_m2=round(drawn_m2, 2),
        repaired_m2=round(repaired_m2, 2),
    )


def _code_of(reason: str) -> str:
    if "elf-intersection" in reason:
        return "polygon-self-crossing"
    if "Hole lies outside" in reason:
        return "polygon-hole-outside"
    return "polygon-invalid"


def _judge_opening(plan: Plan, feature: Opening) -> Iterator[Issue]:
    line_m = plan.find_geometry_m(feature.id)
    if line_m is not None and line_m.length < _MIN_OPENING_M:
        yield make_issue(
            plan,
            feature,
            "opening-without-length",
            Severity.WARNING,
            length_m=round(line_m.length, 3),
        )


def _has_text(coordinates: object) -> bool:
    """Tell whether a number among nested coordinates is written as text."""
    layer: list[Any] = [coordinates]
    while layer:
        types = set(map(type, layer))
        if str in types:
            return True
        if not types <= _LISTS:
            layer = [part for part in layer if isinstance(part, list | tuple)]
        layer = list(chain.from_iterable(layer))
    return False


def _has_open_ring(geometry: Any) -> bool:  # noqa: ANN401 - a GeoJSON geometry
    coordinates = geometry["coordinates"]
    # Shapely reads ``polygon`` as well
    polygons = [coordinates] if geometry["type"].lower() == "polygon" else coordinates
    return any(ring and list(ring[0]) != list(ring[-1]) for rings in polygons for ring in rings)
