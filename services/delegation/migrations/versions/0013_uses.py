"""Which function was used on which day, and which tiles are pinned (docs/decisions/0050). Only adds."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Two tables that the version before does not know, and an index for what the home page asks."""
    op.create_table(
        "uses",
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), primary_key=True),
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_table(
        "pins",
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), primary_key=True),
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    waiting = sa.text("closed_at IS NULL AND refused_at IS NULL AND completed_at IS NOT NULL AND confirmed_at IS NULL")
    op.create_index(
        "delegations_to_confirm",
        "delegations",
        ["adherent_id", "last_day"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
