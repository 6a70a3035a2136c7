"""Bringing a database to this program's tables, under a lock, or refusing a newer one."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.errors import UnavailableError

HEAD = "0001"
"""The newest migration; a test holds it."""
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_REVISION = sa.text("SELECT version_num FROM alembic_version")


def find_revision(connection: Connection) -> str | None:
    """Return the last migration that a database has seen, or None where it has seen none.

    Raises
    ------
    UnavailableError
        It has seen one that this program does not know, or holds the tables of another program.
    """
    names = sa.inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise UnavailableError("not-ours", tables=sorted(names)[:3])
        return None
    revision = connection.execute(_REVISION).scalar()
    if revision is not None and revision > HEAD:
        raise UnavailableError("newer", found=str(revision), known=HEAD)
    return None if revision is None else str(revision)


def migrate(connection: Connection) -> None:
    """Run the migrations that a database lacks, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
