"""The link that replaces a password: made for who forgot it, and for whose password was ended (G57, T5)."""

from datetime import datetime
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage import resets


def reset_link(account_id: UUID, uow: UnitOfWork, lifetimes: Lifetimes) -> tuple[str, datetime]:
    """A new link of this account, which is held; the former one dies. Its token, and until when it acts."""
    until, token = uow.now + lifetimes.reset, new_token()
    row = {"reset_id": new_id(), "account_id": account_id, "token_hash": digest(token), "expires_at": until}
    resets.add(uow.connection, [row], uow.now)
    return token, until
