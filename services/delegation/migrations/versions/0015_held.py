"""Who was confirmed, by name, from when until when: the index of « Qui pouvait quoi ». Only adds."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """An index of what the version before writes already."""
    confirmed = sa.text("confirmed_at IS NOT NULL")
    op.create_index(
        "delegations_held",
        "delegations",
        ["adherent_id", "name_key", "id", "confirmed_at", "closed_at"],
        sqlite_where=confirmed,
        postgresql_where=confirmed,
    )
