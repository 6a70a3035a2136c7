"""Names of tokens are a venue's own: what one hospital calls its lift's monitor another may too."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let names be taken venue by venue; those that there are stay so."""
    with op.batch_alter_table("api_token") as table:
        table.drop_constraint(op.f("uq_api_token_name"), type_="unique")
        table.create_unique_constraint(op.f("uq_api_token_venue_id_name"), ["venue_id", "name"])
