"""Connections that keep what they acknowledged, on SQLite and PostgreSQL alike.

Transactions that write are one after the other on both: ``BEGIN IMMEDIATE`` on SQLite, an advisory
lock on PostgreSQL. Transactions that read see one state of everything from start to end.
"""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from wayfinder.store.errors import UnavailableError

WRITES = "wayfinder_writes"
"""Execution option of a connection that is going to write."""
BUSY_S = 30
"""How long a writer waits for another one before it gives up (ours)."""

_WRITER_LOCK = 0x57_41_59_46
_TAKE_WRITER_LOCK = sa.text(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")


def make_engine(url: str) -> Engine:
    """Return an engine of a database address or of the path of a SQLite file.

    Raises
    ------
    UnavailableError
        It is no address of a database that we know.
    """
    parsed = _read_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _make_sqlite(parsed)
    return _make_postgresql(parsed)


def _read_url(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url)))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise UnavailableError("bad-address") from None
    backend = parsed.get_backend_name()
    if backend == "postgres":
        parsed, backend = parsed.set(drivername="postgresql"), "postgresql"
    if backend not in {"sqlite", "postgresql"}:
        raise UnavailableError("unknown-database", backend=backend)
    if backend == "sqlite" and not parsed.database:
        raise UnavailableError("bad-address")
    return parsed


def _make_sqlite(url: URL) -> Engine:
    path = Path(url.database or "")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnavailableError(
            "no-folder", path=str(path.parent), problem=error.strerror or str(error)
        ) from None
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we begin ourselves: sqlite3 would begin too late
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_postgresql(url: URL) -> Engine:
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # the server may have been restarted since
        connect_args={"connect_timeout": 10, "application_name": "wayfinder"},
    )
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - psycopg's
    """Wait for the disk before acknowledging, even where the server is set not to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
        cursor.execute(f"SET lock_timeout = '{BUSY_S}s'")
        cursor.execute("SET TIME ZONE 'UTC'")
    connection.commit()


def take_writer_lock(connection: Connection) -> None:
    """Wait until no other transaction writes; SQLite has done so when it began."""
    if connection.dialect.name == "postgresql":
        connection.execute(_TAKE_WRITER_LOCK)
