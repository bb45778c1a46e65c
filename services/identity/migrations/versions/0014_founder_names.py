"""The names that the caisse knows of a founding administrator, for his own invitation. Only adds: the version before
leaves them empty."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Two columns; of who is awaited already there are none."""
    op.add_column("delegations", sa.Column("nom", sa.String(200)))
    op.add_column("delegations", sa.Column("prenom", sa.String(200)))
