"""Which start of a delegation is known to the others (docs/decisions/0053). Only adds: the version before leaves it
empty, and the job that tells of a start looks at what it left."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """A column, and the index that finds what begins."""
    op.add_column("delegations", sa.Column("begun_on", sa.Date))
    waiting = sa.text(
        "closed_at IS NULL AND refused_at IS NULL AND confirmed_at IS NOT NULL"
        " AND (begun_on IS NULL OR begun_on < starts_on)"
    )
    op.create_index(
        "delegations_starting", "delegations", ["starts_on"], postgresql_where=waiting, sqlite_where=waiting
    )
