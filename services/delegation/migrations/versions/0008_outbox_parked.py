"""A place for events that the bus refuses (docs/decisions/0024). Only adds a table, which may be there already."""

from alembic import op

from backbone.store.migrations import backbone_tables

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make what the backbone has had since, where the first migration did not."""
    backbone_tables(op)
