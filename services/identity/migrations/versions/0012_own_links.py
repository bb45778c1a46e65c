"""A person's own link beside those of who invited him (docs/decisions/0036). What was made before is the companies'."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
KEEPS = {
    "invitations_one_live": "the version before ends every live link of a delegation before it makes one",
    "invitations_one_own_live": "the version before ends every live link of a delegation before it makes one",
}


def upgrade() -> None:
    """One live link for whoever delegated, and one that the person asked for. Those of before took the place of the
    companies' links and were told to them: they are theirs."""
    op.execute("UPDATE invitations SET share = '' WHERE share = 'oubli' AND ended_at IS NULL")
    op.drop_index("invitations_one_live", "invitations")
    for name, which in (("one_live", "share != 'oubli'"), ("one_own_live", "share = 'oubli'")):
        live = sa.text(f"ended_at IS NULL AND {which}")
        op.create_index(
            f"invitations_{name}",
            "invitations",
            ["delegation_id"],
            unique=True,
            postgresql_where=live,
            sqlite_where=live,
        )
