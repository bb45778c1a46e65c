"""SMS counted by the hour, and whose number was ever certified (C5). Only adds."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both; a number that is certified today was certified once."""
    op.create_table(
        "sms_hours",
        sa.Column("hour", Instant, primary_key=True),
        sa.Column("sent", sa.Integer, nullable=False),
    )
    op.add_column("accounts", sa.Column("mobile_first_certified_at", Instant))
    accounts = sa.table("accounts", sa.column("mobile_first_certified_at"), sa.column("mobile_certified_at"))
    op.execute(sa.update(accounts).values(mobile_first_certified_at=accounts.c.mobile_certified_at))
