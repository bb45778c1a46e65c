"""The table of the imports of the caisse's referential."""

import sqlalchemy as sa

from backbone.store.database import Instant
from services.delegation.storage.tables import METADATA

imports = sa.Table(
    "imports",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("format", sa.String(10), nullable=False),
    sa.Column("client_id", sa.String(100), nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("last_at", Instant),
    *(
        sa.Column(name, sa.Integer, nullable=False, default=0)
        for name in ("created", "updated", "unchanged", "rejected")
    ),
)
