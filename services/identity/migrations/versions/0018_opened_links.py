"""When the link of an invitation was first opened (K6).

Only adds: the version before leaves it empty.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """One instant of a link; null: nobody opened it, or nobody noted it."""
    op.add_column("invitations", sa.Column("opened_at", Instant))
