"""`wayfinder check`: issues and reach, as text and as JSON."""

from pathlib import Path

import pytest

from tests.ascii_plan import draw_plan
from tests.cli.conftest import Run
from tests.cli.schemas import CHECK, require
from wayfinder.formats import write_imdf

CUT_OFF = """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+-----+--3--+
    4hall             |
    +-----------------+
"""


@pytest.fixture
def cut_off(tmp_path: Path) -> Path:
    path = tmp_path / "drawn"
    write_imdf(draw_plan(CUT_OFF), path)
    return path


def test_the_sample_has_nothing_above_a_note(run: Run, clinic: Path) -> None:
    outcome = run("check", clinic, "--json")
    require(outcome.json, CHECK)
    assert outcome.code == 0
    assert {issue["severity"] for issue in outcome.json["issues"]} <= {"note"}
    assert outcome.json["plan"] == {
        "levels": 2,
        "units": 47,
        "openings": 46,
        "amenities": 13,
        "occupants": 17,
    }
    # the void over the lobby cannot be entered; the four stairs are not without steps
    assert outcome.json["reach"] == {
        "units": 46,
        "connected": 46,
        "step_free": 42,
        "components": [46],
    }


def test_a_room_without_a_door_is_listed_with_its_place_and_a_likely_door(
    run: Run, cut_off: Path
) -> None:
    document = run("check", cut_off, "--json").json
    require(document, CHECK)
    assert document["reach"]["components"] == [3, 1]
    (issue,) = [issue for issue in document["issues"] if issue["code"] == "unit-cut-off"]
    assert issue["features"] == ["B"]
    assert issue["level"] == "level0"
    assert "B" in issue["message"]
    assert issue["place"] is not None
    assert issue["fix"]["action"] == "add-door"


def test_text_groups_by_kind_and_counts(run: Run, cut_off: Path) -> None:
    outcome = run("check", cut_off)
    assert outcome.code == 0
    assert "1 warning  unit-cut-off" in outcome.out
    assert "4 can be entered: 3 hang together" in outcome.out
    assert "\033[" not in outcome.out


def test_text_speaks_the_language_asked_for(
    run: Run, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "青禾诊所" in run("check", clinic, "--language", "zh-Hans").out
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "青禾诊所" in run("check", clinic).out
    monkeypatch.setenv("LC_ALL", "C")
    assert "Qinghe Clinic" in run("check", clinic).out


def test_long_lists_are_cut_and_say_so(run: Run, tmp_path: Path) -> None:
    rooms = "+--" * 8 + "+\n" + "".join(f"|{c} " for c in "ABCDEFGH") + "|\n" + "+--" * 8 + "+"
    path = tmp_path / "many"
    write_imdf(draw_plan(rooms), path)
    short, whole = run("check", path).out, run("check", path, "--limit", "0").out
    assert "… and 2 more" in short
    assert "more" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())


def test_a_plan_with_errors_ends_with_one(run: Run, faulty: Path) -> None:
    outcome = run("check", faulty, "--json")
    assert outcome.code == 1
    assert outcome.json["issues"][0]["severity"] == "error"


def test_colour_is_for_terminals_and_for_those_who_want_it(
    run: Run, cut_off: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click._compat.isatty", lambda _: True)
    assert "\033[" in run("check", cut_off).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033[" not in run("check", cut_off).out
