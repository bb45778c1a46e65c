"""A dead link asks for a new one: the request only notes it; a job, woken by it, answers to those that were ours.

So a link that was ours and one that somebody made up cost the same and answer the same (M2, ASVS 6.3.8).
"""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.link import Purpose
from services.identity.steps.limiting import count_address
from services.identity.storage import renewals

WAKE = "renewed_links"


@dataclass(frozen=True)
class AskRenewal:
    """The holder of a dead link, at the client address `address`, asks for a new one."""

    purpose: Purpose
    token: str
    address: str

    def __repr__(self) -> str:
        return f"AskRenewal({self.purpose}, ***)"


def ask_renewal(command: AskRenewal, *, uow: UnitOfWork) -> None:
    """Note it. TooManyAttempts (M6) for one client address that asks without end."""
    count_address("renew-ip", command.address, uow)
    renewals.ask(uow.connection, command.purpose, digest(command.token), uow.now)
    uow.wake(WAKE)
