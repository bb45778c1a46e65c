"""When a delegation was last reviewed, and when its company was asked to (docs/decisions/0057). Only adds: the version
before leaves the column as it is, and knows no table of asks."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """A column that may be empty, and a table."""
    op.add_column("delegations", sa.Column("reviewed_at", Instant))
    op.create_table(
        "review_asks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("grantor_id", sa.Uuid, sa.ForeignKey("delegations.id")),
        sa.UniqueConstraint("grantor_id", name="review_asks_grantor"),
    )
    op.create_index("review_asks_of_adherent", "review_asks", ["adherent_id", "at"])
