"""Until when a delegation is suspended (docs/decisions/0062). Only adds: the version before leaves the column."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """A column that may be empty."""
    op.add_column("delegations", sa.Column("suspended_until", sa.Date))
