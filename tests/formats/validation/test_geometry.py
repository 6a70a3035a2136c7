"""Shapes that are none, and what can be made of them."""

import math
from typing import Any

import pytest

from tests.formats.validation.judging import (
    LAT,
    LON,
    M,
    area,
    line,
    only,
    ring,
    unit,
)
from wayfinder.model import Feature, Severity, make_feature


@pytest.mark.parametrize(
    ("geometry", "code", "severity"),
    [
        ({"type": "Polygon", "coordinates": []}, "geometry-missing", Severity.ERROR),
        (
            {"type": "Polygon", "coordinates": [[[1, 2], None]]},
            "geometry-malformed",
            Severity.ERROR,
        ),
        ({"type": "Blob", "coordinates": []}, "geometry-malformed", Severity.ERROR),
        (line((0, 0), (5, 5)), "geometry-of-wrong-type", Severity.ERROR),
        (ring((0, 0), (10, 0), (10, 10)), "ring-not-closed", Severity.NOTE),
        (
            {**ring((0, 0), (10, 0), (10, 10)), "type": "PolyGon"},
            "ring-not-closed",
            Severity.NOTE,
        ),
        (ring((0, 0), (10, 0), (20, 0), (0, 0)), "polygon-without-area", Severity.ERROR),
        (ring((5, 5), (5, 5), (5, 5), (5, 5)), "polygon-without-area", Severity.ERROR),
        (ring((0, 0), (10, 10), (10, 0), (0, 10), (0, 0)), "polygon-self-crossing", Severity.ERROR),
        (
            ring((0, 0), (10, 0), (10, 10), (5, 10), (5, 10.5), (5, 10), (0, 10), (0, 0)),
            "polygon-self-crossing",
            Severity.WARNING,
        ),
    ],
)
def test_geometries_of_a_unit(geometry: dict[str, Any], code: str, severity: Severity) -> None:
    issue = only(unit(geometry=geometry))
    assert (issue.code, issue.severity) == (code, severity)


def test_a_crossing_is_shown_where_it_is() -> None:
    issue = only(unit(geometry=ring((0, 0), (10, 10), (10, 0), (0, 10), (0, 0))))
    assert issue.place == pytest.approx((LON + 5 * M, LAT + 5 * M))


def test_a_knot_of_thousands_of_chords_is_no_shape() -> None:
    chords = [(50 + 40 * math.cos(2.4 * n), 50 + 40 * math.sin(2.4 * n)) for n in range(3_000)]
    knot = unit(geometry=ring(*chords, chords[0]))
    assert knot.shape is None
    issue = only(knot)
    assert (issue.code, issue.severity) == ("polygon-tangled", Severity.ERROR)


def test_a_long_outline_that_crosses_itself_once_is_used() -> None:
    wave = [(n / 10, 50 + math.sin(n / 5)) for n in range(900)]
    outline = [*wave, (89.9, 60.0), (0.0, 60.0), (40.0, 10.0), (0.0, 20.0), wave[0]]
    assert unit(geometry=ring(*outline)).shape is not None
    assert only(unit(geometry=ring(*outline))).code == "polygon-self-crossing"


def test_a_hole_outside() -> None:
    outer, hole = area(0, 0, 10, 10), area(20, 20, 22, 22)
    geometry = {"type": "Polygon", "coordinates": [outer["coordinates"][0], hole["coordinates"][0]]}
    assert only(unit(geometry=geometry)).code == "polygon-hole-outside"


def test_shells_within_each_other() -> None:
    rings = [area(0, 0, 10, 10)["coordinates"], area(2, 2, 4, 4)["coordinates"]]
    issue = only(unit(geometry={"type": "MultiPolygon", "coordinates": rings}))
    assert (issue.code, issue.values["reason"]) == ("polygon-invalid", "Nested shells")


def test_coordinates_written_as_texts() -> None:
    texts = [[str(x), str(y)] for x, y in area(0, 0, 10, 10)["coordinates"][0]]
    issue = only(unit(geometry={"type": "Polygon", "coordinates": [texts]}))
    assert issue.code == "coordinates-as-text"


def test_a_unit_without_geometry() -> None:
    bare = make_feature("u", "unit", None, {"category": "room", "level_id": "L0"})
    assert only(bare).code == "geometry-missing"


def test_openings_in_parts_and_without_length() -> None:
    def door(geometry: dict[str, Any]) -> Feature:
        return make_feature("d", "opening", geometry, {"level_id": "L0", "category": "pedestrian"})

    joined = [[[LON, LAT], [LON, LAT + M]], [[LON, LAT + M], [LON, LAT + 2 * M]]]
    apart = [joined[0], [[LON, LAT + 5 * M], [LON, LAT + 6 * M]]]
    assert only(door({"type": "MultiLineString", "coordinates": joined})).severity is Severity.NOTE
    assert only(door({"type": "MultiLineString", "coordinates": apart})).severity is Severity.ERROR
    assert only(door(line((3, 3), (3, 3)))).code == "opening-without-length"
