"""Organisations, venues, releases, conditions, codes of signs, tokens."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("slug", SafeText(), nullable=False),
        sa.Column("name", Json(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", SafeText(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("conditions_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_venue_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("slug", name=op.f("uq_venue_slug")),
    )
    op.create_index(op.f("ix_venue_organisation_id"), "venue", ["organisation_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("scopes", Json(), nullable=False),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_api_token_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_token_hash")),
        sa.UniqueConstraint("name", name=op.f("uq_api_token_name")),
    )
    op.create_index(op.f("ix_api_token_venue_id"), "api_token", ["venue_id"], unique=False)
    op.create_table(
        "condition_set",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("switched_by", SafeText(), nullable=False),
        sa.Column("switched_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_condition_set_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_set")),
        sa.UniqueConstraint("venue_id", "name", name=op.f("uq_condition_set_venue_id_name")),
    )
    op.create_table(
        "release",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.Column("errors", Json(), nullable=False),
        sa.Column("note", SafeText(), nullable=False),
        sa.Column("imported_by", SafeText(), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_release_number")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_release_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", "number", name=op.f("pk_release")),
    )
    op.create_table(
        "sign_code",
        sa.Column("code", SafeText(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("feature", SafeText(), nullable=False),
        sa.Column("ref", SafeText(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_sign_code_venue_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sign_code")),
    )
    op.create_index(op.f("ix_sign_code_venue_id"), "sign_code", ["venue_id"], unique=False)
    op.create_table(
        "condition",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("kind", SafeText(), nullable=False),
        sa.Column("features", Json(), nullable=False),
        sa.Column("hours", SafeText(), nullable=True),
        sa.Column("text", Json(), nullable=False),
        sa.Column("start_at", Instant(), nullable=True),
        sa.Column("end_at", Instant(), nullable=True),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'hours') = (hours IS NOT NULL)", name=op.f("ck_condition_hours")
        ),
        sa.CheckConstraint(
            "kind IN ('closure', 'hours', 'notice')", name=op.f("ck_condition_kind")
        ),
        sa.CheckConstraint(
            "start_at IS NULL OR end_at IS NULL OR start_at < end_at",
            name=op.f("ck_condition_span"),
        ),
        sa.ForeignKeyConstraint(["set_id"], ["condition_set.id"], name=op.f("fk_condition_set_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_condition_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_condition_set_id"), "condition", ["set_id"], unique=False)
    op.create_index(op.f("ix_condition_venue_id"), "condition", ["venue_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=True),
        sa.Column("published_by", SafeText(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["venue_id", "number"],
            ["release.venue_id", "release.number"],
            name=op.f("fk_publication_venue_id_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(
        op.f("ix_publication_venue_id_publication_number"),
        "publication",
        ["venue_id", "number"],
        unique=False,
    )
