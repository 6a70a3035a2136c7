"""The command line on floor plans that nobody drew for it."""

import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Run
from tests.cli.schemas import CHECK, ROUTE, require
from tests.conftest import SharedPlans
from wayfinder.graph import Network
from wayfinder.guide.answer import make_answer
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.guide.steps import make_steps
from wayfinder.guide.words import say_refusal
from wayfinder.route import Journey, Router

APB = "osm_apb_dresden/APBorig.osm"
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def check(run: Run, path: Path) -> dict[str, Any]:
    outcome = run("check", path, "--json")
    document: dict[str, Any] = outcome.json
    require(document, CHECK)
    has_errors = any(issue["severity"] == "error" for issue in document["issues"])
    assert outcome.code == int(has_errors)
    assert outcome.err == ""
    return document


@pytest.mark.long
def test_an_office_hangs_together(run: Run, shared_plans: SharedPlans) -> None:
    document = check(run, shared_plans / APB)
    reach = document["reach"]
    assert document["plan"]["units"] == pytest.approx(477, abs=5)
    assert reach["connected"] >= 475
    assert reach["units"] == sum(reach["components"])
    assert reach["connected"] == reach["components"][0]
    assert 400 < reach["step_free"] <= reach["connected"]
    assert {issue["severity"] for issue in document["issues"]} <= {"warning", "note"}
    require_places(document)


@pytest.mark.parametrize(
    "name",
    [
        "osm_caserne_rennes/caserne.osm",
        pytest.param("osm_massy_station/station-border.osm.pbf", marks=pytest.mark.long),
        pytest.param("imdf_ulm_dirty/IMDFData.zip", marks=pytest.mark.long),
    ],
)
def test_every_room_that_is_cut_off_is_listed_with_its_place(
    run: Run, shared_plans: SharedPlans, name: str
) -> None:
    require_places(check(run, shared_plans / name))


def require_places(document: dict[str, Any]) -> None:
    listed = [
        issue for issue in document["issues"] if issue["code"] in {"unit-cut-off", "unit-locked"}
    ]
    assert len(listed) == document["reach"]["units"] - document["reach"]["connected"]
    assert len({issue["features"][0] for issue in listed}) == len(listed)
    assert all(issue["place"] and issue["level"] for issue in listed)


def test_a_way_through_an_office_in_words_and_as_a_map(
    run: Run, shared_plans: SharedPlans, tmp_path: Path
) -> None:
    plan, file = shared_plans / APB, tmp_path / "map.svg"
    arguments = ("--from", "1004", "--to", "3105", "--at", "2026-11-23T09:30", "--svg", file)
    outcome = run("route", plan, *arguments, "--json")
    assert outcome.code == 0
    require(outcome.json, ROUTE)
    assert (outcome.json["from"]["name"], outcome.json["to"]["name"]) == ("1004", "3105")
    assert outcome.json["legs"][0]["ordinal"] == 1
    assert outcome.json["legs"][-1]["ordinal"] == 3
    labels = "".join(ET.fromstring(file.read_text("utf-8")).itertext())  # noqa: S314 - our own
    assert "1004" in labels
    assert "3105" in labels


@pytest.mark.long
def test_any_two_rooms_of_an_office_have_a_way_in_words(office: Network) -> None:
    rooms = [unit.id for unit in office.plan.units if unit.id in office.places]
    router = Router(office, "sha256:" + "0" * 64)
    dice = random.Random(11)
    outcomes: Counter[str] = Counter()
    for number in range(400):
        start, end = dice.sample(rooms, 2)
        found = router.find_route(start, [end], departure=MORNING)
        language = LANGUAGES[number % len(LANGUAGES)]
        if isinstance(found, Journey):
            document = make_answer(office, found, make_steps(office, found), language)
            require(document, ROUTE)
            outcomes["way"] += 1
        else:
            assert say_refusal(found, language)
            outcomes[found.code] += 1
    # one room has no door, and hours may hold for a few
    assert outcomes["way"] >= 0.95 * outcomes.total(), outcomes
