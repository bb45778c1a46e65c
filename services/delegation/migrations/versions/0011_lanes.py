"""The lane of an event, urgent or bulk (docs/decisions/0031). Only adds; the version before writes urgent ones."""

from alembic import op

from backbone.store.migrations import add_lanes

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """A column of the outbox and of the inbox, and the indexes that find what is urgent."""
    add_lanes(op)
