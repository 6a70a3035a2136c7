"""A backup holds everything, restores on either database, and never half."""

import json
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.displayed import BOARD, KIOSK, make_house
from tests.services.backups import dump, rewrite
from tests.signed import OTHER, make_plan
from wayfinder.services import conditions, registry, releases, tokens
from wayfinder.services.backup import write_backup
from wayfinder.services.display_registry import read_displays
from wayfinder.services.restore import restore_backup
from wayfinder.store import ConflictError, InvalidError, Store, UnavailableError, open_store
from wayfinder.store.conditions import ConditionDraft


def test_what_is_restored_is_what_was_backed_up(
    filled: Store, other: Store, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    summary = write_backup(filled, file)
    assert (summary.venues, summary.releases, summary.codes) == (("house",), 2, 2)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert restore_backup(other, file) == summary
    assert dump(other, counts=False) == dump(filled, counts=False)
    lacking = [name for name, rows in dump(other).items() if not rows]
    assert lacking == ["staff_session"]  # one that was ended since would be good again
    # and one may go on: nothing is numbered twice
    releases.import_plan(other, "house", make_plan(tag=7))
    releases.publish(other, "house")
    conditions.add(other, "house", ConditionDraft("closure", ("B",), {}))
    releases.import_plan(other, "annex", make_plan({"z": {}}), organisation="second")
    tokens.make_token(other, "another")


def test_a_store_that_is_not_empty_is_kept_unless_told(filled: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    write_backup(filled, file)
    before, kept = dump(filled), dump(filled, counts=False)
    with pytest.raises(ConflictError, match="store-not-empty"):
        restore_backup(filled, file)
    assert dump(filled) == before
    conditions.switch(filled, "house", off=["night"])
    restore_backup(filled, file, replace=True)
    assert dump(filled, counts=False) == kept
    for was, now in zip(before["venue"], dump(filled)["venue"], strict=True):
        assert now["version"] > was["version"]
        assert now["conditions_number"] > was["conditions_number"]


def test_codes_on_a_wall_outlive_a_restore(filled: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    write_backup(filled, file)
    releases.import_plan(filled, "house", make_plan({"u": {"sign_code": OTHER}}, tag=3))
    releases.import_plan(filled, "annex", make_plan({"v": {}}))
    releases.publish(filled, "annex")
    (annex,) = registry.list_venue_codes(filled, "annex")
    restore_backup(filled, file, replace=True)
    codes = {record.code: record.feature for record in registry.list_venue_codes(filled, "house")}
    assert codes[OTHER] == "u"
    with filled.read() as connection:
        assert annex.code not in {record.code for record in registry.read_registry(connection)}
    with pytest.raises(ConflictError, match="code-taken"):
        releases.import_plan(filled, "other", make_plan({"v": {"sign_code": annex.code}}))
    releases.import_plan(filled, "annex", make_plan({"v": {}}))
    releases.publish(filled, "annex")
    (again,) = registry.list_venue_codes(filled, "annex")
    assert again.code != annex.code


def test_ids_of_displays_outlive_a_restore(filled: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    write_backup(filled, file)
    releases.import_plan(filled, "house", make_house({"k": KIOSK, "b": BOARD}))
    releases.publish(filled, "house")
    releases.import_plan(filled, "annex", make_house({"x": KIOSK}))
    releases.publish(filled, "annex")
    with filled.read() as connection:
        before = {record.feature: record.id for record in read_displays(connection)}
    restore_backup(filled, file, replace=True)
    with filled.read() as connection:
        after = {record.feature: record.id for record in read_displays(connection)}
    assert after == {"k": before["k"], "b": before["b"]}
    releases.import_plan(filled, "annex", make_house({"x": KIOSK}))
    releases.publish(filled, "annex")
    with filled.read() as connection:
        again = {record.feature: record.id for record in read_displays(connection)}
    assert again["x"] not in before.values()


def say(key: str, value: object) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**manifest, key: value}).encode()

    return change


def edit(table: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        name = f"tables/{table}.jsonl"
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda parts: parts.pop("manifest.json"), "no-backup"),
        (lambda parts: parts.update({"manifest.json": b"[" * 9_000}), "no-backup"),
        (lambda parts: parts.update({"manifest.json": b"{}"}), "no-backup"),
        (say("venues", None), "no-backup"),
        (say("format", 2), "other-backup"),
        (say("revision", "9999"), "other-backup"),
        (say("tables", {}), "damaged-backup"),
        (lambda parts: parts.pop("tables/release.jsonl"), "damaged-backup"),
        (lambda parts: parts.update({"tables/release.jsonl": b""}), "damaged-backup"),
        (edit("venue", b'"house"', b'"hause"'), "damaged-backup"),
        (edit("venue", b'"slug"', b'"slog"'), "damaged-backup"),
        (edit("release", b'"plan": "e', b'"plan": "f'), "damaged-backup"),
        (edit("release", b'"number": 1', b'"number": 2'), "damaged-backup"),
        (edit("condition", b'"kind": "closure"', b'"kind": "flood"'), "damaged-backup"),
        (edit("condition", b'"set_id": 1', b'"set_id": 99'), "damaged-backup"),
        (edit("api_token", b"lift monitor", b"lift\\u0000monitor"), "damaged-backup"),
        (edit("api_token", b"+00:00", b""), "damaged-backup"),
    ],
)
def test_a_damaged_backup_changes_nothing(
    filled: Store, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    file = tmp_path / "backup.zip"
    write_backup(filled, file)
    before = dump(filled)
    with pytest.raises(InvalidError, match=code):
        restore_backup(filled, rewrite(file, change), replace=True)
    assert dump(filled) == before


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        edit("condition", b'"kind": "closure"', b'"kind": "flood"'),
        edit("condition", b'"set_id": 1', b'"set_id": 99'),
        edit("venue", b'"published": 1', b'"published": "one"'),
    ],
)
def test_what_the_other_database_refuses_changes_nothing_there(
    filled: Store, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    file = tmp_path / "backup.zip"
    write_backup(filled, file)
    before = dump(filled)
    with pytest.raises(InvalidError, match="damaged-backup"):
        restore_backup(filled, rewrite(file, change), replace=True)
    assert dump(filled) == before


def test_what_is_no_backup_is_refused(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no zip")
    with pytest.raises(InvalidError, match="no-backup"):
        restore_backup(store, file)
    for path in (tmp_path / "nothing.zip", tmp_path):
        with pytest.raises(UnavailableError, match="unreadable-file"):
            restore_backup(store, path)
    with pytest.raises(UnavailableError, match="unwritable-file"):
        write_backup(store, tmp_path / "nowhere" / "backup.zip")
    with pytest.raises(UnavailableError, match="unwritable-file"):
        write_backup(store, tmp_path)
    assert (
        sorted(path.name for path in tmp_path.iterdir() if path.suffix in {".part", ".zip"}) == []
    )


@pytest.mark.long
def test_a_backup_taken_while_others_write_is_of_one_moment(store: Store, tmp_path: Path) -> None:
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    stopping = threading.Event()

    def write() -> None:
        tag = 0
        while not stopping.is_set():
            tag += 1
            releases.import_plan(store, "house", make_plan({"s": {}}, tag=tag))
            releases.publish(store, "house")

    writer = threading.Thread(target=write)
    writer.start()
    file = tmp_path / "backup.zip"
    try:
        for number in range(4):
            write_backup(store, file)
            copy = open_store(str(tmp_path / f"copy{number}.sqlite3"))
            restore_backup(copy, file)
            found = dump(copy)
            copy.close()
            (venue,) = found["venue"]
            log = found["publication"]
            assert venue["published"] == log[-1]["number"]
            assert len(found["release"]) in {len(log), len(log) + 1}
    finally:
        stopping.set()
        writer.join()
