"""What a backup holds, put into a store: into one of the same tables, or of newer ones."""

import json
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from wayfinder import __version__
from wayfinder.services.backup import (
    FORMAT,
    MANIFEST,
    BackupSummary,
    get_file_name,
    select_all,
    sum_up,
)
from wayfinder.store import (
    ConflictError,
    DamagedError,
    InvalidError,
    Store,
    UnavailableError,
    open_store,
)
from wayfinder.store.migrate import HEAD, list_revisions, reflect_tables
from wayfinder.store.releases import PackedPlan, unpack_plan
from wayfinder.store.tables import (
    displays,
    metadata,
    releases,
    sign_codes,
    sign_states,
    staff_sessions,
    venues,
)

_BATCH = 200
_LARGEST_BYTES = 8 * 2**30
_TABLES = tuple(metadata.sorted_tables)
_FOR_EVER = (sign_codes, displays)
"""What stays reserved: codes and ids that are on a wall."""
_SIGNS_OF_DAMAGE = (
    *(KeyError, ValueError, TypeError, AttributeError, RecursionError, OverflowError, EOFError),
    *(zipfile.BadZipFile, zlib.error, SQLAlchemyError, DamagedError, InvalidError),
)

_Row = Mapping[str, Any]
_ListRows = Callable[[sa.Table], Iterator[_Row]]


def restore_backup(store: Store, path: Path, *, replace: bool = False) -> BackupSummary:
    """Put what a backup holds into a store, whole or not at all.

    A backup of older tables is brought up to date on the way, as a database would be. Codes of
    signs and ids of displays that the store knows and the backup does not stay reserved: they are
    on a wall. Staff sign in again.

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
        The file is no backup, is damaged, or has tables that this program does not know yet.
    UnavailableError
        The file cannot be read, or the database cannot be reached.
    """
    try:
        with zipfile.ZipFile(path) as source:
            backup = _Backup(source, path)
            with backup.open_rows() as list_rows, store.write() as connection:
                rows = _restore_all(connection, list_rows, path, replace=replace)
            return sum_up(backup.manifest, rows)
    except zipfile.BadZipFile:
        raise InvalidError("no-backup", path=str(path)) from None
    except OSError as error:
        problem = error.strerror or str(error)
        raise UnavailableError("unreadable-file", path=str(path), problem=problem) from None


class _Backup:
    """A backup that is read; raises InvalidError where it is none, damaged, or too new.

    Parameters
    ----------
    source
        The zip.
    path
        Where it lies, for what is said.
    """

    def __init__(self, source: zipfile.ZipFile, path: Path) -> None:
        self._source = source
        self._path = path
        self.manifest = self._read_manifest()

    def _read_manifest(self) -> dict[str, Any]:
        try:
            if sum(entry.file_size for entry in self._source.infolist()) > _LARGEST_BYTES:
                raise InvalidError("no-backup", path=str(self._path))
            manifest = dict(json.loads(self._source.read(MANIFEST)))
            version, revision = manifest["format"], manifest["revision"]
            datetime.fromisoformat(manifest["made_at"])
            manifest["venues"] = tuple(map(str, manifest["venues"]))
            manifest["tables"] = dict(manifest["tables"])
        except (KeyError, ValueError, TypeError, RecursionError):
            raise InvalidError("no-backup", path=str(self._path)) from None
        if version != FORMAT or revision not in list_revisions():
            made_by = str(manifest.get("program", ""))
            raise InvalidError(
                "other-backup", path=str(self._path), program=made_by, own=__version__
            )
        return manifest

    @contextmanager
    def open_rows(self) -> Iterator[_ListRows]:
        """Hand out what lists the rows of each of today's tables."""
        if self.manifest["revision"] == HEAD:
            self._check_tables(_TABLES)
            yield self._list_rows
            return
        with TemporaryDirectory(prefix="wayfinder-") as folder:
            file = str(Path(folder) / "older.sqlite3")
            self._fill_older(file)
            with closing(self._migrate(file)) as store, store.read() as connection:
                yield lambda table: select_all(connection, table)

    def _fill_older(self, file: str) -> None:
        """Put the rows into a database with the tables that there were then."""
        older = open_store(file, revision=self.manifest["revision"])
        with closing(older), older.write() as connection:
            tables = reflect_tables(connection)
            self._check_tables(tables)
            for table in tables:
                with _damage_said(self._path, table):
                    _fill(connection, table, self._list_rows(table))

    def _migrate(self, file: str) -> Store:
        try:
            return open_store(file)
        except UnavailableError as error:
            if isinstance(error.__cause__, OperationalError):
                raise
            raise InvalidError("damaged-backup", path=str(self._path), table="") from error

    def _check_tables(self, tables: Iterable[sa.Table]) -> None:
        names = {table.name for table in tables}
        wanted = set(map(get_file_name, names))
        if names != set(self.manifest["tables"]) or not wanted <= set(self._source.namelist()):
            raise InvalidError("damaged-backup", path=str(self._path), table="")

    def _list_rows(self, table: sa.Table) -> Iterator[_Row]:
        """Yield the rows of a table; raises ValueError where they are not what was written."""
        said = self.manifest["tables"][table.name]
        digest, count = sha256(), 0
        with self._source.open(get_file_name(table.name)) as file:
            for line in file:
                digest.update(line)
                count += 1
                members = json.loads(line)
                yield {one.name: _decode(one, members[one.name]) for one in table.columns}
        if (count, digest.hexdigest()) != (said["rows"], said["sha256"]):
            raise ValueError("not what was written")


def _decode(column: sa.Column[Any], value: Any) -> Any:  # noqa: ANN401 - a column's value
    kind = getattr(column.type, "impl_instance", column.type)
    if value is not None and isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, sa.LargeBinary):
        return b64decode(value, validate=True)
    return value


def _restore_all(
    connection: Connection, list_rows: _ListRows, path: Path, *, replace: bool
) -> Mapping[str, int]:
    """Put in all rows, and return how many each table got."""
    before = _Before(connection)
    if not replace and any(connection.execute(sa.select(t).limit(1)).first() for t in _TABLES):
        raise ConflictError("store-not-empty", venues=list(before.slugs)[:10])
    for table in reversed(_TABLES):
        connection.execute(sa.delete(table))
    counts = {}
    for table in _TABLES:
        with _damage_said(path, table):
            counts[table.name] = _fill(connection, table, list_rows(table))
    # one that was ended since would be good again
    connection.execute(sa.delete(staff_sessions))
    _set_sequences(connection)
    before.carry_on(connection)
    return counts


@contextmanager
def _damage_said(path: Path, table: sa.Table) -> Iterator[None]:
    """Say what is wrong with the rows of a table as what it is: a damaged backup."""
    try:
        yield
    except OperationalError:
        raise
    except _SIGNS_OF_DAMAGE as error:
        raise InvalidError("damaged-backup", path=str(path), table=table.name) from error


def _fill(connection: Connection, table: sa.Table, rows: Iterator[_Row]) -> int:
    """Put rows into a table, and return how many; plans must be what their hash says."""
    count = 0
    while batch := [dict(row) for row in islice(rows, _BATCH)]:
        if table is releases:
            for row in batch:
                unpack_plan(PackedPlan(row["hash"], row["plan"]))
        connection.execute(sa.insert(table), batch)
        count += len(batch)
    return count


class _Before:
    """What must not be forgotten of what a store held before.

    Its codes and displays, and how far it counted.
    """

    def __init__(self, connection: Connection) -> None:
        self.slugs = tuple(connection.execute(sa.select(venues.c.slug)).scalars())
        self._kept = {table: _list_of_venues(connection, table) for table in _FOR_EVER}
        changes = connection.execute(sa.select(sign_states).order_by(sign_states.c.id))
        self._changes = [row._asdict() for row in changes]
        highest = sa.func.max
        self._counts = connection.execute(
            sa.select(highest(venues.c.version), highest(venues.c.conditions_number))
        ).one()

    def carry_on(self, connection: Connection) -> None:
        """Add the codes and displays that are on a wall, what became of signs, and count on.

        So every worker notices.
        """
        known = set(connection.execute(sa.select(sign_codes.c.code)).scalars())
        for table in _FOR_EVER:
            self._add_lacking(connection, table)
        for change in self._changes:
            if change["code"] not in known:
                row = {name: value for name, value in change.items() if name != "id"}
                connection.execute(sa.insert(sign_states).values(row))
        version, number = (count or 0 for count in self._counts)
        connection.execute(
            sa.update(venues).values(
                version=venues.c.version + version + 1,
                conditions_number=venues.c.conditions_number + number + 1,
            )
        )

    def _add_lacking(self, connection: Connection, table: sa.Table) -> None:
        """Add the rows of a table whose keys the backup does not have."""
        (key,) = table.primary_key.columns
        known = set(connection.execute(sa.select(key)).scalars())
        ids = {
            row.slug: row.id for row in connection.execute(sa.select(venues.c.slug, venues.c.id))
        }
        for kept in self._kept[table]:
            if kept[key.name] not in known:
                row = {column.name: kept[column.name] for column in table.columns}
                row["venue_id"] = ids.get(kept["slug"])
                connection.execute(sa.insert(table).values(row))


def _list_of_venues(connection: Connection, table: sa.Table) -> Sequence[sa.RowMapping]:
    """List the rows of a table, each with the slug of its venue."""
    chosen = sa.select(table, venues.c.slug).outerjoin(venues)
    return connection.execute(chosen).mappings().all()


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL count on after the ids that came with the backup; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in _TABLES:
        if "id" in table.columns and isinstance(table.c.id.type, sa.Integer):
            name = connection.dialect.identifier_preparer.format_table(table)
            sequence = sa.func.pg_get_serial_sequence(name, "id")
            following = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1)
            connection.execute(
                sa.select(sa.func.setval(sequence, following.scalar_subquery(), sa.false()))
            )
