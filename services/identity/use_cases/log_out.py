"""Logging out."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.words.acts import Act
from services.identity.steps.ending_sessions import tell_ended
from services.identity.steps.remembering import remember
from services.identity.storage import sessions


@dataclass(frozen=True)
class LogOut:
    """The opaque id of the session to end."""

    secret: str


def log_out(command: LogOut, *, uow: UnitOfWork) -> None:
    """End the session; an unknown or dead one is no error (AA20)."""
    ended = sessions.end_one(uow.connection, digest(command.secret), uow.now)
    tell_ended(ended, uow)
    for row in ended:
        remember(row.account_id, Act.LOGOUT, uow)
