"""``wayfinder displays`` and ``wayfinder display``: what is listed, done and refused."""

import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from wayfinder.services import displays
from wayfinder.services.display_registry import read_displays
from wayfinder.store import Store, open_store
from wayfinder.store.display_reports import PlayRecord, ReportRecord, put_reports
from wayfinder.store.displays import DisplayRecord
from wayfinder.store.releases import get_release
from wayfinder.store.venues import get_venue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"


@pytest.fixture(autouse=True)
def store(published_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Have a store of one's own that holds the clinic, published."""
    path = tmp_path / "store.sqlite3"
    shutil.copyfile(published_template, path)
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", f"sqlite:///{path}")
    return open_store(str(path))


def get_record(store: Store, ref: str = "K-01") -> DisplayRecord:
    with store.read() as connection:
        return next(one for one in read_displays(connection) if one.ref == ref)


def let_be_well(store: Store, ref: str = "K-01") -> str:
    """Let a display have reported that all is well; return its id."""
    now = datetime.now(UTC)
    record = get_record(store, ref)
    made = displays.make_code(store, record.id)
    displays.enrol(store, record.id, made.code)
    with store.write() as connection:
        release = get_release(connection, get_venue(connection, "clinic"), 1)
        said = ReportRecord(record.id, now, release.hash, 0, "1.0", 60, 0, ("low-letters",))
        put_reports(connection, [said], [PlayRecord(record.id, "7", 3, now, now)])
    return record.id


def test_displays_are_listed_with_how_they_are(run: Run, store: Store) -> None:
    kiosk = let_be_well(store)
    done = run("displays", "clinic")
    board, well = sorted(done.out.splitlines(), key=lambda line: kiosk in line)
    assert done.code == 0
    assert well.startswith(f"{kiosk}  K-01")
    assert " · well · " in f"{well} · "
    assert "too low for the distance" in well
    assert "  Board, Lobby · not well: it has never enrolled" in board
    assert "wayfinder display enrol DISPLAY" in done.err
    assert "自助导航机 门厅 · 正常" in run("displays", "--language", "zh-Hans").out
    listed = {one["ref"]: one for one in run("displays", "--json").json["displays"]}
    assert (listed["K-01"]["state"], listed["K-01"]["reasons"]) == ("green", [])
    assert listed["K-01"]["plays"][0]["count"] == 3
    assert listed["K-01"]["page"] == f"/kiosk/{kiosk}"
    assert listed["B-01"]["reasons"] == ["not-enrolled", "never-reported"]


def test_only_those_that_are_not_well(run: Run, store: Store) -> None:
    assert len(run("displays", "--red").out.splitlines()) == 2
    let_be_well(store)
    done = run("displays", "clinic", "--red", "--json")
    assert (done.code, [one["ref"] for one in done.json["displays"]]) == (1, ["B-01"])
    let_be_well(store, "B-01")
    done = run("displays", "clinic", "--red")
    assert (done.code, done.out) == (0, "every display shows what it should\n")


def test_boards_that_cannot_be_read_are_told_of(run: Run) -> None:
    listed = run("displays", "clinic", "--legible", "--json").json["displays"]
    by_ref = {one["ref"]: one["legibility"] for one in listed}
    assert by_ref["K-01"] == []
    lines = run("displays", "clinic", "--legible").out.splitlines()
    assert sum(line.startswith("  ! ") for line in lines) == len(by_ref["B-01"])


def test_a_display_is_enrolled_with_what_is_printed(run: Run, store: Store) -> None:
    done = run("display", "enrol", "K-01")
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}\n", done.out)
    assert "good once" in done.err
    record = get_record(store)
    assert displays.enrol(store, record.id, done.out.strip())
    assert run("display", "revoke", "K-01").out.startswith(f"the token of {record.id}")
    again = run("display", "revoke", "K-01")
    assert (again.code, again.out) == (1, "")
    assert "has no token" in again.err


def test_a_display_is_renamed_taken_down_and_put_up_again(run: Run, store: Store) -> None:
    kiosk = get_record(store).id
    assert "大厅" in run("display", "rename", "k-01".upper(), "大厅").out
    assert "大厅" in run("displays", "clinic").out
    assert run("display", "rename", "大厅", "").out == f"{kiosk} has no name any more\n"
    assert kiosk in run("display", "remove", kiosk.lower()).out
    assert kiosk not in run("displays").out
    refused = run("display", "enrol", kiosk)
    assert refused.code == 1
    assert "wayfinder display add" in refused.err
    done = run("display", "add", "clinic", "K-01", "--name", "Lobby")
    assert done.out == f"{kiosk} is up: /kiosk/{kiosk}\n"
    assert "Lobby" in run("displays").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("displays", "nowhere"), 1, "there is no venue"),
        (("display", "enrol", "K-99"), 1, "there is no display “K-99”; there are: "),
        (("display", "add", "clinic", "K-01"), 1, "is up already"),
        (("display", "add", "clinic", "desk"), 1, "have no display “desk”"),
        (("display", "rename", "K-01", "x" * 81), 2, "too long for a name"),
        (("display",), 2, ""),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    run: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*arguments)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_venue_without_displays(run: Run, store: Store) -> None:
    for ref in ("K-01", "B-01"):
        displays.remove_display(store, ref)
    assert run("displays").out == "no displays\n"


def test_a_token_may_watch_displays(run: Run) -> None:
    assert run("token", "make", "watcher", "--scope", "displays").code == 0
    assert run("token", "list", "--json").json["tokens"][0]["scopes"] == ["displays"]


def test_what_the_page_shows_can_be_done(run: Run) -> None:
    (block,) = re.findall(
        r"^```\n(wayfinder display .*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    for line in block.splitlines():
        program, *arguments = shlex.split(line)
        done = run(*arguments)
        assert (program, done.code) == ("wayfinder", 0), line
