"""How far each sign has come, where it was last, and the ids that it had."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of states; signs that there are begin as planned."""
    op.add_column("sign_code", sa.Column("formerly", Json(), nullable=False, server_default="[]"))
    op.add_column("sign_code", sa.Column("place", Json(), nullable=False, server_default="{}"))
    op.create_table(
        "sign_state",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("code", SafeText(), nullable=False),
        sa.Column("state", SafeText(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("drawing", SafeText(), nullable=True),
        sa.Column("made_by", SafeText(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'printed', 'mounted', 'damaged', 'removed')",
            name=op.f("ck_sign_state_state"),
        ),
        sa.ForeignKeyConstraint(["code"], ["sign_code.code"], name=op.f("fk_sign_state_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_state")),
    )
    op.create_index(op.f("ix_sign_state_code"), "sign_state", ["code"], unique=False)
