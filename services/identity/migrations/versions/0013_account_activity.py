"""From where each session was opened, for its owner (docs/decisions/0048)."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Sessions of before were opened from nobody knows where."""
    op.add_column("sessions", sa.Column("browser", sa.String(60)))
    op.add_column("sessions", sa.Column("address", sa.String(45)))
