"""Making, opening and using the links that mails carry, whatever they are for (`domain/link`)."""

from datetime import datetime
from typing import Any, NamedTuple

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from services.identity.domain.account import Account
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.domain.refusals import LinkDead
from services.identity.steps import security
from services.identity.storage import accounts, links


class Made(NamedTuple):
    """A new link: the token for its mail alone, the digest to keep, and until when it acts."""

    token: str
    digest: str
    until: datetime


def made(purpose: Purpose, uow: UnitOfWork, lifetimes: Lifetimes) -> Made:
    """A new link of this purpose."""
    token = new_token()
    return Made(token, digest(token), uow.now + purpose.lifetime(lifetimes))


def opened(purpose: Purpose, token: str, uow: UnitOfWork) -> tuple[Any, Account]:
    """What a link shows that acts, and its account, held; what came meanwhile is seen by the UPDATE that uses it.
    LinkDead, which is noted."""
    found = links.live(uow.connection, purpose, digest(token), uow.now)
    account = accounts.lock(uow.connection, found.account_id) if found else None
    if found is None or account is None:
        raise dead(purpose)
    return found, account


def used(purpose: Purpose, token: str, uow: UnitOfWork) -> bool:
    """Use it, whose account is held: False when it was used or replaced meanwhile."""
    return links.consume(uow.connection, purpose, digest(token), uow.now)


def dead(purpose: Purpose) -> LinkDead:
    """The one answer of every link that does not act (M3), noted as a token that is used again."""
    security.note(security.TOKEN_REUSE, failed=True, purpose=purpose.noted)
    return LinkDead()
