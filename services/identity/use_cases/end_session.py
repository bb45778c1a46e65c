"""Ending one of one's own sessions (ASVS 7.4)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.steps.ending_sessions import tell_ended
from services.identity.steps.remembering import remember
from services.identity.storage import sessions


@dataclass(frozen=True)
class EndSession:
    """An account ends one of its own sessions."""

    account_id: UUID
    session_id: UUID


def end_session(command: EndSession, *, uow: UnitOfWork) -> None:
    """End it; nothing happens when it is not one of the account's, or already ended."""
    ended = sessions.end_of(uow.connection, command.account_id, uow.now, only=command.session_id)
    tell_ended(ended, uow)
    if ended:
        remember(command.account_id, Act.SESSION_ENDED, uow)
