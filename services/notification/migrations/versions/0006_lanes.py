"""The lane of an event (docs/decisions/0031), and whose turn it is among the messages that wait. Only adds.

What the version before orders meanwhile has the turn 0: it goes first, as it would have done.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.migrations import add_lanes

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Lanes, the two columns of a turn, and their indexes; the index of the version before stays for it."""
    add_lanes(op)
    op.add_column("delivery", sa.Column("party", sa.String(60), nullable=False, server_default=""))
    op.add_column("delivery", sa.Column("turn", sa.BigInteger, nullable=False, server_default="0"))
    waiting = sa.text("status = 'a_envoyer'")
    first = ["medium", "urgency", "turn", "delivery_id"]
    op.create_index("delivery_next_turn", "delivery", first, postgresql_where=waiting, sqlite_where=waiting)
    last = ["party", "turn"]
    op.create_index("delivery_party", "delivery", last, postgresql_where=waiting, sqlite_where=waiting)
