"""What beneficiaries ask and are told: reminders, warnings before an end, prolongations (docs/decisions/0054).

Only adds: the version before knows none of it.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Three tables, and what waits by how long."""
    op.create_table(
        "reminders",
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
        sa.Column("days", sa.Integer, nullable=False, server_default="0"),
        sa.Column("asked_at", Instant),
        sa.Column("asked", sa.JSON),
    )
    op.create_table(
        "forewarned",
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
    )
    op.create_table(
        "prolongations",
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("wanted_on", sa.Date, nullable=False),
        sa.Column("answered_at", Instant),
        sa.Column("reason", sa.String(200)),
    )
    waiting = sa.text("closed_at IS NULL AND refused_at IS NULL AND completed_at IS NOT NULL AND confirmed_at IS NULL")
    op.create_index(
        "delegations_waiting", "delegations", ["completed_at"], postgresql_where=waiting, sqlite_where=waiting
    )
