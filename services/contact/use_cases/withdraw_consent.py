"""Withdraw the consent given for a message: « je peux retirer mon consentement à tout moment » (G86).

What was done before stands, and so does the proof; from now on the link to the files is dead.
"""

from dataclasses import dataclass
from uuid import UUID

from backbone.errors import NotFound
from backbone.unit_of_work import UnitOfWork
from services.contact import storage


@dataclass(frozen=True)
class WithdrawConsent:
    """`actor` withdraws his consent for `message_id`."""

    actor: UUID
    message_id: UUID


def withdraw_consent(command: WithdrawConsent, *, uow: UnitOfWork) -> None:
    """Write it in the ledger, once. NotFound when the message is not the actor's."""
    version = storage.own_consent(uow.connection, command.message_id, actor=command.actor)
    if version is None:
        raise NotFound
    storage.add_withdrawal(uow.connection, command.message_id, version, uow.now, actor=command.actor)
