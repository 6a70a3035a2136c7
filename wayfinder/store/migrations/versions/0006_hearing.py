"""What people report, and how often something happened a day."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nothing is in them."""
    _make_feedback()
    op.create_table(
        "daily_count",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("day", SafeText(), nullable=False),
        sa.Column("kind", SafeText(), nullable=False),
        sa.Column("key", SafeText(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('scan', 'goal', 'unmatched', 'lost')", name=op.f("ck_daily_count_kind")
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_daily_count_count")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_daily_count_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", "day", "kind", "key", name=op.f("pk_daily_count")),
    )


def _make_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("key", SafeText(), nullable=False),
        sa.Column("kind", SafeText(), nullable=False),
        sa.Column("feature", SafeText(), nullable=True),
        sa.Column("sign", SafeText(), nullable=True),
        sa.Column("place", Json(), nullable=False),
        sa.Column("text", SafeText(), nullable=True),
        sa.Column("language", SafeText(), nullable=False),
        sa.Column("source", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("state", SafeText(), nullable=False),
        sa.Column("assigned", SafeText(), nullable=False),
        sa.Column("changed_by", SafeText(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("answer", Json(), nullable=False),
        sa.Column("answer_until", Instant(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('blocked', 'sign-missing', 'moved', 'lift-out', 'other')",
            name=op.f("ck_feedback_kind"),
        ),
        sa.CheckConstraint("source IN ('phone', 'kiosk')", name=op.f("ck_feedback_source")),
        sa.CheckConstraint(
            "state IN ('new', 'seen', 'in-work', 'done', 'refused')",
            name=op.f("ck_feedback_state"),
        ),
        sa.CheckConstraint(
            "merged_into IS NULL OR merged_into < id", name=op.f("ck_feedback_merged")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["feedback.id"], name=op.f("fk_feedback_merged_into")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_feedback_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("key", name=op.f("uq_feedback_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feedback_merged_into"), "feedback", ["merged_into"], unique=False)
    op.create_index(
        op.f("ix_feedback_venue_id_feedback_state"), "feedback", ["venue_id", "state"], unique=False
    )
