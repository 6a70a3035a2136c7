"""Work in the background, and what came of it."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nothing is in it."""
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("kind", SafeText(), nullable=False),
        sa.Column("key", SafeText(), nullable=False),
        sa.Column("arguments", Json(), nullable=False),
        sa.Column("state", SafeText(), nullable=False),
        sa.Column("step", SafeText(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("result", Json(), nullable=True),
        sa.Column("problem", Json(), nullable=False),
        sa.Column("asked_by", SafeText(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("runner", SafeText(), nullable=True),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("beat_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_state")
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'failed')) = (done_at IS NOT NULL)", name=op.f("ck_job_done")
        ),
        sa.CheckConstraint("share >= 0 AND share <= 1", name=op.f("ck_job_share")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_job_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("venue_id", "kind", "key", name=op.f("uq_job_venue_id_kind_key")),
        sqlite_autoincrement=True,
    )
