"""One file with all that the store holds, read in one transaction, fit for either database.

A zip: ``manifest.json`` says what made it, when, and what to find; ``tables/<table>.jsonl`` has a
row a line, its columns by name, instants in ISO 8601 and bytes in base64.
"""

import json
import os
import tempfile
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from wayfinder import __version__
from wayfinder.store import ConflictError, DamagedError, InvalidError, Store, UnavailableError
from wayfinder.store.migrate import HEAD
from wayfinder.store.releases import PackedPlan, unpack_plan
from wayfinder.store.tables import metadata, releases, sign_codes, venues

FORMAT = 1
"""Version of the format."""
_MANIFEST = "manifest.json"
_BATCH = 200
_LARGEST_BYTES = 8 * 2**30
_TABLES = tuple(metadata.sorted_tables)
_SIGNS_OF_DAMAGE = (
    *(KeyError, ValueError, TypeError, AttributeError, RecursionError, OverflowError, EOFError),
    *(zipfile.BadZipFile, zlib.error, SQLAlchemyError, DamagedError, InvalidError),
)


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
        descriptor, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part"
        )
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            with (
                store.read() as connection,
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
            ):
                summary = _write_all(connection, target)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with suppress(OSError):
            Path(name).unlink()
    return summary


def restore_backup(store: Store, path: Path, *, replace: bool = False) -> BackupSummary:
    """Put what a backup holds into a store, whole or not at all.

    Codes of signs that the store knows and the backup does not stay reserved: they are on a wall.

    Parameters
    ----------
    store
        The store.
    path
        The file.
    replace
        Whether what the store holds gives way; else it must be empty.

    Raises
    ------
    ConflictError
        The store is not empty.
    InvalidError
        The file is no backup, is damaged, or was made by another version of the program.
    UnavailableError
        The file cannot be read, or the database cannot be reached.
    """
    try:
        with zipfile.ZipFile(path) as source:
            manifest = _read_manifest(source, path)
            with store.write() as connection:
                return _restore_all(connection, source, manifest, path, replace=replace)
    except zipfile.BadZipFile:
        raise InvalidError("no-backup", path=str(path)) from None
    except OSError as error:
        problem = error.strerror or str(error)
        raise UnavailableError("unreadable-file", path=str(path), problem=problem) from None


def _write_all(connection: Connection, target: zipfile.ZipFile) -> BackupSummary:
    now = datetime.now(UTC)
    tables = {}
    for table in _TABLES:
        digest, rows = sha256(), 0
        with target.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
            for line in _list_lines(connection, table):
                file.write(line)
                digest.update(line)
                rows += 1
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
    target.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return _sum_up(manifest)


def _list_lines(connection: Connection, table: sa.Table) -> Iterator[bytes]:
    keys = list(table.primary_key.columns)
    chosen = sa.select(table).order_by(*keys).execution_options(yield_per=_BATCH)
    for row in connection.execute(chosen).mappings():
        members = {name: _encode(value) for name, value in row.items()}
        yield json.dumps(members, ensure_ascii=False).encode("utf-8") + b"\n"


def _encode(value: Any) -> Any:  # noqa: ANN401 - a column's value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value


def _decode(column: sa.Column[Any], value: Any) -> Any:  # noqa: ANN401 - a column's value
    kind = getattr(column.type, "impl_instance", column.type)
    if value is not None and isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, sa.LargeBinary):
        return b64decode(value, validate=True)
    return value


def _read_manifest(source: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    wanted = {_MANIFEST, *(f"tables/{table.name}.jsonl" for table in _TABLES)}
    try:
        if sum(entry.file_size for entry in source.infolist()) > _LARGEST_BYTES:
            raise InvalidError("no-backup", path=str(path))
        manifest = json.loads(source.read(_MANIFEST))
        version, revision = manifest["format"], manifest["revision"]
        datetime.fromisoformat(manifest["made_at"])
        known = {*manifest["tables"]}
    except (KeyError, ValueError, TypeError, RecursionError):
        raise InvalidError("no-backup", path=str(path)) from None
    if (version, revision) != (FORMAT, HEAD):
        made_by = str(manifest.get("program", ""))
        raise InvalidError("other-backup", path=str(path), program=made_by, own=__version__)
    if known != {table.name for table in _TABLES} or not wanted <= set(source.namelist()):
        raise InvalidError("damaged-backup", path=str(path), table="")
    return dict(manifest)


def _restore_all(
    connection: Connection,
    source: zipfile.ZipFile,
    manifest: dict[str, Any],
    path: Path,
    *,
    replace: bool,
) -> BackupSummary:
    before = _Before(connection)
    if not replace and any(connection.execute(sa.select(t).limit(1)).first() for t in _TABLES):
        raise ConflictError("store-not-empty", venues=list(before.slugs)[:10])
    for table in reversed(_TABLES):
        connection.execute(sa.delete(table))
    for table in _TABLES:
        try:
            _restore_table(connection, source, table, manifest["tables"][table.name])
        except OperationalError:
            raise
        except _SIGNS_OF_DAMAGE as error:
            raise InvalidError("damaged-backup", path=str(path), table=table.name) from error
    before.carry_on(connection)
    _set_sequences(connection)
    return _sum_up(manifest)


def _restore_table(
    connection: Connection, source: zipfile.ZipFile, table: sa.Table, said: dict[str, Any]
) -> None:
    """Put the rows of a table in; raises ValueError where they are not what the manifest says."""
    digest, count = sha256(), 0
    batch: list[dict[str, Any]] = []
    with source.open(f"tables/{table.name}.jsonl") as file:
        for line in file:
            digest.update(line)
            count += 1
            batch.append(_read_row(table, json.loads(line)))
            if len(batch) == _BATCH:
                connection.execute(sa.insert(table), batch)
                batch = []
    if batch:
        connection.execute(sa.insert(table), batch)
    if (count, digest.hexdigest()) != (said["rows"], said["sha256"]):
        raise ValueError("not what was written")


def _read_row(table: sa.Table, members: dict[str, Any]) -> dict[str, Any]:
    row = {column.name: _decode(column, members[column.name]) for column in table.columns}
    if table is releases:
        unpack_plan(PackedPlan(row["hash"], row["plan"]))
    return row


class _Before:
    """What must not be forgotten of what a store held before: its codes, and how far it counted."""

    def __init__(self, connection: Connection) -> None:
        self.slugs = tuple(connection.execute(sa.select(venues.c.slug)).scalars())
        self._codes = (
            connection.execute(sa.select(sign_codes, venues.c.slug).outerjoin(venues))
            .mappings()
            .all()
        )
        highest = sa.func.max
        self._counts = connection.execute(
            sa.select(highest(venues.c.version), highest(venues.c.conditions_number))
        ).one()

    def carry_on(self, connection: Connection) -> None:
        """Add the codes that are on a wall, and count on, so that every worker notices."""
        known = set(connection.execute(sa.select(sign_codes.c.code)).scalars())
        ids = {
            row.slug: row.id for row in connection.execute(sa.select(venues.c.slug, venues.c.id))
        }
        for code in self._codes:
            if code["code"] not in known:
                row = {column.name: code[column.name] for column in sign_codes.columns}
                row["venue_id"] = ids.get(code["slug"])
                connection.execute(sa.insert(sign_codes).values(row))
        version, number = (count or 0 for count in self._counts)
        connection.execute(
            sa.update(venues).values(
                version=venues.c.version + version + 1,
                conditions_number=venues.c.conditions_number + number + 1,
            )
        )


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL count on after the ids that came with the backup; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in _TABLES:
        if "id" in table.columns:
            name = connection.dialect.identifier_preparer.format_table(table)
            sequence = sa.func.pg_get_serial_sequence(name, "id")
            following = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1)
            connection.execute(
                sa.select(sa.func.setval(sequence, following.scalar_subquery(), sa.false()))
            )


def _sum_up(manifest: dict[str, Any]) -> BackupSummary:
    tables = manifest["tables"]
    return BackupSummary(
        made_at=datetime.fromisoformat(manifest["made_at"]),
        venues=tuple(manifest["venues"]),
        releases=tables[releases.name]["rows"],
        codes=tables[sign_codes.name]["rows"],
    )


def _unwritable(path: Path, error: OSError) -> UnavailableError:
    problem = error.strerror or str(error)
    return UnavailableError("unwritable-file", path=str(path), problem=problem)
