"""Dead links that ask for a new one, noted for the job that answers. Only adds."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the list of requests."""
    op.create_table(
        "renewal_requests",
        sa.Column("request_id", sa.Uuid, primary_key=True),
        sa.Column("link", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("asked_at", Instant, nullable=False, index=True),
    )
