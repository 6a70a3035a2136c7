"""A backup of older tables restores as a database of them would be brought up to date."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.services.backups import dump, rewrite
from wayfinder.services.backup import write_backup
from wayfinder.services.restore import restore_backup
from wayfinder.store import InvalidError, Store, migrate
from wayfinder.store.tables import metadata
from wayfinder.store.types import Json

OLDER = """
from importlib import import_module

from alembic import op

revision, down_revision, branch_labels, depends_on = "0000", None, None, None


def upgrade():
    import_module("wayfinder.store.migrations.versions.0001_tables").upgrade()
    op.rename_table("sign_code", "code")
    op.drop_column("api_token", "made_by")
"""
NEWER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", "0000", None, None


def upgrade():
    op.rename_table("code", "sign_code")
    op.add_column("api_token", sa.Column("made_by", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE api_token SET made_by = name")
    op.execute("UPDATE condition SET kind = 'flood' WHERE hours = 'wet'")
"""

FIRST = {
    *("organisation", "venue", "release", "publication", "sign_code", "api_token"),
    *("condition_set", "condition"),
}
LATER = tuple(table.name for table in metadata.sorted_tables if table.name not in FIRST)
"""Tables that were made since the first version."""

Parts = dict[str, bytes]


@pytest.fixture(autouse=True)
def _two_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there have been a version of the program before the first one."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("0001*"))
    (folder / "versions" / "0000_older.py").write_text(OLDER)
    (folder / "versions" / "0001_newer.py").write_text(NEWER)
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)


def make_older(parts: Parts) -> None:
    """Make a backup into what that version would have written."""
    parts["tables/code.jsonl"] = parts.pop("tables/sign_code.jsonl")
    change_rows(parts, "code", lambda row: (row.pop("formerly"), row.pop("place")))
    change_rows(parts, "api_token", lambda row: row.pop("made_by"))
    manifest = json.loads(parts["manifest.json"])
    tables = manifest["tables"]
    tables["code"] = tables.pop("sign_code")
    for name in LATER:
        del tables[name], parts[f"tables/{name}.jsonl"]
    for name, said in tables.items():
        said["sha256"] = sha256(parts[f"tables/{name}.jsonl"]).hexdigest()
    parts["manifest.json"] = json.dumps({**manifest, "revision": "0000"}).encode()


def change_rows(parts: Parts, table: str, change: Callable[[dict[str, Any]], object]) -> None:
    rows = [json.loads(line) for line in parts[f"tables/{table}.jsonl"].splitlines()]
    for row in rows:
        change(row)
    parts[f"tables/{table}.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_an_older_backup_is_restored_and_brought_up_to_date(
    filled: Store, other: Store, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    summary = write_backup(filled, file)
    assert restore_backup(other, rewrite(file, make_older)) == summary
    expected = dump(filled, counts=False)
    for token in expected["api_token"]:
        assert token["made_by"] != token["name"]
        token["made_by"] = token["name"]
    # what there was no room for yet: signs begin as planned, and are placed at the next publish,
    # which gives displays their ids
    expected.update((name, []) for name in LATER)
    for code in expected["sign_code"]:
        code.update(formerly=[], place={})
    assert dump(other, counts=False) == expected


def forget_a_name(parts: Parts) -> None:
    change_rows(parts, "api_token", lambda row: row.pop("name"))
    make_older(parts)


def damage_a_plan(parts: Parts) -> None:
    change_rows(parts, "release", lambda row: row.update(hash="sha256:0"))
    make_older(parts)


def break_a_rule_of_today(parts: Parts) -> None:
    change_rows(parts, "condition", lambda row: row["hours"] and row.update(hours="wet"))
    make_older(parts)


def lose_a_table(parts: Parts) -> None:
    make_older(parts)
    del parts["tables/code.jsonl"]


def lose_a_row(parts: Parts) -> None:
    make_older(parts)
    parts["tables/code.jsonl"] = b""


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "table"),
    [
        (forget_a_name, "api_token"),
        (damage_a_plan, "release"),
        (break_a_rule_of_today, ""),
        (lose_a_table, ""),
        (lose_a_row, "code"),
    ],
)
def test_an_older_backup_that_is_damaged_changes_nothing(
    filled: Store, tmp_path: Path, change: Callable[[Parts], None], table: str
) -> None:
    file = tmp_path / "backup.zip"
    write_backup(filled, file)
    before = dump(filled)
    with pytest.raises(InvalidError) as caught:
        restore_backup(filled, rewrite(file, change), replace=True)
    assert (caught.value.code, caught.value.values["table"]) == ("damaged-backup", table)
    assert dump(filled) == before


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_json_is_told_from_text_by_its_look(filled: Store) -> None:
    """Of older tables nobody knows which columns were JSON."""
    rows = dump(filled)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Json):
                found = [row[column.name] for row in rows[table.name]]
                assert all(isinstance(one, dict | list) for one in found if one is not None)
