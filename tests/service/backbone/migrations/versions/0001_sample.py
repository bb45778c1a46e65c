"""The sample's tables."""

import sqlalchemy as sa
from alembic import op

from backbone.store.migrations import backbone_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    backbone_tables(op)
    op.create_table("notes", sa.Column("id", sa.Uuid, primary_key=True), sa.Column("text", sa.String(100)))
