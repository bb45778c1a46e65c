"""Changes of address (G75, T5). Only adds: the version before reads and writes what it knew."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0002"
down_revision = "0001"

TABLE = "identifier_changes"
HASH = sa.String(64)


def upgrade() -> None:
    """Make the table, with one open change an account and one holder an address."""
    op.create_table(
        TABLE,
        sa.Column("change_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False),
        sa.Column("old_email", sa.String(254), nullable=False),
        sa.Column("new_email", sa.String(254), nullable=False),
        sa.Column("held_key", sa.String(512), nullable=False),
        sa.Column("activation_hash", HASH, nullable=False, unique=True),
        sa.Column("undo_hash", HASH, nullable=False, unique=True),
        sa.Column("requested_at", Instant, nullable=False),
        sa.Column("activation_expires_at", Instant, nullable=False),
        sa.Column("undo_expires_at", Instant, nullable=False),
        sa.Column("proved_at", Instant),
        sa.Column("ended_at", Instant),
        sa.Column("ended_by", sa.String(20)),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="identifier_changes_ended"),
    )
    op.create_index("ix_identifier_changes_account_id", TABLE, ["account_id"])
    _one_open("identifier_changes_one_live", "account_id")
    _one_open("identifier_changes_one_holder", "held_key")


def _one_open(name: str, column: str) -> None:
    """At most one row without end for each value of `column`."""
    still = sa.text("ended_at IS NULL")
    op.create_index(name, TABLE, [column], unique=True, postgresql_where=still, sqlite_where=still)
