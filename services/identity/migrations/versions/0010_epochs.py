"""What orders events after their owner was restored (docs/decisions/0028). Only adds; what may be there is left."""

from alembic import op

from backbone.store.migrations import add_epochs

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """A column of each projection, and the epochs that were heard."""
    add_epochs(op, "delegations")
