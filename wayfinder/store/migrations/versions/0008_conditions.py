"""Where notices are shown, and hours by which sets switch themselves."""

import sqlalchemy as sa
from alembic import op

from wayfinder.store.types import Instant, Json, SafeText

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; notices that there are go on being shown everywhere."""
    op.add_column("condition", sa.Column("shown_on", Json(), nullable=False, server_default="[]"))
    op.add_column("condition_set", sa.Column("hours", SafeText(), nullable=True))
    op.add_column("condition_set", sa.Column("due_at", Instant(), nullable=True))
