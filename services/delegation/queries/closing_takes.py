"""What a closing takes with it, said before the button (C10, G19)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import LIVE
from services.delegation.storage.sight import below
from services.delegation.storage.tables import delegations


def closing_takes(connection: Connection, target: Delegation, day: date) -> dict[str, int]:
    """How many live delegations stand under `target`, and are closed with it (`below`); how many its holder granted
    that stay, and are to be reviewed by who remains (`left_to_review`)."""
    table, beside = delegations.c, delegations.c.id != target.id
    under = (LIVE, beside, table.id.in_(below(target)))
    stay = (LIVE, beside, table.grantor_id == target.id, table.parent_id.is_(None), table.last_day >= day)
    count = sa.select(sa.func.count()).select_from(delegations)
    return {
        "below": connection.scalar(count.where(*under)) or 0,
        "left_to_review": connection.scalar(count.where(*stay)) or 0,
    }
