"""`wayfinder signs`: of a plan, of a venue, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.signed import FIRST, SECOND, make_plan
from wayfinder.formats import write_imdf

BASE = "https://way.example.org"
SIGNS = {
    "one": {"sign_code": FIRST, "ref": "A1-01", "sign": {"bearing_deg": 180}},
    "two": {"sign_code": SECOND, "ref": "A1-02", "sign": {"bearing_deg": 0}},
}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    monkeypatch.delenv("WAYFINDER_BASE_URL", raising=False)
    write_imdf(make_plan(SIGNS), tmp_path / "house")
    return tmp_path / "house"


def test_a_plan_alone_gives_specimens_and_says_so(run: Run, plan: Path, tmp_path: Path) -> None:
    outcome = run("signs", plan, "--output", tmp_path / "signs", "--size", "A5")
    assert outcome.code == 0
    assert "2 signs on 2 pages" in outcome.out
    assert "SPECIMENS" in outcome.out
    assert "Drawing signs: 2 of 2" in outcome.err
    assert (tmp_path / "signs" / "schedule.xlsx").stat().st_size > 0


def test_with_an_address_codes_are_read_back(run: Run, plan: Path, tmp_path: Path) -> None:
    arguments = ("signs", plan, "--output", tmp_path / "signs", "--base-url", BASE, "--json")
    document = run(*arguments).json
    assert [one["code"] for one in document["signs"]] == [FIRST, SECOND]
    assert document["base_url"] == BASE
    assert document["pages"] == 2
    outcome = run(*arguments[:-1], "--changed")
    assert outcome.code == 0
    assert "nothing to print" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--base-url", "http://way.example.org"], 2, "https"),
        (["--base-url", "https://localhost:8000"], 2, "localhost"),
        (["--level", "17F"], 2, "17F"),
        (["--state", "mounted"], 2, "--state"),
        (["--changed"], 2, "no earlier batch"),
        (["--language", "en", "--language", "zh-Hans", "--language", "en"], 2, "one language"),
        (["--size", "A7"], 2, "A7"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_made(
    run: Run, plan: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    outcome = run("signs", plan, "--output", tmp_path / "signs", *arguments)
    assert outcome.code == code
    assert said in outcome.err.splitlines()[-1]
    assert not (tmp_path / "signs").exists()
    assert not list(tmp_path.glob(".signs*"))


def test_a_venue_is_noted_as_printed(run: Run, plan: Path, tmp_path: Path) -> None:
    output = tmp_path / "signs"
    assert run("signs", "house", "--output", output).code == 1
    assert run("import", "house", plan).code == 0
    outcome = run("signs", "house", "--output", output)
    assert outcome.code == 2
    assert "publish" in outcome.err
    assert run("publish", "house").code == 0
    arguments = ("signs", "house", "--output", output, "--base-url", BASE)
    assert run(*arguments, "--no-note", "--json").json["noted_as_printed"] == 0
    assert run(*arguments, "--state", "planned", "--json").json["noted_as_printed"] == 2
    none = run(*arguments, "--state", "planned")
    assert (none.code, "wayfinder sign-state list" in none.err) == (1, True)
    outcome = run(*arguments, "--changed")
    assert (outcome.code, "nothing to print" in outcome.out) == (0, True)
    schedule = (output / "schedule.csv").read_text("utf-8-sig")
    assert "planned" in schedule


def test_what_hangs_and_is_printed_anew_hangs_until_the_new_one_does(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    assert run("import", "house", plan).code == run("publish", "house").code == 0
    arguments = ("signs", "house", "--output", tmp_path / "signs", "--base-url", BASE)
    assert run(*arguments, "--json").json["noted_as_printed"] == 2
    assert run("sign-state", "set", "house", "mounted", "--from", "printed").code == 0

    def look() -> list[tuple[str, bool]]:
        listed = run("sign-state", "list", "house", "--json").json["signs"]
        return [(one["state"], one["reprinted_at"] is not None) for one in listed]

    assert look() == [("mounted", False)] * 2
    assert run(*arguments, "--json").json["noted_as_printed"] == 2
    assert look() == [("mounted", True)] * 2
    assert "to be hung" in run("sign-state", "list", "house").out
    assert run(*arguments, "--changed").code == 0
    assert run("sign-state", "set", "house", "mounted", "--from", "mounted").code == 0
    assert look() == [("mounted", False)] * 2


def test_a_folder_of_others_is_left_alone(run: Run, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "signs").mkdir()
    (tmp_path / "signs" / "thesis.txt").write_text("mine", "utf-8")
    outcome = run("signs", plan, "--output", tmp_path / "signs")
    assert outcome.code == 2
    assert "thesis.txt" in outcome.err
    assert [path.name for path in (tmp_path / "signs").iterdir()] == ["thesis.txt"]


def test_a_missing_character_names_the_sign(run: Run, tmp_path: Path) -> None:
    plan = make_plan(SIGNS)
    named = plan.with_features(plan["A"].with_properties(name={"en": "Ward \u16a0"}))
    write_imdf(named, tmp_path / "runes")
    outcome = run("signs", tmp_path / "runes", "--output", tmp_path / "signs")
    assert outcome.code == 1
    assert "A1-0" in outcome.err
    assert "U+16A0" in outcome.err
    assert not (tmp_path / "signs").exists()
