"""Requests for new bank details, and the proofs that ended (docs/decisions/0065).

Only adds: the version before knows none of it.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "bank_requests",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("opens_at", Instant, nullable=False),
        sa.Column("closes_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("cancelled_at", Instant),
        sa.Column("cancelled_by", sa.String(420)),
    )
    op.create_index("ix_bank_requests_adherent_id", "bank_requests", ["adherent_id"])
    op.create_table(
        "ended_bank_proofs",
        sa.Column("proof_id", sa.Uuid, primary_key=True),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("ended_at", Instant, nullable=False),
    )
