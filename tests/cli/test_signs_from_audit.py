"""`wayfinder signs` of chosen signs, of what an audit asks for, and of temporary faces."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.checks.hung import make_ring
from tests.cli.conftest import Run
from wayfinder.formats import write_imdf
from wayfinder.model import Plan
from wayfinder.model.sign_codes import make_code

BASE = "https://way.example.org"
AT = ("--at", "2026-11-23T10:00")
CODE = make_code(5_000)


def make_house(locked: str = "") -> Plan:
    """Make the ring; its sign has a number and a code."""
    plan = make_ring(locked=locked)
    return plan.with_features(plan["sign"].with_wayfinder(ref="A1-01", sign_code=CODE))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    monkeypatch.delenv("WAYFINDER_BASE_URL", raising=False)
    write_imdf(make_house(), tmp_path / "house")
    return tmp_path / "house"


def audit(run: Run, path: Path, *arguments: object) -> Path:
    """Keep what an audit finds in a file."""
    file = path.parent / "audit.json"
    file.write_text(run("sign-audit", path, *arguments, "--json").out, "utf-8")
    return file


def change(file: Path, **members: object) -> Path:
    document = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**document, **members}), "utf-8")
    return file


def test_signs_are_chosen_by_number_code_or_id(run: Run, house: Path, tmp_path: Path) -> None:
    write_imdf(make_house().with_features(make_house()["sign"].with_wayfinder(ref="A1-01")), house)
    for name in ("a1-01", CODE.lower(), "sign"):
        document = run(
            "signs", house, "--output", tmp_path / "signs", "--only", name, "--json"
        ).json
        assert [one["sign"] for one in document["signs"]] == ["sign"]


def test_a_sign_that_is_not_there_is_named(run: Run, house: Path, tmp_path: Path) -> None:
    outcome = run("signs", house, "--output", tmp_path / "signs", "--only", "A9-99")
    assert outcome.code == 2
    assert "A9-99" in outcome.err
    assert not (tmp_path / "signs").exists()


def test_what_an_edit_made_wrong_is_printed_anew(run: Run, house: Path, tmp_path: Path) -> None:
    write_imdf(make_house(locked="2"), tmp_path / "new")
    file = audit(run, tmp_path / "new", "--against", house)
    document = run(
        "signs", tmp_path / "new", "--output", tmp_path / "signs", "--base-url", BASE,
        "--from-audit", file, "--json",
    ).json  # fmt: skip
    assert [(one["name"], one["code"]) for one in document["signs"]] == [("A1-01", CODE)]
    other = run("signs", house, "--output", tmp_path / "other", "--from-audit", file)
    assert other.code == 2
    assert "another plan" in other.err


def test_a_cover_carries_the_code_of_the_sign_beneath(
    run: Run, house: Path, tmp_path: Path
) -> None:
    file = audit(run, house, *AT, "--close", "hallW")
    document = run(
        "signs", house, "--output", tmp_path / "signs", "--base-url", BASE, "--from-audit", file,
        "--json",
    ).json  # fmt: skip
    (made,) = document["signs"]
    assert (made["sign"], made["name"], made["code"]) == ("temporary-sign", "A1-01", CODE)
    assert document["uncoded"] == 0
    schedule = (tmp_path / "signs" / "schedule.csv").read_text("utf-8-sig")
    assert "temporary" in schedule
    assert "SPECIMEN" not in schedule


STAND = {
    "id": "temporary-1-1",
    "covers": None,
    "level": "level0",
    "unit": "hallS",
    "place": [116.4001, 39.8998],
    "bearing_deg": 180.0,
    "mounting": "pillar",
    "messages": [{"to": "A", "arrow": "right"}],
}


def test_a_stand_has_neither_code_nor_watermark(run: Run, house: Path, tmp_path: Path) -> None:
    file = change(audit(run, house, *AT, "--close", "hallW"), temporary=[STAND])
    output = tmp_path / "signs"
    arguments = ("signs", house, "--output", output, "--base-url", BASE, "--from-audit", file)
    (made,) = run(*arguments, "--format", "svg", "--json").json["signs"]
    assert (made["name"], made["code"]) == ("T1", None)
    (page,) = output.glob("*/*.svg")
    assert "SPECIMEN" not in page.read_text("utf-8")


def test_of_a_venue_a_cover_is_not_noted_as_a_print_of_its_sign(
    run: Run, house: Path, tmp_path: Path
) -> None:
    run("import", "ring", house)
    run("publish", "ring")
    run("sign-state", "set", "ring", "printed", "A1-01")
    run("sign-state", "set", "ring", "mounted", "A1-01")
    file = tmp_path / "audit.json"
    close = ("sign-audit", "ring", *AT, "--close", "hallW", "--json")
    file.write_text(run(*close).out, "utf-8")
    arguments = ("signs", "ring", "--output", tmp_path / "signs", "--base-url", BASE)
    document = run(*arguments, "--from-audit", file, "--json").json
    assert [one["code"] for one in document["signs"]] == [CODE]
    assert document["noted_as_printed"] == 0
    listed = run("sign-state", "list", "ring", "--json").json["signs"]
    assert [(one["code"], one["state"]) for one in listed] == [(CODE, "mounted")]


def test_an_audit_that_is_not_there_is_said_to_be_none(
    run: Run, house: Path, tmp_path: Path
) -> None:
    for file in (tmp_path / "missing.json", tmp_path):
        done = run("signs", house, "--output", tmp_path / "signs", "--from-audit", file)
        assert (done.code, "written" in done.err) == (2, False)
        assert str(file) in done.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("not json", 2, "sign-audit --json"),
        ("[]", 2, "sign-audit --json"),
        ("{}", 2, "sign-audit --json"),
        ('{"plan": "sha256:1"}', 2, "--against or --close"),
        ('{"plan": "sha256:1", "reprint": []}', 0, "nothing to print"),
        ('{"plan": "sha256:1", "reprint": ["sign"]}', 2, "another plan"),
        ('{"plan": "sha256:1", "reprint": [7]}', 2, "sign-audit --json"),
        ('{"plan": "sha256:1", "temporary": [{"id": "x"}]}', 2, "sign-audit --json"),
        ('{"plan": "sha256:1", "temporary": 7}', 2, "sign-audit --json"),
    ],
)
def test_a_file_of_something_else_is_refused_in_a_line(
    run: Run, house: Path, tmp_path: Path, text: str, code: int, said: str
) -> None:
    file = tmp_path / "audit.json"
    file.write_text(text, "utf-8")
    outcome = run("signs", house, "--output", tmp_path / "signs", "--from-audit", file)
    assert outcome.code == code
    assert said in (outcome.err + outcome.out).splitlines()[-1]
    assert not (tmp_path / "signs").exists()


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"place": [400, 0]}, "400"),
        ({"place": [10**400, 0]}, "too large"),
        ({"messages": [{"to": "A", "arrow": "sideways"}]}, "arrow"),
        ({"unit": "cellar"}, "cellar"),
        ({"id": "hallS"}, "hallS"),
        ({"covers": "A"}, "“A”"),
    ],
)
def test_a_temporary_face_that_cannot_be_is_refused(
    run: Run, house: Path, tmp_path: Path, members: dict[str, Any], said: str
) -> None:
    file = change(audit(run, house, *AT, "--close", "hallW"), temporary=[{**STAND, **members}])
    outcome = run("signs", house, "--output", tmp_path / "signs", "--from-audit", file)
    assert outcome.code == 2
    assert said in outcome.err.splitlines()[-1]


def test_a_file_that_is_missing_is_named(run: Run, house: Path, tmp_path: Path) -> None:
    arguments = ("signs", house, "--output", tmp_path / "signs", "--from-audit")
    outcome = run(*arguments, tmp_path / "nowhere.json")
    assert outcome.code == 2
    assert "nowhere.json" in outcome.err
    both = run(*arguments, tmp_path / "nowhere.json", "--only", "sign")
    assert both.code == 2
    assert "not both" in both.err
