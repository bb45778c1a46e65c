"""Alerts are told, seen and taken care of (docs/decisions/0045). Only adds.

Those that stand are told once, as they stand, by a job of the new version: it finds them, and what the version before
changes beside it, by the version that was told last.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import add_columns

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Columns, the marks of who saw what, and the index of what is still to be told."""
    add_columns(
        op,
        "alert",
        sa.Column("opened_at", Instant),
        sa.Column("correction_by", sa.Uuid),
        sa.Column("correction_since", Instant),
        sa.Column("told_version", sa.Integer),
    )
    add_columns(op, "alert_event", sa.Column("actor", sa.String(110)))
    op.create_table(
        "alert_seen",
        sa.Column("alert_id", sa.Uuid, sa.ForeignKey("alert.alert_id"), primary_key=True),
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("seen_at", Instant, nullable=False),
    )
    untold = sa.text("told_version IS NULL AND status IN ('OPEN', 'IN_CORRECTION') OR told_version < version")
    op.create_index("alert_untold", "alert", ["alert_id"], postgresql_where=untold, sqlite_where=untold)
