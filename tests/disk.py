"""The disk, for which tests do not wait: they kill processes, never the machine."""

import os
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from wayfinder.store import engine

SetUp = Callable[[sqlite3.Connection, object], None]


@pytest.fixture(scope="session", autouse=True)
def set_up_sqlite() -> Iterator[SetUp]:
    """Return what sets connections up in earnest; the tests' own ones let the system write later.

    A commit takes a tenth of the processor time so, and none of the milliseconds, on some disks
    tens of them, in which nobody computes. The servers that tests start wait as always.
    """
    careful: SetUp = engine._set_up_sqlite

    def set_up(connection: sqlite3.Connection, record: object) -> None:
        careful(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_set_up_sqlite", set_up)
        patch.setattr(os, "fsync", lambda _: None)
        yield careful
