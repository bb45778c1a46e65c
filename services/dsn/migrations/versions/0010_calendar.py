"""The due dates that caisses move (docs/dsn.md, « Due dates »). Only adds."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """A table."""
    op.create_table(
        "calendar_override",
        sa.Column("caisse", sa.String(100), primary_key=True),
        sa.Column("period", sa.String(7), primary_key=True),
        sa.Column("due_day", sa.Integer, primary_key=True),
        sa.Column("due_at", Instant),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("said_at", Instant, nullable=False),
        sa.CheckConstraint("due_day IN (5, 15, 20)", name="calendar_override_due_day"),
    )
