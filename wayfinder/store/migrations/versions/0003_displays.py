"""Displays, what each reported last, how often each showed a notice."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; releases that are there have no displays."""
    _make_displays()
    op.create_table(
        "display_report",
        sa.Column("display", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("release", SafeText(), nullable=True),
        sa.Column("conditions", sa.Integer(), nullable=True),
        sa.Column("program", SafeText(), nullable=False),
        sa.Column("uptime_s", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("remarks", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["display"], ["display.id"], name=op.f("fk_display_report_display")
        ),
        sa.PrimaryKeyConstraint("display", name=op.f("pk_display_report")),
    )
    op.create_table(
        "display_play",
        sa.Column("display", SafeText(), nullable=False),
        sa.Column("notice", SafeText(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_display_play_count")),
        sa.ForeignKeyConstraint(["display"], ["display.id"], name=op.f("fk_display_play_display")),
        sa.PrimaryKeyConstraint("display", "notice", name=op.f("pk_display_play")),
    )


def _make_displays() -> None:
    op.create_table(
        "display",
        sa.Column("id", SafeText(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("feature", SafeText(), nullable=False),
        sa.Column("kind", SafeText(), nullable=False),
        sa.Column("ref", SafeText(), nullable=False),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("formerly", Json(), nullable=False),
        sa.Column("code_hash", SafeText(), nullable=True),
        sa.Column("code_until", Instant(), nullable=True),
        sa.Column("token_hash", SafeText(), nullable=True),
        sa.Column("enrolled_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('kiosk', 'board')", name=op.f("ck_display_kind")),
        sa.CheckConstraint(
            "(code_hash IS NULL) = (code_until IS NULL)", name=op.f("ck_display_code")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_display_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_display")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_display_token_hash")),
    )
    op.create_index(op.f("ix_display_venue_id"), "display", ["venue_id"], unique=False)
