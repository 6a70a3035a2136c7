"""What a plan refers to is there and of the right type."""

from tests.formats.validation.judging import LEVEL, area, judge, line, only, unit
from wayfinder.model import Severity, make_feature


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
