"""The owner of a session proved it again: a new id, and a token that says the password is fresh (C8)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Signer
from services.identity.domain.throttle import Attempt
from services.identity.steps.attempts import settle
from services.identity.steps.tokens import answer
from services.identity.steps.using_session import next_secret, touch
from services.identity.storage import accounts


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
    secret = next_secret(command.secret, command.act, uow)
    session = touch(command.secret, uow, lifetimes, secret_hash=digest(secret), authenticated_at=uow.now)
    shown = accounts.shown(uow.connection, session.account_id)
    return {"session": secret, **answer(session, shown, uow.now, lifetimes, signer)}
