"""The link that replaces a password: made for who forgot it, and for whose password was ended (G57, T5)."""

from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.steps.links import Made, made
from services.identity.storage import links


def reset_link(account_id: UUID, uow: UnitOfWork, lifetimes: Lifetimes) -> Made:
    """A new link of this account, which is held; the former one dies."""
    link = made(Purpose.RESET, uow, lifetimes)
    row = {"reset_id": new_id(), "account_id": account_id, "token_hash": link.digest, "expires_at": link.until}
    links.add(uow.connection, Purpose.RESET, [row], uow.now)
    return link
