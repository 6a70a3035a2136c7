"""`wayfinder sign-audit`: who arrives by signs alone, which signs are wrong, what leads round."""

from pathlib import Path

import pytest

from tests.checks.hung import SWAPPED, make_ring, make_tee
from tests.cli.conftest import Run
from wayfinder.formats import write_imdf
from wayfinder.model import Plan

AT = ("--at", "2026-11-23T10:00")


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    return tmp_path / "drawn"


def write(plan: Plan, path: Path) -> Path:
    write_imdf(plan, path)
    return path


def test_signs_that_lead_everybody_are_good(run: Run, drawn: Path) -> None:
    outcome = run("sign-audit", write(make_tee(), drawn), *AT, "--json")
    assert outcome.code == 0
    shares = {share["profile"]: share for share in outcome.json["shares"]}
    assert shares["walk"] == {
        "profile": "walk",
        "journeys": 4,
        "arrived": 4,
        "share": 1.0,
        "breaks": [],
    }
    assert (outcome.json["signs"], outcome.json["messages"]) == (1, 4)


def test_signs_that_mislead_are_told_with_the_place(run: Run, drawn: Path) -> None:
    path = write(make_tee(SWAPPED), drawn)
    outcome = run("sign-audit", path, *AT, "--profile", "walk", "--json")
    assert outcome.code == 1
    (share,) = outcome.json["shares"]
    assert share["share"] == 0.5
    assert {goal for one in share["breaks"] for goal in one["missing"]} == {"A", "D"}
    assert all(one["last_sign"] == "sign" for one in share["breaks"])
    assert run("sign-audit", path, *AT, "--profile", "walk", "--least", "0.5").code == 0


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_words_name_who_where_and_what_is_missing(run: Run, drawn: Path, language: str) -> None:
    path = write(make_tee({"B": "ahead-left"}), drawn)
    outcome = run("sign-audit", path, *AT, "--profile", "walk", "--language", language)
    assert outcome.code == 1
    assert "50.0" in outcome.out
    assert "D" in outcome.out


def test_a_closure_tells_what_is_wrong_and_what_to_put_up(run: Run, drawn: Path) -> None:
    path = write(make_ring(), drawn)
    outcome = run("sign-audit", path, *AT, "--close", "hallW", "--json")
    assert outcome.code == 1
    assert outcome.json["reprint"] == ["sign"]
    assert outcome.json["arrived"] == {"before": 1, "closed": 0, "with_temporary_signs": 1}
    assert outcome.json["temporary"][0]["messages"] == [{"to": "A", "arrow": "right"}]
    words = run("sign-audit", path, *AT, "--close", "hallW", "--language", "en")
    assert "it says to the left, the way is to the right" in words.out


def test_an_edit_tells_which_mounted_signs_are_wrong(run: Run, tmp_path: Path) -> None:
    old, new = write(make_ring(), tmp_path / "old"), write(make_ring(locked="2"), tmp_path / "new")
    outcome = run("sign-audit", new, "--against", old, "--json")
    assert outcome.code == 1
    assert [(one["code"], one["right"]) for one in outcome.json["wrong"]] == [("arrow", "right")]
    assert run("sign-audit", old, "--against", old).code == 0


def test_what_cannot_be_understood_is_refused_in_one_line(run: Run, drawn: Path) -> None:
    path = write(make_ring(), drawn)
    assert run("sign-audit", path, "--at", "soon").code == 2
    assert run("sign-audit", path, *AT, "--close", "nothing of the sort").code == 1
