"""Ending one of one's own sessions (ASVS 7.4)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.steps.ending_sessions import end_sessions
from services.identity.storage.tables import sessions as table


@dataclass(frozen=True)
class EndSession:
    """An account ends one of its own sessions."""

    account_id: UUID
    session_id: UUID


def end_session(command: EndSession, *, uow: UnitOfWork) -> None:
    """End it; nothing happens when it is not one of the account's, or already ended."""
    end_sessions(uow, table.c.session_id == command.session_id, table.c.account_id == command.account_id)
