"""From where sessions are opened and what is done with an account, for its owner (docs/decisions/0048). Only adds."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """What was done before is not known; sessions of before were opened from nobody knows where."""
    for column in _where():
        op.add_column("sessions", column)
    for table in ("resets", "certifications"):  # of before nobody knows whether they were used or replaced
        op.add_column(table, sa.Column("ended_by", sa.String(20)))
    op.create_table(
        "activity",
        sa.Column("activity_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("at", Instant, nullable=False, index=True),
        *_where(),
    )
    op.create_index("activity_by_account", "activity", ["account_id", "at", "activity_id"])
    op.create_table(
        "refused_logins",
        sa.Column("refusal_id", sa.Uuid, primary_key=True),
        sa.Column("email_key", sa.String(512), nullable=False),
        sa.Column("refused_at", Instant, nullable=False, index=True),
        *_where(),
    )
    op.create_table(
        "browsers",
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), primary_key=True),
        sa.Column("browser_hash", sa.String(64), primary_key=True),
        sa.Column("first_used_at", Instant, nullable=False),
        sa.Column("last_used_at", Instant, nullable=False, index=True),
    )


def _where() -> list[sa.Column[str]]:
    return [sa.Column("browser", sa.String(60)), sa.Column("address", sa.String(45))]
