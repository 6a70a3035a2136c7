"""The store: one database, opened and brought up to date, read and written in transactions."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)

from wayfinder.store.engine import WRITES, make_engine, take_writer_lock
from wayfinder.store.errors import UnavailableError
from wayfinder.store.migrate import HEAD, find_revision, migrate

_OUR_MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)


class Store:
    """A database that is ready for use. Safe to share between threads, not between processes.

    Parameters
    ----------
    engine
        Hands out connections.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def backend(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @property
    def url(self) -> str:
        """Address of the database, its password in it: for another process, never for a log."""
        return self._engine.url.render_as_string(hide_password=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the store from start to end.

        Raises
        ------
        UnavailableError
            The database cannot be reached, or is damaged.
        """
        level = {} if self.backend == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with self._connect(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that writes, alone: what it changed is safe on disk when it ends.

        An exception undoes all of it.

        Raises
        ------
        UnavailableError
            The database cannot be reached, or another writer takes too long.
        """
        with self._connect(**{WRITES: True}) as connection, connection.begin():
            take_writer_lock(connection)
            yield connection

    def close(self) -> None:
        """Close the connections that are open."""
        self._engine.dispose()

    @contextmanager
    def _connect(self, **options: object) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection.execution_options(**options)
        except _OUR_MISTAKES:
            raise
        except DBAPIError as error:
            raise _explain(error) from error


def open_store(url: str, *, patience_s: float = 0.0, revision: str = HEAD) -> Store:
    """Open a database, make or migrate its tables under a lock, and return the store.

    Parameters
    ----------
    url
        ``postgresql://…``, ``sqlite:///path``, or the path of a SQLite file, which is made where
        there is none.
    patience_s
        How long to try again where the database cannot be reached yet, at the start of a machine
        say.
    revision
        The migration to go to where it has not seen it yet: an older one has older tables.

    Raises
    ------
    UnavailableError
        It cannot be reached, belongs to another program or to a newer version of this one.
    """
    store = Store(make_engine(url))
    last_try = time.monotonic() + patience_s
    while True:
        try:
            _bring_up_to_date(store, revision)
        except UnavailableError as error:
            if error.code != "unreachable" or time.monotonic() >= last_try:
                store.close()
                raise
            time.sleep(min(1.0, patience_s))
        else:
            return store


def _bring_up_to_date(store: Store, revision: str) -> None:
    try:
        with store.read() as connection:
            if find_revision(connection) == revision:
                return
        with store.write() as connection:
            # another process may have been quicker
            if find_revision(connection) != revision:
                migrate(connection, revision)
    except DBAPIError as error:
        raise _explain(error) from error
    except sa.exc.SQLAlchemyError as error:
        raise UnavailableError("unreachable", problem=_first_line(error)) from error


def _explain(error: DBAPIError) -> UnavailableError:
    problem = _first_line(error.orig or error)
    if "locked" in problem or "lock timeout" in problem:
        return UnavailableError("busy")
    return UnavailableError("unreachable", problem=problem)


def _first_line(error: BaseException) -> str:
    """Return what is wrong, shortly: drivers name neither user nor password in it."""
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__
