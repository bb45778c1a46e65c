"""« Mot de passe oublié ? » (G57): the request only notes the address; a job, woken by it, writes to those we know.

So known and unknown addresses cost the same and answer the same, in every respect (M2, AA4, ASVS 6.3.8). Who was
invited and has no password to forget gets a link of his own that opens his account: who invited him is not told (K14).
"""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.address import fold
from services.identity.steps.limiting import count_address
from services.identity.storage import resets

WAKE = "password_resets"


@dataclass(frozen=True)
class AskReset:
    """Somebody at `address` says he forgot the password of `email`."""

    email: str
    address: str


def ask_reset(command: AskReset, *, uow: UnitOfWork) -> None:
    """Note it. TooManyAttempts (M6) for one client address that asks without end."""
    count_address("reset-ip", command.address, uow)
    resets.ask(uow.connection, fold(command.email), uow.now)
    uow.wake(WAKE)
