"""A code that was sent by an invitation, to the number of an account to come (docs/decisions/0051)."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """The version before sends codes to owners alone: theirs have no link."""
    op.add_column("mobile_codes", sa.Column("link", sa.String(64)))
    op.add_column("mobile_codes", sa.Column("right_at", Instant))
    op.create_index("ix_mobile_codes_link", "mobile_codes", ["link"])
