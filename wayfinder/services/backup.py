"""One file with all that the store holds, read in one transaction, fit for either database.

A zip: ``manifest.json`` says what made it, when, and what to find; ``tables/<table>.jsonl`` has a
row a line, its columns by name, instants in ISO 8601 and bytes in base64.
"""

import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder import __version__
from wayfinder.files import replace_file
from wayfinder.store import Store, UnavailableError
from wayfinder.store.migrate import HEAD
from wayfinder.store.tables import metadata, releases, sign_codes, venues

FORMAT = 1
"""Version of the format."""
MANIFEST = "manifest.json"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup holds.

    Parameters
    ----------
    made_at
        When it was made.
    venues
        The venues' names in addresses.
    releases
        How many releases it has.
    codes
        How many codes of signs it has.
    """

    made_at: datetime
    venues: tuple[str, ...]
    releases: int
    codes: int


def write_backup(store: Store, path: Path) -> BackupSummary:
    """Write all that a store holds to a file, whole or not at all; serving goes on.

    Raises
    ------
    UnavailableError
        The file cannot be written, or the database cannot be reached.
    """
    try:
        with (
            replace_file(path, private=True) as file,
            store.read() as connection,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            return _write_all(connection, target)
    except OSError as error:
        problem = error.strerror or str(error)
        raise UnavailableError("unwritable-file", path=str(path), problem=problem) from None


def get_file_name(table: str) -> str:
    """Return the name of the file with the rows of a table."""
    return f"tables/{table}.jsonl"


def _write_all(connection: Connection, target: zipfile.ZipFile) -> BackupSummary:
    now = datetime.now(UTC)
    tables, counts = {}, {}
    for table in metadata.sorted_tables:
        digest, rows = sha256(), 0
        with target.open(get_file_name(table.name), "w", force_zip64=True) as file:
            for line in _list_lines(connection, table):
                file.write(line)
                digest.update(line)
                rows += 1
        counts[table.name] = rows
        tables[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
    slugs = tuple(connection.execute(sa.select(venues.c.slug).order_by(venues.c.slug)).scalars())
    manifest = {
        "format": FORMAT,
        "program": __version__,
        "revision": HEAD,
        "made_at": now.isoformat(),
        "venues": slugs,
        "tables": tables,
    }
    target.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return sum_up(manifest, counts)


def select_all(connection: Connection, table: sa.Table) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table in the order of their keys, a few at a time."""
    keys = list(table.primary_key.columns)
    chosen = sa.select(table).order_by(*keys).execution_options(yield_per=_BATCH)
    for row in connection.execute(chosen):
        yield row._asdict()


def _list_lines(connection: Connection, table: sa.Table) -> Iterator[bytes]:
    for row in select_all(connection, table):
        members = {name: _encode(value) for name, value in row.items()}
        yield json.dumps(members, ensure_ascii=False).encode("utf-8") + b"\n"


def _encode(value: Any) -> Any:  # noqa: ANN401 - a column's value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value


def sum_up(manifest: Mapping[str, Any], rows: Mapping[str, int]) -> BackupSummary:
    """Return what a backup holds, given its manifest and the number of rows of each table."""
    return BackupSummary(
        made_at=datetime.fromisoformat(manifest["made_at"]),
        venues=tuple(manifest["venues"]),
        releases=rows[releases.name],
        codes=rows[sign_codes.name],
    )
