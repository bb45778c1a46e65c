"""Ending sessions, and saying so to the other services (ASVS 7.4)."""

from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import SESSION_REVOKED
from services.identity.steps import security
from services.identity.storage import sessions


def end_sessions(uow: UnitOfWork, *conditions: Any) -> None:
    """End the live sessions that these conditions name, and tell it of each."""
    for row in sessions.end(uow.connection, uow.now, *conditions):
        data = {"session_id": row.session_id, "account_id": row.account_id, "revoked_at": uow.now}
        uow.record(SESSION_REVOKED, sequence=1, data=data)
        security.note(security.TOKEN_REVOKED, account=row.account_id, sid=row.session_id)
