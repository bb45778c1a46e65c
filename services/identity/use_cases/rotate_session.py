"""A new id for a live session (C7, AA19)."""

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import SessionDead
from services.identity.steps.using_session import UseSession, next_secret, touch, turned_before


def rotate_session(command: UseSession, *, uow: UnitOfWork, lifetimes: Lifetimes) -> str:
    """A new opaque id for the same session; the old one is dead (AA19). The same one for the same act again (C3)."""
    secret = next_secret(command.secret, command.act, uow)
    try:
        touch(command.secret, uow, lifetimes, secret_hash=digest(secret))
    except SessionDead:
        secret, _ = turned_before(command, uow, lifetimes)
    return secret
