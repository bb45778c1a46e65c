"""The profiles that companies keep (docs/decisions/0063). Only adds: the version before knows none of them."""

import sqlalchemy as sa
from alembic import op

from services.delegation.storage.tables import Key

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """A table."""
    op.create_table(
        "profiles",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_key", Key, nullable=False),
        sa.Column("administrator", sa.Boolean, nullable=False),
        sa.Column("colleges", sa.JSON, nullable=False),
        sa.Column("rights", sa.JSON, nullable=False),
        sa.UniqueConstraint("adherent_id", "name_key", name="profiles_name"),
    )
