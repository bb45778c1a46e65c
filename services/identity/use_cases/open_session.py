"""Logging in (G55, G56): an attempt is counted and committed, then the password is looked at, then a session opens.

Three steps, because nothing may be locked while a password is hashed, and a refusal must not undo its own count (C6).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Signer
from services.identity.domain.refusals import BadCredentials
from services.identity.domain.session import Session
from services.identity.domain.throttle import Attempt
from services.identity.steps import security
from services.identity.steps.attempts import key_of_name
from services.identity.steps.noticing import notice_browser
from services.identity.steps.tokens import answer
from services.identity.steps.whereabouts import where
from services.identity.storage import logins


@dataclass(frozen=True)
class OpenSession:
    """The password of `account_id` was right against `password_hash`; `fresh_hash` replaces an outdated one. `browser`:
    the token that the browser carries, if it has one."""

    account_id: UUID
    email_key: str
    password_hash: str
    attempt: Attempt
    fresh_hash: str | None = None
    browser: str | None = None


def open_session(command: OpenSession, *, uow: UnitOfWork, lifetimes: Lifetimes, signer: Signer) -> dict[str, Any]:
    """A new session and its first token. BadCredentials when the account changed since its password was checked."""
    carried = digest(command.browser) if command.browser else None
    session = Session(new_id(), command.account_id, uow.now, uow.now + lifetimes.absolute)
    secret, name_key = new_token(), key_of_name(command.email_key)
    proof = logins.Proof(command.password_hash, command.fresh_hash, carried, name_key, command.attempt)
    noted = logins.open_(uow.connection, session, digest(secret), where(), proof)
    if noted is None:
        raise BadCredentials
    if not noted.browser_known:
        notice_browser(noted, carried, uow)
    security.note(security.LOGIN_SUCCESS, account=command.account_id, sid=session.session_id)
    return {"session": secret, **answer(session, noted.row, uow.now, lifetimes, signer)}
