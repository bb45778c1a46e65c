"""Who proved himself, by password and code, to ask for new bank details of an adhérent (G78)."""

import sqlalchemy as sa

from backbone.store.database import Instant
from services.identity.storage.tables import METADATA

bank_proofs = sa.Table(
    "bank_proofs",
    METADATA,
    sa.Column("proof_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("proved_at", Instant, nullable=False, index=True),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", sa.String(20)),
)
