"""A live session exchanged for a token (C7)."""

from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Signer
from services.identity.domain.refusals import SessionDead
from services.identity.steps.tokens import answer
from services.identity.steps.using_session import UseSession, touch, turned_before
from services.identity.storage import accounts


def exchange_session(command: UseSession, *, uow: UnitOfWork, lifetimes: Lifetimes, signer: Signer) -> dict[str, Any]:
    """A token; the idle time starts again. SessionDead when the session is unknown, idle, too old or ended.

    A form that comes again with the id that it ended itself gets the `session` that it made of it (C3), others None.
    """
    secret = None
    try:
        session = touch(command.secret, uow, lifetimes)
    except SessionDead:
        secret, session = turned_before(command, uow, lifetimes)
    shown = accounts.shown(uow.connection, session.account_id)
    return {"session": secret, **answer(session, shown, uow.now, lifetimes, signer)}
