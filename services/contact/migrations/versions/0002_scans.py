"""What the antivirus said of each file. Only adds: a file of the version before has no verdict, and waits for one."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the verdict, when to ask again, and the way to what waits."""
    op.add_column("attachment", sa.Column("scan", sa.String(10)))
    op.add_column("attachment", sa.Column("scan_again_at", Instant))
    waiting = sa.text("scan IS NULL")
    op.create_index("attachment_to_scan", "attachment", ["message_id"], postgresql_where=waiting, sqlite_where=waiting)
