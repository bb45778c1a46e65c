"""Logging in (G55, G56): an attempt is counted and committed, then the password is looked at, then a session opens.

Three steps, because nothing may be locked while a password is hashed, and a refusal must not undo its own count (C6).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.errors import NotSignedIn
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from services.identity.domain.account import Status
from services.identity.domain.address import fold
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Hasher, Signer
from services.identity.domain.refusals import AddressLapsed, BadCredentials, TooManyAttempts
from services.identity.domain.session import Session
from services.identity.domain.throttle import DAILY, Attempt, Throttle
from services.identity.steps import security
from services.identity.steps.limiting import count_login
from services.identity.steps.tokens import answer
from services.identity.storage import accounts, counters, sessions
from services.identity.storage.accounts import Credential

MINUTE = 60


@dataclass(frozen=True)
class AdmitAttempt:
    """Somebody at `address` is about to try a password for `email`."""

    email: str
    address: str


def admit_attempt(command: AdmitAttempt, *, uow: UnitOfWork) -> Attempt:
    """Count the attempt as a failure, before anything is looked at. TooManyAttempts (M6)."""
    of_address = count_login(command.address, uow)
    key = login_key(command.email)
    throttle = counters.lock(uow.connection, key)
    pause, hit = throttle.pause(uow.now), new_id()
    if not pause:
        pause, hit = counters.take(uow.connection, key, DAILY, uow.now)
    if pause:
        security.note(security.LOGIN_LOCK, failed=True, who=key[:16], address=command.address)
        raise TooManyAttempts(pause, at_least=MINUTE)
    counters.save(uow.connection, key, throttle.attempted(uow.now))
    return Attempt(hit, of_address)


def login_key(email: str) -> str:
    """The counter of a login name: one for every path that checks its password, known or not (C6)."""
    return counters.key_of("login", fold(email))


def credential(connection: Connection, *, email: str) -> Credential | None:
    """What proves the owner of `email`."""
    return accounts.credential(connection, fold(email))


def credential_of(connection: Connection, *, account_id: UUID) -> Credential:
    """What proves the owner of an account. NotSignedIn when it is gone."""
    found = accounts.credential_of(connection, account_id)
    if found is None:
        raise NotSignedIn
    return found


def prove(found: Credential | None, password: str, hasher: Hasher) -> Credential:
    """The credential, when `password` is right and its account may log in. BadCredentials (M1) for anything else, of
    the kind AddressLapsed when only the account, disabled, stands in the way."""
    right = hasher.verify(found.password_hash if found else None, password)
    if not found or not right or not found.account.may_log_in:
        security.note(security.LOGIN_FAIL, failed=True, account=found.account.account_id if found else "-")
        lapsed = found is not None and right and found.account.status is Status.DESACTIVE
        raise AddressLapsed if lapsed else BadCredentials
    return found


def settle(email: str, attempt: Attempt, *, uow: UnitOfWork) -> None:
    """The attempt was right: it does not count, and failures in a row start again from none."""
    key = login_key(email)
    counters.lock(uow.connection, key)
    counters.save(uow.connection, key, Throttle())
    counters.give_back(uow.connection, (attempt.of_name, attempt.of_address))


@dataclass(frozen=True)
class OpenSession:
    """The password of `account_id` was right against `password_hash`; `fresh_hash` replaces an outdated one."""

    account_id: UUID
    email: str
    password_hash: str
    attempt: Attempt
    fresh_hash: str | None = None


def open_session(command: OpenSession, *, uow: UnitOfWork, lifetimes: Lifetimes, signer: Signer) -> dict[str, Any]:
    """A new session and its first token. BadCredentials when the account changed since its password was checked."""
    held = accounts.lock(uow.connection, command.account_id)
    now_stored = accounts.credential_of(uow.connection, command.account_id)
    if not held or not held.may_log_in or not now_stored or now_stored.password_hash != command.password_hash:
        raise BadCredentials
    settle(command.email, command.attempt, uow=uow)
    account = accounts.note_login(uow.connection, command.account_id, uow.now, command.fresh_hash)
    session = Session(new_id(), command.account_id, uow.now, uow.now + lifetimes.absolute)
    secret = new_token()
    sessions.open_(uow.connection, session, digest(secret), uow.now)
    security.note(security.LOGIN_SUCCESS, account=command.account_id, sid=session.session_id)
    return {"session": secret, **answer(session, account, uow.now, lifetimes, signer)}
