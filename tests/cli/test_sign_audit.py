"""`wayfinder sign-audit`: who arrives by signs alone, which signs are wrong, what leads round."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import SWAPPED, hang, make_ring, make_tee
from tests.cli.conftest import Run
from tests.cli.schemas import SIGN_AUDIT, SIGN_CHANGES, SIGN_DETOURS, require
from wayfinder.formats import write_imdf
from wayfinder.model import Plan
from wayfinder.model.sign_codes import make_code

AT = ("--at", "2026-11-23T10:00")
HALL_ALONE = """
    +----------+
    |hall      |
    +--0-------+
"""


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
    require(outcome.json, SIGN_AUDIT)


def test_signs_that_mislead_are_told_with_the_place(run: Run, drawn: Path) -> None:
    path = write(make_tee(SWAPPED), drawn)
    outcome = run("sign-audit", path, *AT, "--profile", "walk", "--json")
    assert outcome.code == 1
    require(outcome.json, SIGN_AUDIT)
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
    require(outcome.json, SIGN_DETOURS)
    assert [(one["sign"], one["code"]) for one in outcome.json["wrong"]] == [("sign", "arrow")]
    assert outcome.json["arrived"] == {"before": 1, "closed": 0, "with_temporary_signs": 1}
    assert outcome.json["temporary"][0]["messages"] == [{"to": "A", "arrow": "right"}]
    assert outcome.json["temporary"][0]["covers"] == "sign"
    words = run("sign-audit", path, *AT, "--close", "hallW", "--language", "en")
    assert "it says to the left, the way is to the right" in words.out
    assert "Cover sign (1F, hallS), to say:\n    A: to the right" in words.out


def test_an_edit_tells_which_mounted_signs_are_wrong(run: Run, tmp_path: Path) -> None:
    old, new = write(make_ring(), tmp_path / "old"), write(make_ring(locked="2"), tmp_path / "new")
    outcome = run("sign-audit", new, "--against", old, "--json")
    assert outcome.code == 1
    require(outcome.json, SIGN_CHANGES)
    assert [(one["code"], one["right"]) for one in outcome.json["wrong"]] == [("arrow", "right")]
    assert (outcome.json["reprint"], outcome.json["take_down"]) == (["sign"], [])
    gone = run(
        "sign-audit", write(make_ring().without("sign"), tmp_path / "bare"), "--against", old
    )
    assert "1 printed sign is wrong" in gone.out
    assert "take it down" in gone.out
    assert run("sign-audit", old, "--against", old).code == 0


def test_the_words_say_where_in_which_room_and_beside_which_sign(run: Run, drawn: Path) -> None:
    path = write(make_tee(SWAPPED), drawn)
    said = run("sign-audit", path, *AT, "--profile", "walk", "--language", "en").out
    assert "On foot: 2 of 4 journeys arrive by signs alone (50.0 %)" in said
    assert "1F, hall (x " in said
    assert "sent here by sign (1F, hall)" in said
    assert "on the way to A" in said


def test_of_a_fault_the_line_is_told(run: Run, drawn: Path) -> None:
    plan = hang(make_tee(), "other", (19.5, -11.0), {"A": "right"})
    said = run("sign-audit", write(plan, drawn), *AT, "--language", "en").out
    assert "1 sign says otherwise than the one beside it:" in said
    assert "other (1F, hall): A, to the right; not so on sign" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--at", "soon"], 2, "soon"),
        ([*AT, "--close", "nothing of the sort"], 1, "nothing of the sort"),
        (["--close", "hallW", "--against", "elsewhere"], 2, "--against"),
        (["--close", "hallW", "--profile", "walk", "--profile", "easy"], 2, "one --profile"),
        (["--against", "elsewhere"], 2, "elsewhere"),
        (["--state", "mounted"], 2, "--state"),
        (["--release", "2"], 2, "--release"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_one_line(
    run: Run, drawn: Path, arguments: list[str], code: int, said: str
) -> None:
    outcome = run("sign-audit", write(make_ring(), drawn), *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (make_ring().without("door-0"), "no public entrance"),
        (draw_plan(HALL_ALONE), "no public place"),
    ],
)
def test_a_plan_in_which_nobody_sets_out_is_refused(
    run: Run, drawn: Path, plan: Plan, said: str
) -> None:
    outcome = run("sign-audit", write(plan, drawn), *AT)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_plan_without_signs_leads_nobody_and_says_so(run: Run, drawn: Path) -> None:
    outcome = run("sign-audit", write(make_ring().without("sign"), drawn), *AT)
    assert outcome.code == 1
    assert "sign-plan" in outcome.err
    assert "0 of 1 journeys" in outcome.out


def test_where_no_way_leads_nobody_is_said_to_arrive(run: Run, drawn: Path) -> None:
    outcome = run("sign-audit", write(make_ring(locked="1"), drawn), *AT, "--profile", "walk")
    assert outcome.code == 1
    assert "no way leads" in outcome.out


def test_signs_without_a_bearing_and_in_walls_are_told(run: Run, drawn: Path) -> None:
    plan = hang(make_tee(), "blank", (18.5, -8.0), {"D": "left"}, bearing_deg=None)
    plan = hang(plan, "sunk", (18.5, -30.0), {"D": "left"})
    said = run("sign-audit", write(plan, drawn), *AT).out
    assert "1 sign has no bearing" in said
    assert "1 sign is in a wall" in said


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder beside an empty store."""
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    return tmp_path


def test_of_a_venue_only_printed_signs_are_wrong(run: Run, store: Path) -> None:
    run("import", "house", write(make_ring(), store / "old"))
    assert run("sign-audit", "house", *AT).code == 2  # nothing is published
    run("publish", "house")
    run("import", "house", write(make_ring(locked="2"), store / "new"))
    compare = ("sign-audit", "house", "--release", "2", "--against", "1")
    planned = run(*compare)
    assert planned.code == 0
    assert "1 sign that is planned only" in planned.out
    assert run("sign-state", "set", "house", "printed", "sign").code == 0
    assert run("sign-state", "set", "house", "mounted", "sign").code == 0
    outcome = run(*compare, "--json")
    assert outcome.code == 1
    assert (outcome.json["release"], outcome.json["reprint"]) == (2, ["sign"])
    assert run("sign-audit", "house", "--against", store / "old").code == 0
    # it is mounted, and nobody asks for those: that is no reason to take it down
    boxed = run("sign-audit", "house", "--state", "printed", "--against", store / "old", "--json")
    assert (boxed.code, boxed.json["take_down"]) == (0, [])
    assert run("sign-audit", "house", "--against", "7").code == 1


def test_a_venue_is_walked_by_the_signs_that_hang(run: Run, store: Path) -> None:
    run("import", "house", write(make_ring(), store / "plan"))
    run("publish", "house")
    walk = ("sign-audit", "house", *AT, "--profile", "walk", "--json")
    assert run(*walk).json["signs"] == 1
    hanging = run(*walk, "--state", "mounted")
    assert (hanging.code, hanging.json["signs"]) == (1, 0)
    run("sign-state", "set", "house", "printed", "sign")
    run("sign-state", "set", "house", "mounted", "sign")
    assert run(*walk, "--state", "mounted").json["signs"] == 1
    run("sign-state", "set", "house", "removed", "sign")
    assert run(*walk).json["signs"] == 0


@pytest.mark.parametrize("code", [None, make_code(7_000)])
def test_a_sign_that_was_drawn_anew_under_another_id_is_the_same_sign(
    run: Run, store: Path, code: str | None
) -> None:
    plan = make_ring()
    old = plan["sign"].with_wayfinder(ref="A-1", sign_code=code)
    new = replace(old, id="drawn-anew")
    run("import", "house", write(plan.with_features(old), store / "old"))
    run("publish", "house")
    run("sign-state", "set", "house", "printed", "A-1")
    run("import", "house", write(plan.without("sign").with_features(new), store / "new"))
    run("publish", "house")
    for against in ("1", store / "old"):
        same = run("sign-audit", "house", "--state", "printed", "--against", against, "--json")
        assert (same.code, same.json["wrong"]) == (0, [])
    turned = make_ring(locked="2").without("sign").with_features(new)
    run("import", "house", write(turned, store / "turned"))
    run("publish", "house")
    wrong = run("sign-audit", "house", "--against", "1", "--json")
    assert (wrong.json["reprint"], wrong.json["numbers"]) == (["drawn-anew"], {"drawn-anew": "A-1"})


def test_what_is_printed_beside_the_plan_is_walked_by_and_compared(
    run: Run, tmp_path: Path
) -> None:
    plan = make_ring()
    ward = plan["A"].with_properties(category="emergency")
    silent = plan["sign"].with_wayfinder(sign={"bearing_deg": 180.0, "mounting": "wall"})
    old = write(plan.with_features(ward, silent), tmp_path / "old")
    walked = run("sign-audit", old, *AT, "--profile", "walk", "--json")
    assert (walked.code, walked.json["messages"]) == (0, 2)  # the emergency department, the way out
    shut = make_ring(locked="2").with_features(ward, silent)
    changed = run("sign-audit", write(shut, tmp_path / "new"), "--against", old, "--json").json
    assert [(one["code"], one["to"], one["right"]) for one in changed["wrong"]] == [
        ("arrow", "A", "right")
    ]
    closed = run("sign-audit", old, *AT, "--close", "hallW", "--json").json
    (cover,) = closed["temporary"]
    assert {"to": "A", "arrow": "right"} in cover["messages"]
