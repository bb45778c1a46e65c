"""Logging in (G55, G56): an attempt is counted and committed, then the password is looked at, then a session opens.

Three steps, because nothing may be locked while a password is hashed, and a refusal must not undo its own count (C6).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from contracts.words.acts import Act
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Signer
from services.identity.domain.refusals import BadCredentials
from services.identity.domain.session import Session
from services.identity.domain.throttle import Attempt
from services.identity.steps import security
from services.identity.steps.attempts import settle
from services.identity.steps.noticing import notice_browser
from services.identity.steps.remembering import remember
from services.identity.steps.tokens import answer
from services.identity.steps.whereabouts import where
from services.identity.storage import accounts, sessions


@dataclass(frozen=True)
class OpenSession:
    """The password of `account_id` was right against `password_hash`; `fresh_hash` replaces an outdated one. `browser`:
    the token that the browser carries, if it has one."""

    account_id: UUID
    email: str
    password_hash: str
    attempt: Attempt
    fresh_hash: str | None = None
    browser: str | None = None


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
    sessions.open_(uow.connection, session, digest(secret), where(), uow.now)
    notice_browser(held, command.browser, uow)
    remember(command.account_id, Act.LOGIN, uow)
    security.note(security.LOGIN_SUCCESS, account=command.account_id, sid=session.session_id)
    return {"session": secret, **answer(session, account, uow.now, lifetimes, signer)}
