"""What is written and not sent yet, with its files (decision 58). Only adds: the version before has none."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Two tables, and the ways to what expires and to what waits for a verdict."""
    op.create_table(
        "draft",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, primary_key=True),
        sa.Column("objet", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
    )
    op.create_index("draft_to_purge", "draft", ["expires_at"])
    op.create_table(
        "draft_file",
        sa.Column("file_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("storage_name", sa.String(64), nullable=False, unique=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("scan", sa.String(10)),
        sa.Column("scan_again_at", Instant),
        sa.ForeignKeyConstraint(["account_id", "adherent_id"], ["draft.account_id", "draft.adherent_id"]),
    )
    op.create_index("draft_file_of_draft", "draft_file", ["account_id", "adherent_id"])
    waiting = sa.text("scan IS NULL")
    op.create_index("draft_file_to_scan", "draft_file", ["file_id"], postgresql_where=waiting, sqlite_where=waiting)
