"""Whose an address is, and where each invitation stands."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0005"
down_revision = "0004"

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the key of an account's address, and the projections of invitations and of their mails."""
    # A default, for the version before this one goes on writing while this one starts.
    op.add_column("accounts", sa.Column("email_key", KEY, nullable=False, server_default=""))
    _keys_of_known_accounts()
    op.create_index("accounts_by_email", "accounts", ["email_key"])
    op.create_table(
        "invitations",
        sa.Column("delegation_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("invitation_id", sa.Uuid),
        sa.Column("issued_at", Instant),
        sa.Column("expires_at", Instant),
        sa.Column("next_at", Instant),
        sa.Column("waits_for", sa.String(20)),
    )
    op.create_table(
        "invitation_mails",
        sa.Column("invitation_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("delegation_id", sa.Uuid, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("at", Instant, nullable=False),
    )


def _keys_of_known_accounts() -> None:
    table = sa.table("accounts", sa.column("account_id", sa.Uuid), sa.column("email"), sa.column("email_key"))
    known = op.get_bind().execute(sa.select(table.c.account_id, table.c.email)).all()
    mine = table.c.account_id == sa.bindparam("id")
    keyed = sa.update(table).where(mine).values(email_key=sa.bindparam("key"))
    if known:
        op.get_bind().execute(keyed, [{"id": row.account_id, "key": row.email.lower()} for row in known])
