"""The contact data of before a change of identifiant; out of whose share each invitation was made. Only adds."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """What was written before has neither: no contact is known, and the company's share was the only one."""
    op.add_column("identifier_changes", sa.Column("contact", sa.JSON))
    op.add_column("delegations", sa.Column("parent_id", sa.Uuid))
    op.add_column("invitations", sa.Column("share", sa.String(40), nullable=False, server_default=""))
