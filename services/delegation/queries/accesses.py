"""Every access one account was ever given, as the events that announce them say it: for who decides without us."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store import epochs
from services.delegation.storage.tables import delegations

_SAID = tuple(delegations.c[name] for name in ("sequence", "administrator", "colleges", "rights"))


_PLACE = (delegations.c.id, delegations.c.adherent_id, delegations.c.starts_on, delegations.c.ends_on)


_NAMES = (*(column.name for column in _SAID), "open")


_OPEN = delegations.c.closed_at.is_(None).label("open")


def accesses(connection: Connection, *, account_id: UUID) -> dict[str, Any]:
    """The account's delegations that were confirmed, the closed ones too: who asks may still hold them open.

    Ready for JSON: an accounting firm may have thousands of them, and is asked about when everybody is.
    """
    confirmed = (delegations.c.account_id == account_id, delegations.c.confirmed_at.is_not(None))
    query = sa.select(*_PLACE, *_SAID, _OPEN).where(*confirmed)
    items = [_plain(*row) for row in connection.execute(query)]
    return {"epoch": epochs.own(connection), "items": items}


def _plain(id_: UUID, adherent_id: UUID, starts_on: date, ends_on: date | None, *said: Any) -> dict[str, Any]:
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else None}
    place = {"delegation_id": str(id_), "adherent_id": str(adherent_id)}
    return {**place, **days, **dict(zip(_NAMES, said, strict=True))}
