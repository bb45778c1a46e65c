"""What every use of a session does: its idle time starts anew, and its id may turn (C7, C3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import SessionDead
from services.identity.domain.session import Session, turned
from services.identity.storage import sessions


@dataclass(frozen=True)
class UseSession:
    """The opaque id of a session, as its holder shows it. `act`: the key of the form that asks, if a form does."""

    secret: str
    act: UUID | None = None

    def __repr__(self) -> str:
        return "UseSession(***)"


def next_secret(former: str, act: UUID | None, uow: UnitOfWork) -> str:
    """The id that follows `former`; the same one for the same act, so that a form that comes again finds it (C3)."""
    return turned(former, act, uow.now)[0] if act else new_token()


def turned_before(command: UseSession, uow: UnitOfWork, lifetimes: Lifetimes) -> tuple[str, Session]:
    """The session that this very act gave another id a moment ago, and that id. SessionDead."""
    for secret in turned(command.secret, command.act, uow.now) if command.act else ():
        row = sessions.touch(uow.connection, digest(secret), uow.now, lifetimes)
        if row is not None:
            return secret, Session(row.session_id, row.account_id, row.authenticated_at, row.expires_at)
    raise SessionDead


def touch(secret: str, uow: UnitOfWork, lifetimes: Lifetimes, **values: str | datetime | UUID) -> Session:
    """The live session of this secret, used now; `values` change with it. SessionDead."""
    row = sessions.touch(uow.connection, digest(secret), uow.now, lifetimes, **values)
    if row is None:
        raise SessionDead
    return Session(row.session_id, row.account_id, row.authenticated_at, row.expires_at)
