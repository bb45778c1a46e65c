"""What a delegation offers, shown before anybody acts on it. Only adds: the version before knows none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Null until delegation says a delegation again."""
    op.add_column("delegations", sa.Column("colleges", sa.JSON))
    op.add_column("delegations", sa.Column("rights", sa.JSON))
