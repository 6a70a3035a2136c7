"""Drafts and their log, releases to come, images of plans."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nothing is in them."""
    _make_drafts()
    _make_draft_actions()
    _make_schedules()
    _make_plan_images()


def _make_drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=True),
        sa.Column("base_hash", SafeText(), nullable=False),
        sa.Column("merged_number", sa.Integer(), nullable=True),
        sa.Column("owner", SafeText(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", SafeText(), nullable=True),
        sa.Column("release_number", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["venue_id", column],
                ["release.venue_id", "release.number"],
                name=op.f(f"fk_draft_venue_id_{column}"),
            )
            for column in ("base_number", "merged_number", "release_number")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_draft_closed")
        ),
        sa.CheckConstraint(
            "release_number IS NULL OR closed_at IS NOT NULL", name=op.f("ck_draft_release")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_draft_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_draft_venue_id"), "draft", ["venue_id"], unique=False)


def _make_draft_actions() -> None:
    op.create_table(
        "draft_action",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", SafeText(), nullable=False),
        sa.Column("author", SafeText(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("kind", SafeText(), nullable=False),
        sa.Column("action", Json(), nullable=False),
        sa.Column("revert", Json(), nullable=False),
        sa.Column("result", Json(), nullable=False),
        sa.Column("touched", Json(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_draft_action_number")),
        sa.CheckConstraint("seen >= 0 AND seen < number", name=op.f("ck_draft_action_seen")),
        sa.CheckConstraint(
            "undoes IS NULL OR undoes < number", name=op.f("ck_draft_action_undoes")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_action_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_draft_action")),
        sa.UniqueConstraint("draft_id", "key", name=op.f("uq_draft_action_draft_id_key")),
    )


def _make_schedules() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("upon", Json(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("outcome", SafeText(), nullable=True),
        sa.Column("problem", Json(), nullable=False),
        sa.CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name=op.f("ck_schedule_done")),
        sa.CheckConstraint(
            "outcome IN ('published', 'cancelled', 'refused')", name=op.f("ck_schedule_outcome")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_schedule_draft_id")),
        sa.ForeignKeyConstraint(
            ["venue_id", "number"],
            ["release.venue_id", "release.number"],
            name=op.f("fk_schedule_venue_id_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_schedule_draft_id"), "schedule", ["draft_id"], unique=False)


def _make_plan_images() -> None:
    op.create_table(
        "plan_image",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("level", SafeText(), nullable=False),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("media_type", SafeText(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("placement", Json(), nullable=False),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("width_px > 0 AND height_px > 0", name=op.f("ck_plan_image_size")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_plan_image_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_image")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_image_venue_id"), "plan_image", ["venue_id"], unique=False)
