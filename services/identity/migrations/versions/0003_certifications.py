"""Certifying an address again (G54). Only adds: nobody is suspended before he was told, at least the notice ahead."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add when the end was announced, the links, and the way to the accounts whose time comes."""
    op.add_column("accounts", sa.Column("certification_announced_at", Instant))
    active = sa.text("status = 'actif'")
    columns = ["email_certified_at"]
    op.create_index("accounts_to_certify", "accounts", columns, postgresql_where=active, sqlite_where=active)
    op.create_table(
        "certifications",
        sa.Column("certification_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False, index=True),
        sa.Column("ended_at", Instant),
    )
    live = sa.text("ended_at IS NULL")
    one = ["account_id"]
    op.create_index(
        "certifications_one_live", "certifications", one, unique=True, postgresql_where=live, sqlite_where=live
    )
