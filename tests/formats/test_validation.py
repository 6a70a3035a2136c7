"""Each problem of a plan is found, once, with its place; a sound plan has none."""

import math
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from shapely.geometry import box, mapping

from tests.formats.strategies import plans
from wayfinder.formats.validation import list_plan_issues
from wayfinder.guide.words import say_fix, say_issue
from wayfinder.model import Feature, Issue, Plan, Severity, Unit, make_feature

M = 1e-5
"""Degrees: some 1.1 m of latitude, 0.74 m of longitude."""

LON, LAT = 9.0, 48.0


def area(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    made: dict[str, Any] = mapping(
        box(LON + west * M, LAT + south * M, LON + east * M, LAT + north * M)
    )
    return made


def ring(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[LON + x * M, LAT + y * M] for x, y in points]]}


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[LON + x * M, LAT + y * M] for x, y in points]}


def unit(key: str = "u", geometry: object = None, **properties: Any) -> Feature:  # noqa: ANN401
    shape = area(0, 0, 10, 10) if geometry is None else geometry
    members = {"category": "room", "level_id": "L0", **properties}
    return make_feature(key, "unit", shape, members)  # type: ignore[arg-type]


VENUE = make_feature(
    "v",
    "venue",
    area(0, 0, 100, 100),
    {"category": "healthcarefacility", "name": {"en": "H"}, "wayfinder": {"time_zone": "UTC"}},
)
LEVEL = make_feature(
    "L0",
    "level",
    area(0, 0, 100, 100),
    {"ordinal": 0, "name": {"en": "G"}, "category": "unspecified"},
)


def judge(*features: Feature, frame: Iterable[Feature] = (VENUE, LEVEL)) -> list[Issue]:
    """List the issues of a sound frame with features added or replaced."""
    by_id = {feature.id: feature for feature in (*frame, *features)}
    if not any(isinstance(feature, Unit) for feature in features):
        by_id["u0"] = unit("u0", area(80, 80, 90, 90))
    return list(list_plan_issues(Plan.of(by_id.values())))


def only(*features: Feature) -> Issue:
    issues = judge(*features)
    assert len(issues) == 1, issues
    return issues[0]


def test_a_sound_plan_has_no_issue() -> None:
    door = make_feature(
        "d", "opening", line((0, 2), (0, 4)), {"category": "pedestrian", "level_id": "L0"}
    )
    assert judge(unit(), door) == []


# the frame


def test_an_empty_plan() -> None:
    codes = [issue.code for issue in list_plan_issues(Plan.of([]))]
    assert codes == ["venue-missing", "levels-missing", "units-missing"]


def test_several_venues() -> None:
    other = make_feature("w", "venue", area(0, 0, 9, 9), VENUE.properties)
    issue = only(other)
    assert (issue.code, issue.features) == ("venues-several", ("v", "w"))


@pytest.mark.parametrize(
    ("ordinal", "code"),
    [
        (None, "level-without-ordinal"),
        ("ground", "member-of-wrong-type"),
        (True, "member-of-wrong-type"),
    ],
)
def test_a_level_without_a_readable_ordinal_is_an_error(ordinal: object, code: str) -> None:
    issue = only(LEVEL.with_properties(ordinal=ordinal))
    assert (issue.code, issue.severity, issue.level) == (code, Severity.ERROR, "L0")


def test_two_levels_of_one_ordinal() -> None:
    twin = make_feature("L1", "level", LEVEL.geometry, LEVEL.properties)
    assert only(twin).code == "levels-with-one-ordinal"
    beside = make_feature("L1", "level", area(100, 0, 200, 100), LEVEL.properties)
    assert judge(beside) == []
    owned = [LEVEL.with_properties(building_ids=["b"]), twin.with_properties(building_ids=["c"])]
    assert {issue.code for issue in judge(*owned)} == {"reference-missing"}


def test_hours_without_a_time_zone() -> None:
    issue = only(
        make_feature("v", "venue", VENUE.geometry, {"name": {"en": "H"}}),
        unit(wayfinder={"hours": "Mo-Fr 08:00-17:00"}),
    )
    assert (issue.code, issue.features) == ("time-zone-missing", ("u",))
    assert issue.fix is not None
    assert issue.fix.action == "set-time-zone"


def test_an_unknown_time_zone() -> None:
    assert only(VENUE.with_wayfinder(time_zone="Bejing")).code == "time-zone-unknown"


# references


def test_a_missing_level_is_an_error_for_what_guides_people() -> None:
    for member in ({"level_id": "L9"}, {"level_id": None}):
        issue = only(unit(**member))
        assert issue.code in {"reference-missing", "level-not-given"}
        assert issue.severity is Severity.ERROR
    detail = make_feature("x", "detail", line((0, 0), (1, 1)), {"level_id": "L9"})
    assert only(detail).severity is Severity.WARNING


def test_the_only_level_that_fits_a_door_is_proposed() -> None:
    upper = make_feature("L1", "level", area(0, 0, 100, 100), {**LEVEL.properties, "ordinal": 1})
    lost = make_feature("d", "opening", line((10, 2), (10, 4)), {"level_id": "L9"})
    above = unit("a", area(10, 0, 20, 10), level_id="L1")
    far = unit("u", area(40, 0, 50, 10))
    issue = only(upper, above, far, lost)
    assert issue.fix is not None
    assert issue.fix.arguments == {"feature": "d", "level": "L1"}
    both = unit("u", area(0, 0, 10, 10))
    assert only(upper, above, both, lost).fix is None


def test_a_reference_of_the_wrong_type() -> None:
    issue = only(unit(level_id="v"))
    assert issue.code == "reference-of-wrong-type"
    assert issue.values["found"] == "venue"


def test_references_of_relationships_and_one_way_doors() -> None:
    way = make_feature(
        "r",
        "relationship",
        None,
        {
            "category": "traversal",
            "origin": {"id": "u"},
            "intermediary": [{"id": "gone"}],
            "destination": {"id": "lost"},
            "wayfinder": {"level_ids": ["L0", "L7"]},
        },
    )
    issues = judge(unit(), way)
    assert [issue.values["id"] for issue in issues] == ["lost", "gone", "L7"]
    door = make_feature("d", "opening", line((0, 2), (0, 4)), {"level_id": "L0"})
    issue = only(unit(), door.with_wayfinder(one_way_to="nobody"))
    assert (issue.values["member"], issue.severity) == ("wayfinder.one_way_to", Severity.ERROR)
    assert judge(unit(), door.with_wayfinder(one_way_to="outside")) == []


# positions


def test_swapped_coordinates_of_one_feature() -> None:
    swapped = {"type": "Point", "coordinates": [LAT, LON]}
    issue = only(make_feature("a", "anchor", swapped, {"unit_id": None}))
    assert (issue.code, issue.severity) == ("coordinates-swapped", Severity.ERROR)
    assert issue.fix is not None
    assert issue.fix.arguments == {"features": ["a"]}


def test_swapped_coordinates_of_a_whole_plan_are_one_issue() -> None:
    def turn(value: Any) -> Any:  # noqa: ANN401 - nested coordinates
        if isinstance(value[0], float):
            return [39.9 + value[1] - LAT, 116.4 + value[0] - LON]
        return [turn(item) for item in value]

    def turned(feature: Feature) -> Feature:
        assert feature.geometry is not None
        geometry = {"type": "Polygon", "coordinates": turn(feature.geometry["coordinates"])}
        return make_feature(feature.id, feature.feature_type, geometry, feature.properties)

    issues = judge(turned(VENUE), turned(LEVEL), turned(unit()))
    assert [issue.code for issue in issues] == ["all-coordinates-swapped"]


def test_projected_metres_are_not_on_earth() -> None:
    issue = only(make_feature("a", "anchor", {"type": "Point", "coordinates": [-8000, -55000]}, {}))
    assert issue.code == "coordinates-off-earth"


def test_features_and_display_points_far_away() -> None:
    issue = only(make_feature("a", "anchor", {"type": "Point", "coordinates": [0, 0]}, {}))
    assert issue.code == "feature-far-away"
    assert issue.values["distance_km"] == pytest.approx(5430, rel=0.05)
    point = {"type": "Point", "coordinates": [LON, LAT + 0.05]}
    issue = only(unit(display_point=point))
    assert (issue.code, issue.values["distance_km"]) == ("display-point-far", 5.6)


# geometries


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


# overlaps


def test_units_that_overlap() -> None:
    issue = only(unit("a", area(0, 0, 10, 10)), unit("b", area(5, 0, 15, 10)))
    assert (issue.code, issue.features) == ("units-overlap", ("a", "b"))
    assert issue.values["percent"] == 50
    assert issue.place == pytest.approx((LON + 7.5 * M, LAT + 5 * M))


@pytest.mark.parametrize(
    "other",
    [
        unit("b", area(10, 0, 20, 10)),
        unit("b", area(9.9, 0, 20, 10)),
        unit("b", area(4, 4, 6, 6), category="column"),
    ],
)
def test_units_that_touch_or_are_solid_do_not(other: Feature) -> None:
    assert judge(unit("a"), other) == []


def test_units_of_other_levels_do_not() -> None:
    upper = make_feature("L1", "level", LEVEL.geometry, {**LEVEL.properties, "ordinal": 1})
    assert judge(upper, unit("a"), unit("b", level_id="L1")) == []


def test_ten_thousand_rooms_on_one_spot_take_no_time() -> None:
    issues = judge(*[unit(str(number)) for number in range(300)])
    assert issues[-1].code == "overlaps-not-all-listed"
    assert len(issues) == 2_000 + 1


def test_units_outside_their_level() -> None:
    issue = only(unit(geometry=area(90, 0, 110, 10)))
    assert (issue.code, issue.values["percent"]) == ("unit-outside-level", 50)


# members


@pytest.mark.parametrize(
    ("member", "value", "expected"),
    [
        ("category", 7, "text"),
        ("name", ["x"], "labels"),
        ("name", {"en": 3}, "labels"),
        ("accessibility", {"a": 1}, "texts"),
        ("display_point", [1, 2], "point"),
    ],
)
def test_members_of_the_wrong_type(member: str, value: object, expected: str) -> None:
    members: dict[str, Any] = {member: value}
    issue = only(unit(**members))
    assert (issue.code, issue.severity) == ("member-of-wrong-type", Severity.WARNING)
    assert issue.values["expected"] == expected


def test_texts_that_read_as_something_else_are_noted_once() -> None:
    level = LEVEL.with_properties(ordinal="0", outdoor="false", building_ids="v")
    issues = judge(level)
    assert [issue.code for issue in issues] == [
        "reference-of-wrong-type",
        *("text-for-boolean", "text-for-number", "text-for-list"),
    ]


def test_unknown_categories_are_noted_once() -> None:
    issue = only(
        unit("a", area(0, 0, 4, 4), category="spa"), unit("b", area(6, 0, 9, 4), category="spa")
    )
    assert (issue.code, issue.features) == ("category-unknown", ("a", "b"))
    assert judge(unit(category="consultingroom")) == []


@pytest.mark.parametrize("hours", ["nine to five", "Mo-Fr 25:99", "Mo 08:00-17:00;" * 100])
def test_hours_that_cannot_be_read(hours: str) -> None:
    assert only(VENUE.with_properties(hours=hours)).code == "hours-unreadable"


# our own object


@pytest.mark.parametrize(
    ("ours", "code", "severity"),
    [
        ({"acces": "staff"}, "wayfinder-key-unknown", Severity.WARNING),
        ({"lift": {"speed": 3}}, "wayfinder-key-unknown", Severity.WARNING),
        ({"access": "secret"}, "wayfinder-value-wrong", Severity.ERROR),
        ({"clear_width_m": "0.9"}, "wayfinder-value-wrong", Severity.WARNING),
        ({"clear_width_m": -1}, "wayfinder-value-wrong", Severity.WARNING),
        ({"lift": {"wait_s": -1}}, "wayfinder-value-wrong", Severity.WARNING),
        (["access"], "wayfinder-value-wrong", Severity.ERROR),
        ({"threshold_mm": 5}, "wayfinder-key-misplaced", Severity.NOTE),
    ],
)
def test_the_wayfinder_object(ours: object, code: str, severity: Severity) -> None:
    issue = only(unit(wayfinder=ours))
    assert (issue.code, issue.severity) == (code, severity)


# labels


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"name": {"en": "Ward\u202e3"}}, "label-with-hidden-characters"),
        ({"alt_name": {"en": "a\tb"}}, "label-with-hidden-characters"),
        ({"wayfinder": {"aliases": {"en": ["x\u200b"]}}}, "label-with-hidden-characters"),
        ({"wayfinder": {"codes": {"his": "1\u202e"}}}, "label-with-hidden-characters"),
        ({"name": {"en": "x" * 1_000_000}}, "label-too-long"),
        ({"name": {"english please": "x"}}, "language-unknown"),
        ({"name": "Ward 3"}, "label-without-language"),
    ],
)
def test_labels(properties: dict[str, Any], code: str) -> None:
    issue = only(unit(**properties))
    assert issue.code == code
    assert len(str(issue)) < 1000


def test_what_people_must_be_told_has_a_name() -> None:
    assert only(LEVEL.with_properties(name={"en": "  "})).code == "name-missing"
    assert only(VENUE.with_properties(name=None)).code == "name-missing"


# all together


@given(plans())
def test_any_plan_gives_issues_that_can_be_said(plan: Plan) -> None:
    issues = list_plan_issues(plan)
    assert issues == list_plan_issues(plan)
    for issue in issues:
        assert set(issue.features) <= set(plan.features)
        for language in ("en", "zh-Hans"):
            assert say_issue(issue, language)
            assert issue.fix is None or say_fix(issue.fix, language)
