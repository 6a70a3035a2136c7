"""Which system said that something is closed, and whether a set was ever switched."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what a token has begun so far is known by its name."""
    # in words, as both databases take it: with a helper SQLite would make the table anew
    op.execute(
        "ALTER TABLE condition ADD COLUMN token_id INTEGER"
        " CONSTRAINT fk_condition_token_id REFERENCES api_token (id)"
    )
    op.create_index(op.f("ix_condition_token_id"), "condition", ["token_id"], unique=False)
    op.add_column(
        "condition_set",
        sa.Column("was_switched", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    condition = sa.table("condition", *map(sa.column, ("venue_id", "token_id", "made_by")))
    token = sa.table("api_token", *map(sa.column, ("id", "venue_id", "name")))
    person = sa.table("person", sa.column("name"))
    known = (
        sa.select(sa.func.max(token.c.id))
        .where(
            token.c.name == condition.c.made_by,
            sa.or_(token.c.venue_id == condition.c.venue_id, token.c.venue_id.is_(None)),
            ~sa.exists().where(person.c.name == token.c.name),
        )
        .scalar_subquery()
    )
    op.execute(sa.update(condition).values(token_id=known))
