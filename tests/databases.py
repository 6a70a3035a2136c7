"""Stores for tests: the same ones on SQLite and on a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.postgres import PostgresServer, find_programs
from wayfinder.store import Store, open_store
from wayfinder.store.migrate import HEAD
from wayfinder.store.tables import metadata

BACKENDS = ("sqlite", "postgresql")
# rows of a test are deleted in milliseconds; to truncate all tables takes some tenths of a second,
# and so does to make a database
_DELETE = sql.SQL("; ").join(
    sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in metadata.tables
)
_EMPTY = sql.SQL(
    """SET session_replication_role = replica; {};
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences"""
).format(_DELETE)
"""Foreign keys are not looked at meanwhile: every table is emptied, in whatever order."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server, or skip by name where the machine has none."""
    server = PostgresServer(require_programs())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "store.sqlite3"
    open_store(str(path)).close()
    return path


@pytest.fixture(scope="session")
def _sqlite_link(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an address that stays, while the file that it leads to is another in each test.

    What somebody has not closed then removes its own log at some time, not that of another test:
    SQLite keeps its logs beside the file, not beside the link.
    """
    return tmp_path_factory.mktemp("stores") / "store.sqlite3"


@pytest.fixture(scope="session")
def _postgres_url(postgres: PostgresServer) -> str:
    url = postgres.url(postgres.make_database())
    open_store(url).close()
    return url


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Name each database in turn."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database without tables."""
    if backend == "sqlite":
        yield f"sqlite:///{(tmp_path / 'empty.sqlite3').as_posix()}"
        return
    server = request.getfixturevalue("postgres")
    name = server.make_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(scope="session")
def _known_stores() -> dict[str, Store]:
    """Keep stores from test to test: a new one compiles every statement again, 20 ms of a test."""
    return {}


@pytest.fixture
def store_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store: the same for all tests, one after the other."""
    if backend == "sqlite":
        path = tmp_path / "store.sqlite3"
        shutil.copyfile(request.getfixturevalue("_sqlite_template"), path)
        link: Path = request.getfixturevalue("_sqlite_link")
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        return f"sqlite:///{link.as_posix()}"
    url: str = request.getfixturevalue("_postgres_url")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_EMPTY)
        connection.execute("UPDATE alembic_version SET version_num = %s", (HEAD,))
    return url


@pytest.fixture
def store(store_url: str, _known_stores: dict[str, Store]) -> Iterator[Store]:
    """Open an empty store."""
    if store_url not in _known_stores:
        _known_stores[store_url] = open_store(store_url)
    opened = _known_stores[store_url]
    yield opened
    opened.close()  # its connections; it makes others when it is asked again


def require_programs() -> Path:
    """Return the folder of PostgreSQL's programs, or skip by name."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine, neither the system's nor the wheel's")
    return programs
