"""The tables of requests for new bank details (G78). No bank details are in them: those are typed at the caisse's."""

import sqlalchemy as sa

from backbone.store.database import Instant
from services.delegation.storage.tables import METADATA

bank_requests = sa.Table(
    "bank_requests",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False, index=True),
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("opens_at", Instant, nullable=False),
    sa.Column("closes_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
    sa.Column("cancelled_at", Instant),
    sa.Column("cancelled_by", sa.String(420)),
)

# Proofs that identity ended, perhaps before they were heard of: a request is of the proof that has its id.
ended_bank_proofs = sa.Table(
    "ended_bank_proofs",
    METADATA,
    sa.Column("proof_id", sa.Uuid, primary_key=True),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("ended_at", Instant, nullable=False),
)
