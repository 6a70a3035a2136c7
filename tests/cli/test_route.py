"""`wayfinder route`: one journey in words, as JSON, as a map."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import ValidationError

from tests.cli.conftest import Run
from tests.cli.schemas import REFUSAL, ROUTE, WHICH_PLACE, require
from wayfinder.formats import read_plan
from wayfinder.model import Unit

MORNING = "2026-11-23T09:30"
NIGHT = "2026-11-23T22:30"


@pytest.fixture(scope="module")
def lifts() -> tuple[str, ...]:
    from wayfinder.resources import floorplans_dir

    units = read_plan(floorplans_dir() / "clinic").plan.list_of(Unit)
    return tuple(unit.id for unit in units if unit.category == "elevator")


def test_json_is_as_promised(run: Run, clinic: Path) -> None:
    outcome = run("route", clinic, "--from", "Main Entrance", "--to", "PED", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    document = outcome.json
    require(document, ROUTE)
    assert document["from"]["name"] == "Main Entrance"
    assert document["to"]["name"] == "Paediatrics"
    assert document["from"]["level"] != document["to"]["level"]
    assert [leg["ordinal"] for leg in document["legs"]] == [0, 1]
    assert document["steps"][0]["kind"] == "depart"
    assert document["steps"][-1]["kind"] == "arrive"
    low, high = document["duration_range_s"]
    assert low <= document["duration_s"] <= high
    assert document["stops"] == [
        {
            "id": document["to"]["id"],
            "name": "Paediatrics",
            "arrive_s": document["duration_s"],
            "first_step": 0,
        }
    ]


def test_the_schema_would_notice(run: Run, clinic: Path) -> None:
    document = run("route", clinic, "--from", "REG", "--to", "PED", "--json").json
    del document["steps"][0]["text"]
    with pytest.raises(ValidationError):
        require(document, ROUTE)


def test_legs_and_steps_join_without_gaps(run: Run, clinic: Path) -> None:
    arguments = ("--from", "Main Entrance", "--to", "DEN", "--profile", "wheelchair", "--json")
    document = run("route", clinic, *arguments).json
    for leg in document["legs"]:
        line = leg["geometry"]["coordinates"]
        assert all(here != there for here, there in pairwise(line))
    for step, following in pairwise(document["steps"]):
        assert step["to"] == following["from"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Main Entrance", "Paediatrics is on your right")), ("zh-Hans", ("正门", "儿科"))],
)
def test_words_are_printed_in_the_language_asked_for(
    run: Run, clinic: Path, language: str, words: tuple[str, ...]
) -> None:
    arguments = ("--from", "Main Entrance", "--to", "儿科", "--language", language)
    outcome = run("route", clinic, *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert all(word in outcome.out for word in words)
    assert "  1. " in outcome.out


def test_a_wheelchair_takes_the_lift(run: Run, clinic: Path) -> None:
    arguments = ("--from", "Main Entrance", "--to", "PED", "--profile", "wheelchair", "--json")
    document = run("route", clinic, *arguments).json
    assert "lift" in {step["kind"] for step in document["steps"]}
    assert document["verified"] is True


def test_a_closed_lift_is_named_with_what_would_work(
    run: Run, clinic: Path, lifts: tuple[str, ...]
) -> None:
    arguments = ("--from", "Main Entrance", "--to", "PED", "--profile", "wheelchair", "--close")
    outcome = run("route", clinic, *arguments, lifts[0], "--json")
    assert outcome.code == 1
    require(outcome.json, REFUSAL)
    error = outcome.json["error"]
    assert lifts[0] in error["blocked_by"]
    assert error["without"]["profile"] == "walk"
    told = run("route", clinic, *arguments, lifts[0])
    assert told.code == 1
    assert told.out == ""
    assert "Lift 1" in told.err
    assert "On foot" in told.err


def test_hours_count_at_the_time_asked_for_in_the_venues_zone(run: Run, clinic: Path) -> None:
    arguments = ("--from", "REG", "--to", "PHA", "--json", "--at")
    assert run("route", clinic, *arguments, MORNING).code == 0
    shut = run("route", clinic, *arguments, NIGHT)
    assert shut.code == 1
    assert shut.json["error"]["without"]["at"].startswith("2026-11-24T08:00:00+08:00")
    # the same instant, told in another zone
    assert run("route", clinic, *arguments, "2026-11-23T14:30Z").code == 1
    assert run("route", clinic, *arguments, "2026-11-23T01:30:00+00:00").code == 0


def test_a_visit_goes_in_the_order_given_or_the_best(run: Run, clinic: Path) -> None:
    ends = ("DEN", "REG", "GYN", "PHA")
    options = [item for end in ends for item in ("--to", end)]
    common = ("route", clinic, "--from", "Main Entrance", "--at", MORNING, "--json")
    given = run(*common, *options).json
    best = run(*common, *options, "--best-order").json
    require(given, ROUTE)
    require(best, ROUTE)
    assert [stop["name"] for stop in given["stops"]] == [
        "Dentistry",
        "Registration & Cashier",
        "Gynaecology",
        "Pharmacy",
    ]
    assert best["duration_s"] < given["duration_s"]
    assert best["stops"][-1]["name"] == "Pharmacy"
    firsts = [stop["first_step"] for stop in given["stops"]]
    assert firsts[0] == 0
    for first in firsts[1:]:
        assert given["steps"][first - 1]["kind"] == "arrive"
    text = run(*common[:-1], *options).out
    assert ": Dentistry (floor 2F)" in text


def test_the_nearest_of_a_category(run: Run, clinic: Path) -> None:
    arguments = ("--from", "Main Entrance", "--to", "nearest:restroom", "--json")
    document = run("route", clinic, *arguments, "--profile", "wheelchair").json
    assert document["to"]["name"] == "Accessible Toilet"


def test_the_first_step_follows_the_facing(run: Run, clinic: Path) -> None:
    arguments = ("route", clinic, "--from", "REG", "--to", "PED", "--json", "--facing")
    west = run(*arguments, "270").json["steps"][0]
    east = run(*arguments, "90").json["steps"][0]
    assert west["direction"] != east["direction"]


@pytest.mark.parametrize(
    ("text", "code", "candidates"),
    [
        ("Paediatricks", "unknown-place", ("Paediatrics",)),
        ("口腔", "unknown-place", ("Dentistry",)),
        ("厕所", "ambiguous-place", ("Men's Toilet", "Women's Toilet")),
        ("zzzzzzzz", "unknown-place", ()),
        ("", "unknown-place", ()),
    ],
)
def test_an_unclear_place_is_refused_with_its_candidates(
    run: Run, clinic: Path, text: str, code: str, candidates: tuple[str, ...]
) -> None:
    arguments = ("route", clinic, "--from", "REG", "--to", text)
    outcome = run(*arguments, "--json")
    assert outcome.code == 1
    require(outcome.json, WHICH_PLACE)
    error = outcome.json["error"]
    assert error["code"] == code
    assert {candidate["name"] for candidate in error["candidates"]} >= set(candidates)
    assert bool(error["candidates"]) == bool(candidates)
    told = run(*arguments)
    assert (told.code, told.out) == (1, "")
    assert told.err.count("\n") == 1
    assert all(candidate["id"] in told.err for candidate in error["candidates"])


@pytest.mark.parametrize(
    ("text", "category"), [("厕所", "restroom"), ("toilet", "restroom"), ("REGG", None)]
)
def test_a_sort_of_place_is_answered_with_nearest(
    run: Run, clinic: Path, text: str, category: str | None
) -> None:
    outcome = run("route", clinic, "--from", "PED", "--to", text)
    assert outcome.code == 1
    if category is None:
        assert "nearest:" not in outcome.err
    else:
        assert f"nearest:{category}" in outcome.err
        assert run("route", clinic, "--from", "PED", "--to", f"nearest:{category}").code == 0
    # one cannot start from the nearest of something
    assert "nearest:" not in run("route", clinic, "--from", text, "--to", "PED").err


def test_a_plan_with_errors_is_used_with_a_word(run: Run, faulty: Path) -> None:
    outcome = run("route", faulty, "--from", "PED", "--to", "DEN", "--json")
    assert outcome.code == 0
    require(outcome.json, ROUTE)
    assert "the plan has 1 error" in outcome.err


def test_a_map_is_written_with_every_floor(run: Run, clinic: Path, tmp_path: Path) -> None:
    file = tmp_path / "route.svg"
    arguments = ("--from", "Main Entrance", "--to", "PED", "--svg", file)
    outcome = run("route", clinic, *arguments)
    assert (outcome.code, outcome.out) == (0, "")
    assert str(file) in outcome.err
    root = ET.fromstring(file.read_text("utf-8"))  # noqa: S314 - our own file
    text = "".join(root.itertext())
    assert "1F" in text
    assert "2F" in text
    both = run("route", clinic, *arguments, "--text")
    assert "  1. " in both.out


def test_nothing_is_written_where_there_is_no_way(run: Run, clinic: Path, tmp_path: Path) -> None:
    arguments = ("--from", "REG", "--to", "PHA", "--at", NIGHT, "--svg", tmp_path / "route.svg")
    assert run("route", clinic, *arguments).code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--at", "noon"), "--at “noon”"),
        (("--at", "2026-02-30T10:00"), "2026-02-30T10:00"),
        (("--profile", "horse"), "'horse' is not one of"),
        (("--facing", "400"), "--facing"),
        (("--json", "--text"), "exclude each other"),
        (("--language", "tlh"), "'tlh' is not one of"),
    ],
)
def test_arguments_without_sense_end_with_two(
    run: Run, clinic: Path, arguments: tuple[str, ...], words: str
) -> None:
    outcome = run("route", clinic, "--from", "REG", "--to", "PED", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert words in outcome.err


def test_being_there_already_is_an_answer(run: Run, clinic: Path) -> None:
    document = run("route", clinic, "--from", "PED", "--to", "PED", "--json").json
    require(document, ROUTE)
    assert document["distance_m"] == 0


def test_the_nearest_entrance_leads_outside_and_is_no_rooms_door(run: Run, clinic: Path) -> None:
    outcome = run("route", clinic, "--from", "203", "--to", "nearest:entrance", "--json")
    assert outcome.json["to"]["name"] in {"Main Entrance", "West Exit"}


def test_a_map_is_named_as_what_it_is(run: Run, clinic: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    outcome = run("route", clinic, "--from", "REG", "--to", "PED", "--svg", file)
    assert outcome.code == 2
    assert ".svg" in outcome.err
    assert not file.exists()


def test_a_lift_that_is_closed_by_its_name_is_named_once_as_what_to_reopen(
    run: Run, clinic: Path
) -> None:
    arguments = ("--from", "Main Entrance", "--to", "PED", "--profile", "wheelchair")
    outcome = run("route", clinic, *arguments, "--close", "Lift 1", "--language", "en")
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1].count("Lift 1") == 1


def test_stops_have_the_same_numbers_in_words_and_on_the_map(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    file = tmp_path / "visit.svg"
    stops = ("--to", "BLD", "--to", "PED", "--language", "en", "--at", "2026-11-23T10:00")
    outcome = run("route", clinic, "--from", "REG", *stops, "--text", "--svg", file)
    drawing = file.read_text("utf-8")
    for number, name in enumerate(("Blood Sampling", "Paediatrics"), 1):
        assert f"Stop {number}: {name}" in outcome.out
        assert f">{number} · {name}<" in drawing


def test_a_map_is_as_wide_as_asked(run: Run, clinic: Path, tmp_path: Path) -> None:
    file = tmp_path / "phone.svg"
    run(
        "route",
        clinic,
        "--from",
        "REG",
        "--to",
        "PHA",
        "--at",
        MORNING,
        "--svg",
        file,
        "--width",
        360,
    )
    assert 'width="360"' in file.read_text(encoding="utf-8")


def test_one_who_is_there_already_is_not_sent_on(run: Run, clinic: Path) -> None:
    outcome = run("route", clinic, "--from", "PED", "--to", "PED", "--at", MORNING)
    assert outcome.code == 0
    assert " m," not in outcome.out
    assert "minute" not in outcome.out


def test_each_thing_in_the_way_says_why(run: Run, clinic: Path) -> None:
    where = ("--from", "Main Entrance", "--to", "PED", "--at", MORNING)
    outcome = run("route", clinic, *where, "--profile", "bed", "--language", "en")
    assert outcome.code == 1
    assert "in the way: Corridor 1F, too narrow" in outcome.err
