"""Ending sessions: logging out, ending one's own others, and whatever makes all of an account's die (ASVS 7.4)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.events.identity import SESSION_REVOKED
from services.identity.steps import security
from services.identity.storage import sessions
from services.identity.storage.tables import sessions as table


@dataclass(frozen=True)
class LogOut:
    """The opaque id of the session to end."""

    secret: str


def log_out(command: LogOut, *, uow: UnitOfWork) -> None:
    """End the session; an unknown or dead one is no error (AA20)."""
    _end(uow, table.c.secret_hash == digest(command.secret))


@dataclass(frozen=True)
class EndSession:
    """An account ends one of its own sessions."""

    account_id: UUID
    session_id: UUID


def end_session(command: EndSession, *, uow: UnitOfWork) -> None:
    """End it; nothing happens when it is not one of the account's, or already ended."""
    _end(uow, table.c.session_id == command.session_id, table.c.account_id == command.account_id)


@dataclass(frozen=True)
class EndOthers:
    """An account ends its sessions but `kept`; all when that is None."""

    account_id: UUID
    kept: UUID | None = None


def end_others(command: EndOthers, *, uow: UnitOfWork) -> None:
    """End them: after a change of password, nobody stays in on the old one (AA16)."""
    others = () if command.kept is None else (table.c.session_id != command.kept,)
    _end(uow, table.c.account_id == command.account_id, *others)


def _end(uow: UnitOfWork, *conditions: Any) -> None:
    for row in sessions.end(uow.connection, uow.now, *conditions):
        data = {"session_id": row.session_id, "account_id": row.account_id, "revoked_at": uow.now}
        uow.record(SESSION_REVOKED, sequence=1, data=data)
        security.note(security.TOKEN_REVOKED, account=row.account_id, sid=row.session_id)
