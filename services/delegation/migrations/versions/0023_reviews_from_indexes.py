"""What is to be reviewed, read from indexes: what nobody answered for since, and what somebody granted who left."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Two indexes of what is confirmed and not over."""
    held = sa.text("closed_at IS NULL AND refused_at IS NULL AND confirmed_at IS NOT NULL")
    answered: list[str | sa.TextClause] = ["adherent_id", sa.text("coalesce(reviewed_at, confirmed_at)")]
    op.create_index("delegations_answered", "delegations", answered, postgresql_where=held, sqlite_where=held)
    granted = ["adherent_id", "grantor_id"]
    op.create_index("delegations_granted", "delegations", granted, postgresql_where=held, sqlite_where=held)
