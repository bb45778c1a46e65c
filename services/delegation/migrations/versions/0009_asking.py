"""Which addresses an administrator asked about lately, and how often he was refused for what he may not see (K10)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add both beside the times; the former version neither reads nor writes them."""
    op.add_column("newcomers", sa.Column("tried", sa.JSON))
    op.add_column("newcomers", sa.Column("refusals", sa.JSON))
