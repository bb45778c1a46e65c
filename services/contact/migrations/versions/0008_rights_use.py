"""Which uses of a right were told, each once a day (decision 64). Only adds: the version before tells none."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One table, and the way to what is of days that are over."""
    op.create_table(
        "rights_use",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("tenant_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
    )
    op.create_index("rights_use_by_day", "rights_use", ["day"])
