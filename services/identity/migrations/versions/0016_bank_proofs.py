"""Who proved himself for new bank details, and when a number was certified again (docs/decisions/0065).

Only adds: the version before knows none of it.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """One table, and one instant of an account, which the version before leaves as it is."""
    op.add_column("accounts", sa.Column("mobile_recertified_at", Instant))
    op.create_table(
        "bank_proofs",
        sa.Column("proof_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("proved_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("ended_by", sa.String(20)),
    )
    op.create_index("ix_bank_proofs_account_id", "bank_proofs", ["account_id"])
    op.create_index("ix_bank_proofs_proved_at", "bank_proofs", ["proved_at"])
