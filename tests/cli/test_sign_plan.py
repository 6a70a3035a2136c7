"""`wayfinder sign-plan`: a proposal as text, as JSON, and as a plan."""

from pathlib import Path

import pytest

from tests.ascii_plan import draw_plan
from tests.cli.conftest import Run
from wayfinder.formats import read_plan, write_imdf
from wayfinder.model import list_signs

FORK = """
    +-------------------+------+-------------------+
    |Archive            |      |Bandages           |
    |                   |      |                   |
    +--1----------------+      +----------------2--+
    |hall                                          |
    +-------------------+      +-------------------+
                        |      |
                        |      |
                        |      |
                        +--0---+
"""


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """Write two rooms at the ends of a corridor, and the way in amid it."""
    path = tmp_path / "fork"
    write_imdf(draw_plan(FORK), path)
    return path


def test_a_proposal_is_written_as_a_plan_with_signs_without_codes(
    run: Run, fork: Path, tmp_path: Path
) -> None:
    target = tmp_path / "signed.zip"
    outcome = run("sign-plan", fork, "--output", target, "--json")
    assert outcome.code == 0
    assert outcome.json["uncovered"] == []
    assert outcome.json["arrived"] == outcome.json["journeys"] > 0
    assert outcome.json["solved"] is True
    plan = read_plan(target).plan
    signs = list_signs(plan)
    assert len(signs) == outcome.json["faces"] > 0
    assert all(sign.code is None for sign in signs)
    written = {
        sign.id: [{"to": one.to, "arrow": str(one.arrow)} for one in sign.messages]
        for sign in signs
    }
    assert written == {sign["id"]: sign["messages"] for sign in outcome.json["signs"]}
    assert outcome.json["lines"] == sum(len(sign.messages) for sign in signs)


def test_signs_of_the_plan_stay_unless_one_begins_anew(
    run: Run, fork: Path, tmp_path: Path
) -> None:
    target = tmp_path / "signed"
    run("sign-plan", fork, "--output", target)
    again = run("sign-plan", target, "--json")
    assert not any(sign["new"] for sign in again.json["signs"])
    anew = run("sign-plan", target, "--from-scratch", "--json")
    assert anew.code == 0


def test_figures_are_said_in_both_languages(run: Run, fork: Path) -> None:
    english = run("sign-plan", fork)
    assert "decision points" in english.out
    assert "100.0 %" in english.out
    chinese = run("sign-plan", fork, "--language", "zh-Hans")
    assert "分岔点" in chinese.out


def test_what_cannot_be_announced_is_named_with_its_place(run: Run, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    # no sign hangs in a room that is not there to be walked through
    write_imdf(draw_plan(FORK, units={"hall": {"category": "office"}}), closed)
    outcome = run("sign-plan", closed, "--json")
    assert outcome.code == 1
    assert outcome.json["faces"] == 0
    assert {"Archive", "Bandages"} <= {
        key for one in outcome.json["uncovered"] for key in one["places"]
    }
    assert "lost on the way" in run("sign-plan", closed).out


def test_a_target_that_cannot_be_written_is_said_in_one_line(run: Run, fork: Path) -> None:
    outcome = run("sign-plan", fork, "--output", fork / "venue.geojson")
    assert outcome.code == 2
    assert len(outcome.err.strip().splitlines()) == 1


def test_a_plan_in_which_nobody_sets_out_is_refused(run: Run, tmp_path: Path) -> None:
    plan = draw_plan(FORK)
    write_imdf(plan.without("door-0"), tmp_path / "shut")
    write_imdf(plan.without("Archive", "Bandages", "door-1", "door-2"), tmp_path / "bare")
    for path, said in ((tmp_path / "shut", "public entrance"), (tmp_path / "bare", "public place")):
        outcome = run("sign-plan", path, "--output", tmp_path / "signed")
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
    assert not (tmp_path / "signed").exists()
