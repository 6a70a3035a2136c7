"""What a store holds, row by row, and backups that somebody changed."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from wayfinder.store import Store
from wayfinder.store.tables import metadata


def dump(store: Store, *, counts: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each table; with ``counts`` off, without what a restore changes."""
    with store.read() as connection:
        found = {
            table.name: [
                dict(row)
                for row in connection.execute(
                    sa.select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in metadata.sorted_tables
        }
    if not counts:
        found["staff_session"] = []
        for row in found["venue"]:
            row["version"] = row["conditions_number"] = 0
    return found


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write a backup again with other files in it."""
    with zipfile.ZipFile(file) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    changed = file.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return changed
