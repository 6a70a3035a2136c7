"""People, their roles, how they sign in, and who did what."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nobody is in them."""
    _make_people()
    _make_memberships()
    _make_factors()
    _make_sessions()
    _make_audit()


def _make_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("key", SafeText(), nullable=True),
        sa.Column("password_hash", SafeText(), nullable=True),
        sa.Column("totp_secret", SafeText(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("invite_hash", SafeText(), nullable=True),
        sa.Column("invite_until", Instant(), nullable=True),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(invite_hash IS NULL) = (invite_until IS NULL)", name=op.f("ck_person_invite")
        ),
        sa.CheckConstraint("(key IS NULL) = (removed_at IS NOT NULL)", name=op.f("ck_person_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("key", name=op.f("uq_person_key")),
        sa.UniqueConstraint("invite_hash", name=op.f("uq_person_invite_hash")),
    )


def _make_memberships() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("role", SafeText(), nullable=False),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "role IN ('viewer', 'editor', 'publisher', 'admin')", name=op.f("ck_membership_role")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_membership_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "venue_id",
            name=op.f("uq_membership_person_id_organisation_id_venue_id"),
        ),
    )
    for column in ("person_id", "organisation_id"):
        op.create_index(op.f(f"ix_membership_{column}"), "membership", [column], unique=False)


def _make_factors() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "number", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "identity",
        sa.Column("issuer", SafeText(), nullable=False),
        sa.Column("subject", SafeText(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"], unique=False)
    op.create_table(
        "guess",
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_guess_count")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_guess")),
    )


def _make_sessions() -> None:
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("former_hash", SafeText(), nullable=True),
        sa.Column("renewed_at", Instant(), nullable=False),
        sa.Column("renew", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("stage", SafeText(), nullable=False),
        sa.Column("browser", SafeText(), nullable=False),
        sa.Column("data", Json(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('started', 'password', 'enrol', 'full')",
            name=op.f("ck_staff_session_stage"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) = (stage = 'started')", name=op.f("ck_staff_session_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_staff_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("hash", name=op.f("uq_staff_session_hash")),
        sa.UniqueConstraint("former_hash", name=op.f("uq_staff_session_former_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_staff_session_person_id"), "staff_session", ["person_id"], unique=False
    )
    op.create_table(
        "known_browser",
        sa.Column("hash", SafeText(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_known_browser_person_id")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_known_browser")),
    )
    op.create_index(
        op.f("ix_known_browser_person_id"), "known_browser", ["person_id"], unique=False
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("who", SafeText(), nullable=False),
        sa.Column("action", SafeText(), nullable=False),
        sa.Column("details", Json(), nullable=False),
        sa.Column("undo", Json(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_audit_organisation_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_audit_venue_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id")),
        sa.ForeignKeyConstraint(["undoes"], ["audit.id"], name=op.f("fk_audit_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("undoes", name=op.f("uq_audit_undoes")),
        sqlite_autoincrement=True,
    )
    for column in ("organisation_id", "venue_id", "person_id"):
        op.create_index(op.f(f"ix_audit_{column}"), "audit", [column], unique=False)
