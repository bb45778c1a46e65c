"""Ending sessions, and saying so to the other services (ASVS 7.4)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import SESSION_REVOKED
from services.identity.steps import security
from services.identity.storage import sessions


def end_sessions(account_id: UUID, uow: UnitOfWork, *, but: UUID | None = None) -> int:
    """End the live sessions of an account, all or all `but` one; how many."""
    ended = sessions.end_of(uow.connection, account_id, uow.now, but=but)
    tell_ended(ended, uow)
    return len(ended)


def tell_ended(ended: Sequence[Any], uow: UnitOfWork) -> None:
    """Tell the other services of the sessions that were ended: their tokens die there too."""
    for row in ended:
        data = {"session_id": row.session_id, "account_id": row.account_id, "revoked_at": uow.now}
        uow.record(SESSION_REVOKED, sequence=1, data=data)
        security.note(security.TOKEN_REVOKED, account=row.account_id, sid=row.session_id)
