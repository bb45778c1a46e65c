"""Sorted by name from Z to A, who has no name comes last too: the index of that order."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """An index of the adhérent: who has a name, by name."""
    named = sa.text("(name_key < '\uffff')")
    op.create_index("delegations_by_name_down", "delegations", ["adherent_id", named, "name_key", "id"])
