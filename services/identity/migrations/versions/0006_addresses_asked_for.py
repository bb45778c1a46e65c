"""Which address each delegation asked for, and when its next link leaves by itself; a wanted address belongs to nobody.

Only adds columns: the version before writes rows without an address, which is then their account's.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0006"
down_revision = "0005"

CHANGES, DELEGATIONS = "identifier_changes", "delegations"


def upgrade() -> None:
    """Add the columns, fill in the addresses, and let many want an address that only one may hold."""
    op.add_column(DELEGATIONS, sa.Column("email", sa.String(254)))
    op.add_column(DELEGATIONS, sa.Column("email_key", sa.String(512)))
    op.add_column(DELEGATIONS, sa.Column("next_at", Instant))
    op.add_column(DELEGATIONS, sa.Column("waits_for", sa.String(20)))
    op.add_column(DELEGATIONS, sa.Column("standings", sa.Integer, nullable=False, server_default="0"))
    _addresses_of_accounts()
    _index("delegations_waiting", DELEGATIONS, "next_at", "state = 'pending' AND next_at IS NOT NULL")
    op.drop_index("identifier_changes_one_holder", CHANGES)
    left = "ended_at IS NULL AND proved_at IS NOT NULL"
    _index("identifier_changes_one_leaver", CHANGES, "held_key", left, unique=True)
    _index("identifier_changes_wanted", CHANGES, "held_key", "ended_at IS NULL AND proved_at IS NULL")
    _index("identifier_changes_taken", CHANGES, "ended_at", "ended_by = 'taken'")


def _addresses_of_accounts() -> None:
    """What a delegation asked for was not kept: of those still awaited it is their account's address."""
    accounts = sa.table("accounts", sa.column("account_id"), sa.column("email"), sa.column("email_key"))
    delegations = sa.table("delegations", sa.column("account_id"), sa.column("email"), sa.column("email_key"))
    theirs = {
        name: sa.select(accounts.c[name]).where(accounts.c.account_id == delegations.c.account_id).scalar_subquery()
        for name in ("email", "email_key")
    }
    op.execute(sa.update(delegations).values(theirs))


def _index(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], unique=unique, postgresql_where=condition, sqlite_where=condition)
