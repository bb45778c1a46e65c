"""All tables of the drill."""

from alembic import op

from backbone.store.migrations import backbone_tables
from tests.support.drill.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the backbone's tables and the drill's."""
    backbone_tables(op)
    METADATA.create_all(op.get_bind())
