"""Using a session: exchange it for a token, give it a new id, prove its owner again (C7, C8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Signer
from services.identity.domain.refusals import SessionDead
from services.identity.domain.session import Session, turned
from services.identity.domain.throttle import Attempt
from services.identity.steps.tokens import answer
from services.identity.storage import accounts, sessions
from services.identity.storage.accounts import Credential
from services.identity.use_cases.log_in import settle


@dataclass(frozen=True)
class UseSession:
    """The opaque id of a session, as its holder shows it. `act`: the key of the form that asks, if a form does."""

    secret: str
    act: UUID | None = None

    def __repr__(self) -> str:
        return "UseSession(***)"


def exchange_session(command: UseSession, *, uow: UnitOfWork, lifetimes: Lifetimes, signer: Signer) -> dict[str, Any]:
    """A token; the idle time starts again. SessionDead when the session is unknown, idle, too old or ended.

    A form that comes again with the id that it ended itself gets the `session` that it made of it (C3), others None.
    """
    secret = None
    try:
        session = _touch(command.secret, uow, lifetimes)
    except SessionDead:
        secret, session = _again(command, uow, lifetimes)
    shown = accounts.shown(uow.connection, session.account_id)
    return {"session": secret, **answer(session, shown, uow.now, lifetimes, signer)}


def rotate_session(command: UseSession, *, uow: UnitOfWork, lifetimes: Lifetimes) -> str:
    """A new opaque id for the same session; the old one is dead (AA19). The same one for the same act again (C3)."""
    secret = _next(command.secret, command.act, uow)
    try:
        _touch(command.secret, uow, lifetimes, secret_hash=digest(secret))
    except SessionDead:
        secret, _ = _again(command, uow, lifetimes)
    return secret


@dataclass(frozen=True)
class Reauthenticate:
    """The owner of the session gave the password again, and it was right. `act`: as in UseSession."""

    secret: str
    email: str
    attempt: Attempt
    act: UUID | None = None

    def __repr__(self) -> str:
        return "Reauthenticate(***)"


def reauthenticate(command: Reauthenticate, *, uow: UnitOfWork, lifetimes: Lifetimes, signer: Signer) -> dict[str, Any]:
    """A new opaque id, and a token that says the password is fresh."""
    settle(command.email, command.attempt, uow=uow)
    secret = _next(command.secret, command.act, uow)
    session = _touch(command.secret, uow, lifetimes, secret_hash=digest(secret), authenticated_at=uow.now)
    shown = accounts.shown(uow.connection, session.account_id)
    return {"session": secret, **answer(session, shown, uow.now, lifetimes, signer)}


def holder(connection: Connection, *, secret: str, lifetimes: Lifetimes, clock: Clock) -> Credential:
    """What proves the owner of a live session. SessionDead."""
    row = sessions.live(connection, digest(secret), clock.now(), lifetimes)
    if row is None:
        raise SessionDead
    return Credential(accounts.account_of(row), row.password_hash)


def _next(former: str, act: UUID | None, uow: UnitOfWork) -> str:
    return turned(former, act, uow.now)[0] if act else new_token()


def _again(command: UseSession, uow: UnitOfWork, lifetimes: Lifetimes) -> tuple[str, Session]:
    """The session that this very act gave another id a moment ago, and that id. SessionDead."""
    for secret in turned(command.secret, command.act, uow.now) if command.act else ():
        row = sessions.touch(uow.connection, digest(secret), uow.now, lifetimes)
        if row is not None:
            return secret, Session(row.session_id, row.account_id, row.authenticated_at, row.expires_at)
    raise SessionDead


def _touch(secret: str, uow: UnitOfWork, lifetimes: Lifetimes, **values: str | datetime | UUID) -> Session:
    row = sessions.touch(uow.connection, digest(secret), uow.now, lifetimes, **values)
    if row is None:
        raise SessionDead
    return Session(row.session_id, row.account_id, row.authenticated_at, row.expires_at)
