"""That a draft ended, and the id of the one that follows it (decision 70). Only adds: the version before has none."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """One table, and the way to what is forgotten."""
    op.create_table(
        "ended_draft",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, primary_key=True),
        sa.Column("next_id", sa.Uuid, nullable=False),
        sa.Column("ended_at", Instant, nullable=False),
    )
    op.create_index("ended_draft_to_purge", "ended_draft", ["ended_at"])
