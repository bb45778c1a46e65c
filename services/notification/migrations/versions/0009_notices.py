"""What ends soon and what waits for a confirmation: one mail a person and day (docs/decisions/0054). Only adds: the
version before listens to none of it."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "notice",
        sa.Column("fact", sa.String(100), primary_key=True),
        sa.Column("recipient", sa.String(254), primary_key=True),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("lecteur", sa.String(401), nullable=False),
        sa.Column("followed", sa.String(401), nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("raison_sociale", sa.String(200), nullable=False),
        sa.Column("identifiant", sa.String(100), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("heard_at", Instant, nullable=False),
        sa.Column("ordered_at", Instant),
    )
    waiting = sa.text("ordered_at IS NULL")
    op.create_index("notice_waiting", "notice", ["person", "heard_at"], postgresql_where=waiting, sqlite_where=waiting)
    op.create_index("notice_told", "notice", ["ordered_at"])
