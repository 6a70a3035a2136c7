"""The store from a shell: what the commands do, say and refuse."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run
from wayfinder.cli.stored.access import Clock, name_features, refuse
from wayfinder.formats import read_plan
from wayfinder.guide.catalogues import LANGUAGES, list_catalogues
from wayfinder.model import list_signs
from wayfinder.services import conditions, releases, tokens
from wayfinder.services.timetable import schedule_release
from wayfinder.store import InvalidError, Store, open_store
from wayfinder.store.audit import Actor
from wayfinder.store.conditions import ConditionDraft

SHANGHAI_NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", store_url)


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """Take SQLite where a test does not ask for both."""
    return str(request.param)


@pytest.fixture
def published(store_url: str, published_template: Path) -> None:
    """Have a store that holds the clinic, published: copied, which takes no time."""
    shutil.copyfile(published_template, store_url.removeprefix("sqlite:///"))


@pytest.fixture
def opened(store_url: str) -> Iterator[Store]:
    store = open_store(store_url)
    yield store
    store.close()


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"], indirect=True)
def test_a_plan_is_imported_published_and_gone_back_to(
    run: Run, clinic: Path, opened: Store, tmp_path: Path
) -> None:
    done = run("import", "clinic", clinic, "--note", "first", "--organisation", "north")
    assert (done.code, done.err) == (0, "")
    assert "release 1" in done.out
    assert "already" in run("import", "clinic", clinic).out
    assert "release 1 is in force" in run("publish", "clinic").out
    changed = tmp_path / "changed"
    assert run("convert", clinic, changed).code == 0
    (changed / "notes.txt").write_text("new")
    assert "release 2" in run("import", "clinic", changed).out
    assert "release 2 is in force" in run("publish", "clinic", 2).out
    later = datetime.now(UTC) + timedelta(hours=1)
    schedule_release(opened, "clinic", 2, later, who=Actor("ann"))
    back = run("rollback", "clinic", 1)
    assert "release 1 is in force" in back.out
    assert "it will not come into force by itself: release 2" in back.err
    listed = run("releases", "clinic", "--json").json
    assert listed["published"] == 1
    assert [release["number"] for release in listed["releases"]] == [2, 1]
    assert [entry["number"] for entry in listed["publications"]] == [1, 2, 1]
    lines = run("releases", "clinic").out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert lines[1].endswith("first · in force")


@pytest.mark.usefixtures("published")
def test_a_publish_names_the_conditions_that_it_voids(
    run: Run, clinic: Path, opened: Store
) -> None:
    plan = read_plan(clinic).plan
    sign = list_signs(plan)[0].id
    made = conditions.add(opened, "clinic", ConditionDraft("closure", (sign,), {}), plan=plan)
    left = {key: feature for key, feature in plan.features.items() if key != sign}
    releases.import_plan(opened, "clinic", replace(plan, features=left))
    done = run("publish", "clinic")
    assert (done.code, len(done.err.splitlines())) == (0, 1)
    assert f": {made.id};" in done.err


def test_a_plan_with_errors_is_kept_and_not_published(run: Run, faulty: Path) -> None:
    done = run("import", "clinic", faulty)
    assert done.code == 1
    assert "1 error bars publishing: duplicate-id (1)" in done.err
    refused = run("publish", "clinic")
    assert (refused.code, refused.out) == (1, "")
    assert "duplicate-id (1)" in refused.err
    assert "1 error" in run("releases", "clinic").out


@pytest.mark.usefixtures("published")
def test_a_lift_is_closed_on_all_floors_and_reopened(run: Run) -> None:
    done = run("close", "clinic", "Lift 1", "--until", "2030-01-01T18:00", "--reason", "en=Service")
    assert done.code == 0
    assert done.out == (
        "Lift 1 (floor 1F and floor 2F) is closed · until 2030-01-01 18:00 · Service\n"
    )
    (held,) = run("conditions", "clinic", "--json").json["conditions"]
    assert (len(held["features"]), held["until"]) == (2, "2030-01-01T10:00:00+00:00")
    assert held["text"] == {"en": "Service"}
    assert "is open again" in run("reopen", "clinic", "Lift 1").out
    assert run("reopen", "clinic", "Lift 1").code == 1
    assert run("conditions", "clinic").out == "nothing is closed or announced\n"


@pytest.mark.usefixtures("published")
def test_it_is_said_in_chinese(run: Run) -> None:
    done = run("close", "clinic", "1号电梯", "--reason", "检修", "--language", "zh-Hans")
    assert done.out == "1号电梯（1F和2F）暂停使用 · 直至另行通知 · 检修\n"
    (held,) = run("conditions", "clinic", "--json").json["conditions"]
    assert held["text"] == {"zh-Hans": "检修"}


@pytest.mark.usefixtures("published")
def test_it_is_refused_in_chinese(run: Run) -> None:
    refused = run("set", "on", "nowhere", "night", "--language", "zh-Hans")
    assert refused.err == "error: 没有名为“nowhere”的院区；现有：clinic\n"
    refused = run("reopen", "clinic", "PHA", "--set", "night", "--language", "zh-Hans")
    assert refused.err.startswith("error: “clinic”没有名为“night”的方案")
    assert "there is no venue" in run("set", "on", "nowhere", "night").err


@pytest.mark.usefixtures("published")
def test_hours_and_notices_are_said_numbered_and_withdrawn(run: Run) -> None:
    span = ("--from", "2030-12-31", "--until", "2031-01-01")
    assert run("hours", "clinic", "PHA", "09:00-12:00", *span).out == (
        "Pharmacy: hours 09:00-12:00 · from 2030-12-31 00:00 to 2031-01-01 00:00\n"
    )
    notice = run("notice", "clinic", "zh-Hans=请戴口罩", "en=Masks, please")
    assert notice.out == "notice: Masks, please · until further notice\n"
    about = run("notice", "clinic", "Wet floor", "--about", "PHA")
    assert about.out.startswith("notice about Pharmacy: Wet floor")
    assert [line.split()[0] for line in run("conditions", "clinic").out.splitlines()] == list("123")
    assert run("withdraw", "clinic", 2).out.startswith("ended: notice: Masks")
    assert run("withdraw", "clinic", 2).code == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "command",
    [
        ("close", "clinic", "PHA", "--reason", "en=Works", "--reason", "xx=foo"),
        ("hours", "clinic", "PHA", "off", "--reason", "xx-Latn=foo"),
        ("notice", "clinic", "xx=foo"),
    ],
)
def test_nothing_is_said_in_a_language_without_words(run: Run, command: tuple[str, ...]) -> None:
    refused = run(*command)
    assert (refused.code, is_one_line(refused)) == (2, True)
    assert "in the language “xx" in refused.err
    assert refused.err.endswith("”; there are: zh-Hans and en\n")
    assert run("conditions", "clinic", "--json").json["conditions"] == []
    for text in ("zh-CN=检修", "en-GB=Works", "Works = noise"):
        assert run("close", "clinic", "PHA", "--reason", text).code == 0


@pytest.mark.usefixtures("published")
def test_what_a_set_does_not_close_is_not_said_to_be_open(run: Run) -> None:
    run("close", "clinic", "PHA", "--reason", "en=Burst pipe")
    run("close", "clinic", "PHA", "--set", "night")
    out = run("reopen", "clinic", "PHA", "--set", " night ")
    assert (out.code, out.out, "burst pipe" in out.err.lower()) == (1, "", True)
    none = run("reopen", "clinic", "PHA", "--set", "night")
    assert (none.code, none.out, "is still not open" in none.err) == (1, "", True)
    run("reopen", "clinic", "PHA")
    run("close", "clinic", "REG", "--set", "night")
    taken = run("reopen", "clinic", "REG", "--set", "night")
    assert (taken.code, "is taken out of the set" in taken.out) == (0, True)


@pytest.mark.usefixtures("published")
def test_a_set_that_is_not_there_takes_nothing_out(run: Run) -> None:
    run("close", "clinic", "PHA", "--set", "Night")
    run("close", "clinic", "PHA")
    refused = run("reopen", "clinic", "PHA", "--set", "Nigth")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "error: “clinic” has no set “Nigth”; there are: Night\n"
    assert refused.err == run("set", "on", "clinic", "Nigth").err
    assert len(run("conditions", "clinic", "--json").json["conditions"]) == 2


@pytest.mark.usefixtures("published")
def test_what_nobody_has_closed_is_named_and_the_sets_that_would(run: Run) -> None:
    for name in ("Night", "Building works"):
        run("close", "clinic", "Lift 1", "--set", name)
    run("close", "clinic", "REG", "--set", "Day")
    none = run("reopen", "clinic", "Lift 1")
    assert (none.code, none.out) == (1, "")
    assert none.err == (
        "error: nobody has closed Lift 1 (floor 1F and floor 2F);"
        " it is in the set “Building works”, which is off: --set 'Building works' takes it out;"
        " it is in the set “Night”, which is off: --set Night takes it out\n"
    )
    other = run("reopen", "clinic", "REG", "--set", "Night").err
    assert other.startswith("error: the set “Night” does not close Registration")
    assert other.endswith("in the set “Day”, which is off: --set Day takes it out\n")
    # its floor keeps it shut
    floor, place = "0f1e7304-08f0-5cf2-85f4-a6d3cd54a05e", "Security (floor 1F)"
    assert run("reopen", "clinic", "Security").err == f"error: nobody has closed {place}\n"
    run("close", "clinic", floor)
    shut = "it is not open all the same: 1F: Closed for now"
    none = run("reopen", "clinic", "Security")
    assert (none.code, none.err) == (1, f"error: nobody has closed {place}; {shut}\n")
    none = run("reopen", "clinic", "Security", "--language", "zh-Hans")
    assert "，但它目前没有开放：" in none.err


@pytest.mark.usefixtures("published")
def test_what_is_shut_by_its_hours_nobody_has_closed(run: Run) -> None:
    run("hours", "clinic", "PHA", "off")
    none = run("reopen", "clinic", "PHA")
    said = "nobody has closed Pharmacy; it is not open all the same: Closed now"
    assert (none.code, none.out, none.err) == (1, "", f"error: {said}\n")


@pytest.mark.usefixtures("published")
def test_sets_are_switched_together(run: Run) -> None:
    assert "is off" in run("close", "clinic", "PHA", "--set", "night").out
    run("close", "clinic", "REG", "--set", "works")
    assert run("set", "on", "clinic", "works").code == 0
    done = run("set", "on", "clinic", "night", "--off", "works")
    assert done.out.splitlines() == ["on   night: 1 condition", "off  works: 1 condition"]
    still = run("reopen", "clinic", "PHA")
    assert (still.code, still.out) == (1, "")
    assert "night" in still.err
    run("close", "clinic", "PHA")
    still = run("reopen", "clinic", "PHA")
    # what was ended is not said to be open
    assert (still.code, still.out, "night" in still.err) == (1, "", True)
    run("reopen", "clinic", "PHA", "--set", "night")  # by its hours it may be closed now
    listed = run("set", "list", "clinic", "--json").json
    assert [(one["name"], one["active"], one["members"]) for one in listed["sets"]] == [
        ("night", True, 0),
        ("works", False, 1),
    ]
    assert run("set", "off", "clinic", "night").code == 0
    assert run("set", "remove", "clinic", "night").code == 0
    unknown = run("set", "on", "clinic", "night")
    assert (unknown.code, "there are: works" in unknown.err) == (1, True)


@pytest.mark.usefixtures("published")
def test_a_set_is_given_hours_and_they_are_taken_away(run: Run) -> None:
    run("close", "clinic", "PHA", "--set", " night ")
    done = run("set", "hours", "clinic", "night", "20:00-06:00")
    assert done.code == 0
    assert "by hours 20:00-06:00, next switched 20" in done.out
    (listed,) = run("set", "list", "clinic", "--json").json["sets"]
    assert listed["hours"] == "20:00-06:00"
    assert datetime.fromisoformat(listed["due_at"]) > datetime.now(UTC)
    assert "by hours" in run("set", "list", "clinic").out
    for hours, said in (("whenever", "no opening hours"), ("24/7", "never begin or end")):
        refused = run("set", "hours", "clinic", "night", hours)
        assert (refused.code, said in refused.err) == (2, True)
    assert "there are: night" in run("set", "hours", "clinic", "day", "08:00-18:00").err
    assert run("set", "hours", "clinic", "night").out == "off  night: 1 condition\n"
    (listed,) = run("set", "list", "clinic", "--json").json["sets"]
    assert (listed["hours"], listed["due_at"]) == (None, None)


@pytest.mark.usefixtures("published")
def test_codes_and_tokens(run: Run, opened: Store) -> None:
    assert "VQAFYHP  1-01" in run("codes", "clinic").out
    assert len(run("codes", "clinic", "--json").json["codes"]) == 5
    made = run("token", "make", "lift monitor", "--venue", "clinic", "--until", "2030-12-31")
    token = made.out.strip()
    assert tokens.check_token(opened, token, "conditions", "clinic") is not None
    assert "not shown again" in made.err
    assert token not in run("token", "list").out
    (listed,) = run("token", "list", "--json").json["tokens"]
    assert (listed["name"], listed["venue"], listed["revoked_at"]) == (
        "lift monitor",
        "clinic",
        None,
    )
    assert run("token", "revoke", "lift monitor").code == 0
    assert tokens.check_token(opened, token, "conditions", "clinic") is None
    assert "taken back" in run("token", "list").out
    assert run("token", "revoke", "lift monitor").code == 1
    everywhere = run("token", "make", "lift monitor").out.strip()
    run("token", "make", "screens")
    run("token", "make", "screens", "--venue", "clinic")
    refused = run("token", "revoke", "screens")
    assert refused.code == 1
    assert "good for * and clinic; say which with --venue" in refused.err
    assert run("token", "revoke", "screens", "--venue", "clinic").code == 0
    assert run("token", "revoke", "lift monitor", "--venue", "*").code == 0
    assert tokens.check_token(opened, everywhere, "conditions", "clinic") is None


@pytest.mark.usefixtures("published")
def test_a_backup_is_restored(run: Run, tmp_path: Path, opened: Store) -> None:
    file = tmp_path / "backup.zip"
    assert "backup of clinic" in run("backup", file).out
    run("close", "clinic", "PHA")
    refused = run("restore", file)
    assert (refused.code, "--replace" in refused.err) == (1, True)
    assert run("restore", file, "--replace").code == 0
    assert conditions.list_all(opened, "clinic") == []


def is_one_line(done: Outcome) -> bool:
    return done.out == "" and done.err.startswith("error: ") and done.err.count("\n") == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("publish", "nowhere"), 1, "there are: clinic"),
        (("publish", "clinic", "9"), 1, "the newest is 1"),
        (("publish", "clinic", "0"), 2, "--help"),
        (("rollback", "clinic", "9"), 1, "the newest is 1"),
        (("import", "Bad Slug", "PLAN"), 2, "small letters"),
        (("import", "clinic", "nothing.zip"), 2, "nothing.zip"),
        (("import", "clinic", "PLAN", "--organisation", "south"), 0, ""),
        (("close", "clinic", "Nobody"), 1, "there is no place"),
        (("close", "clinic", "PHA", "--until", "soon"), 2, "--until"),
        (("close", "clinic", "PHA", "--until", "2020-01-01"), 2, "passed already"),
        (
            ("close", "clinic", "PHA", "--from", "2031-01-02", "--until", "2031-01-01"),
            2,
            "before it begins",
        ),
        (("close", "clinic", "PHA", "--reason", "en=a", "--reason", "b"), 2, "twice"),
        (("close", "clinic", "PHA", "--set", " "), 2, "80 characters"),
        (("hours", "clinic", "PHA", "whenever"), 2, "09:00-12:00"),
        (("notice", "clinic", " "), 2, "empty"),
        (("notice", "clinic"), 2, "TEXT"),
        (("withdraw", "clinic", "99"), 1, "no condition 99"),
        (("backup", "nowhere/backup.zip"), 2, "cannot be written"),
        (("restore", "nothing.zip"), 2, "cannot be read"),
        (("token", "make", "a", "--until", "soon"), 2, "--until"),
        (("token", "make", "a", "--venue", "nowhere"), 1, "there are: clinic"),
    ],
)
def test_a_refusal_is_one_line_that_helps(
    run: Run, clinic: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    if "south" in arguments:
        arguments, code, said = (*arguments[:3], "--organisation", "south"), 1, "belongs to default"
    done = run(*(clinic if argument == "PLAN" else argument for argument in arguments))
    assert done.code == code
    assert is_one_line(done)
    assert said in done.err


def test_settings_that_cannot_be_used_are_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_PORT", "many")
    assert "WAYFINDER_PORT" in run("releases", "clinic").err
    monkeypatch.delenv("WAYFINDER_PORT")
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", "postgresql://me:secret@localhost:1/x")
    done = run("releases", "clinic")
    assert (done.code, is_one_line(done), "secret" in done.err) == (2, True, False)


def test_times_are_on_the_venues_clock(clinic: Path) -> None:
    plan = read_plan(clinic).plan
    clock = Clock(Clock.of(plan, "en").zone, SHANGHAI_NOON, "en")
    start, end = clock.read_span(None, "18:00")
    assert (start, clock.say(end)) == (None, "2026-11-23 18:00")
    _, end = clock.read_span(None, "11:59")
    assert clock.say(end) == "2026-11-24 11:59"
    start, end = clock.read_span("22:00", "6:00")
    assert (clock.say(start), clock.say(end)) == ("2026-11-23 22:00", "2026-11-24 06:00")
    start, end = clock.read_span("2026-12-01T08:00", "2026-12-01T10:00+00:00")
    assert (clock.say(start), clock.say(end)) == ("2026-12-01 08:00", "2026-12-01 18:00")
    assert clock.say_span(SHANGHAI_NOON - timedelta(days=1), None) == "until further notice"
    assert "from" in clock.say_span(SHANGHAI_NOON + timedelta(days=1), None)


def test_what_has_no_name_is_said_by_what_it_is(clinic: Path) -> None:
    plan = read_plan(clinic).plan
    nameless = next(unit for unit in plan.units if not unit.name and not unit.codes)
    assert name_features(plan, [nameless.id, "gone"], "en")
    assert "gone" in name_features(plan, ["gone"], "zh-Hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_the_store_has_words(
    language: str, request: pytest.FixtureRequest
) -> None:
    root = request.config.rootpath / "wayfinder"
    files = [*(root / "store").glob("*.py"), *(root / "services").rglob("*.py")]
    pattern = re.compile(
        r'(?:Unavailable|Unknown|Conflict|Invalid|Damaged)Error\(\s*"([a-z0-9-]+)"'
    )
    raised = {code for file in files for code in pattern.findall(file.read_text("utf-8"))}
    words = {
        message.id if isinstance(message.id, str) else message.id[0]
        for _, catalogue in list_catalogues(language)
        for message in catalogue
    }
    assert len(raised) > 30
    assert {f"store.{code}" for code in raised} <= words


def test_what_steers_a_terminal_is_not_handed_through() -> None:
    said = refuse(InvalidError("bad-slug", slug="\x1b[2Jx\n")).message
    assert "\x1b" not in said
    assert "\n" not in said
