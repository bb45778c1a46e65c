"""Whose an address is, read from the address: a key beside it was not kept by the former version, which writes while
this one starts, so that who had left an address was still found by it (K1)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Index the address itself, in small letters; drop the key, which no released version knows."""
    op.drop_index("accounts_by_email", "accounts")
    op.drop_column("accounts", "email_key")
    op.create_index("accounts_by_email", "accounts", [sa.text("lower(email)")])
