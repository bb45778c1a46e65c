"""When the link of a pending delegation was first opened, as identity says it (K6).

Only adds: the version before leaves it empty.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """One instant of the projection."""
    op.add_column("invitations", sa.Column("opened_at", Instant))
