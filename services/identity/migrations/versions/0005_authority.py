"""How far each owner's events are known here (docs/decisions/0017). Only adds a table, which may be there already."""

from alembic import op

from backbone.store.migrations import backbone_tables

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make what the backbone has had since, where the first migration did not."""
    backbone_tables(op)
