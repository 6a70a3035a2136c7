"""Where who has no role any more had the last one: there they are found."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Json

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of who has no role by now the log tells where they had one."""
    # in words, as both databases take it: with a helper SQLite would make the table anew
    for place in ("organisation", "venue"):
        op.execute(
            f"ALTER TABLE person ADD COLUMN last_{place}_id INTEGER"
            f" CONSTRAINT fk_person_last_{place}_id REFERENCES {place} (id)"
        )
    names = ("id", "last_organisation_id", "last_venue_id")
    person = sa.table("person", *map(sa.column, names))
    membership = sa.table("membership", sa.column("person_id"))
    connection = op.get_bind()
    for person_id, (organisation_id, venue_id) in _read_log(connection).items():
        changed = sa.update(person).where(
            person.c.id == person_id,
            ~sa.exists().where(membership.c.person_id == person.c.id),
        )
        values = {"last_organisation_id": organisation_id, "last_venue_id": venue_id}
        connection.execute(changed.values(values))


def _read_log(connection: sa.Connection) -> dict[int, tuple[int, int | None]]:
    """Return where the role of each person was changed last."""
    names = ("id", "action", "organisation_id", "venue_id")
    audit = sa.table("audit", *map(sa.column, names), sa.column("undo", Json()))
    chosen = (
        sa.select(audit.c.undo, audit.c.organisation_id, audit.c.venue_id)
        .where(audit.c.action == "role-given", audit.c.undo.is_not(None))
        .order_by(audit.c.id)
    )
    rows = connection.execute(chosen).all()
    return {undo["person"]: (organisation, venue) for undo, organisation, venue in rows}
