"""Plans drawn by others: what is wrong with them is listed, and nothing is lost on the way back."""

from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import SharedPlans
from wayfinder.formats import ReadResult, UnreadableError, read_imdf, read_plan, write_imdf
from wayfinder.formats.validation import list_plan_issues
from wayfinder.guide.words import say_issue
from wayfinder.model import Severity, hash_plan

ULM = "imdf_ulm_dirty/IMDFData.zip"


def test_the_dirty_archive_gives_a_clear_list(shared_plans: SharedPlans) -> None:
    result = read_plan(shared_plans / ULM)
    found = Counter((issue.severity, issue.code) for issue in result.issues)
    assert found[Severity.ERROR, "reference-missing"] == 188
    assert found[Severity.WARNING, "polygon-self-crossing"] == 3
    assert found[Severity.WARNING, "units-overlap"] > 20
    assert found[Severity.NOTE, "files-in-folder"] == 1
    assert found[Severity.NOTE, "files-named-json"] == 1
    assert found[Severity.NOTE, "feature-type-unknown"] == 3
    assert found[Severity.WARNING, "display-point-far"] == 1
    assert len(result.plan.units) == 554
    assert len(result.plan.levels) == 6
    for issue in result.issues:
        if issue.code == "reference-missing":
            assert issue.place is not None
        assert say_issue(issue, "en")
        assert say_issue(issue, "zh-Hans")


def test_its_frame_is_where_it_is_drawn(shared_plans: SharedPlans) -> None:
    """Its venue's display point lies on another continent."""
    frame = read_plan(shared_plans / ULM).plan.frame
    assert (frame.lon, frame.lat) == pytest.approx((9.957, 48.423), abs=0.01)


def test_nothing_of_it_is_lost(shared_plans: SharedPlans, tmp_path: Path) -> None:
    plan = read_imdf(shared_plans / ULM).plan
    again = read_imdf(write_imdf(plan, tmp_path / "plan.zip")).plan
    assert again == plan
    assert hash_plan(again) == hash_plan(plan)


def test_a_converted_plan_is_the_same_plan(read_office: ReadResult, tmp_path: Path) -> None:
    plan = read_office.plan
    result = read_plan(write_imdf(plan, tmp_path / "plan"))
    assert result.plan == plan
    assert list_plan_issues(plan) == list_plan_issues(result.plan)


@pytest.mark.parametrize(
    "name",
    [
        "geojson_westport_house/westport-house-floor-1.geojson",
        "geojson_westport_house/main.json",
        "dxf_contoso_v1/Ground.dxf",
        "cobie_clinic/Space.csv",
        "mlit_shin_yokohama",
        "ifc_duplex",
        "indoorgml",
    ],
)
def test_other_formats_are_refused_in_one_line(shared_plans: SharedPlans, name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_plan(shared_plans / name)
    assert "\n" not in str(caught.value)
