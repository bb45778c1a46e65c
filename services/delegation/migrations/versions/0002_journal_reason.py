"""Why something was done, where the journal must say it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the reason; what was written before has none."""
    op.add_column("journal", sa.Column("reason", sa.String(200)))
