"""Bringing a database to this program's tables, under a lock, or refusing a newer one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

from wayfinder.store.errors import UnavailableError
from wayfinder.store.types import Instant, TextOrJson

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0012"
"""The newest migration; a test holds it."""
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_VERSIONS = "alembic_version"
_REVISION = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(_VERSIONS))


def find_revision(connection: Connection) -> str | None:
    """Return the last migration that a database has seen, or None where it has seen none.

    Raises
    ------
    UnavailableError
        It has seen one that this program does not know, or holds the tables of another program.
    """
    names = sa.inspect(connection).get_table_names()
    if _VERSIONS not in names:
        if names:
            raise UnavailableError("not-ours", tables=sorted(names)[:3])
        return None
    revision = connection.execute(_REVISION).scalar()
    if revision is not None and revision > HEAD:
        raise UnavailableError("newer", found=str(revision), known=HEAD)
    return None if revision is None else str(revision)


def migrate(connection: Connection, revision: str = HEAD) -> None:
    """Run the migrations that a database lacks up to one, in the transaction that is open."""
    from alembic import command

    command.upgrade(_make_config(connection=connection), revision)


def list_revisions() -> list[str]:
    """List the migrations that this program knows, the newest first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_make_config())
    return [script.revision for script in scripts.walk_revisions()]


def reflect_tables(connection: Connection) -> list[sa.Table]:
    """Return the tables that a database has, with our types; what others depend on first."""
    metadata = sa.MetaData()
    event.listen(metadata, "column_reflect", _take_our_type)
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != _VERSIONS]


def _take_our_type(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    if isinstance(column["type"], sa.DateTime):
        column["type"] = Instant()
    elif isinstance(column["type"], sa.Text):
        column["type"] = TextOrJson()


def _make_config(**attributes: object) -> "Config":
    from alembic.config import Config

    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
