"""Why something was done, where the journal must say it; who brings in new addresses, and how fast."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the reason (what was written before has none), and the count of new addresses of each administrator."""
    op.add_column("journal", sa.Column("reason", sa.String(200)))
    op.create_index("journal_of_author", "journal", ["author_id", "act"])
    op.create_table(
        "newcomers",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("times", sa.JSON, nullable=False),
    )
