"""Withdraw the consent given for a message: « je peux retirer mon consentement à tout moment » (G86).

What was done before stands, and so does the proof; from now on the link to the files is dead.
"""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import PARIS
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.contact.domain.consent import version_of
from services.contact.domain.refusals import ConsentStale
from services.contact.storage.consents import add_withdrawal, own_consent


@dataclass(frozen=True)
class WithdrawConsent:
    """`actor` withdraws his consent for `message_id`, of which he was shown `version`."""

    actor: UUID
    message_id: UUID
    version: int


def withdraw_consent(command: WithdrawConsent, *, uow: UnitOfWork) -> None:
    """Write it in the ledger, once. NotFound when it is not the actor's, ConsentStale when it is not as shown."""
    ledger = own_consent(uow.connection, command.message_id, actor=command.actor)
    if ledger is None:
        raise NotFound
    text, withdrawn_at = ledger
    if withdrawn_at is not None:
        raise ConsentStale(f"Ce consentement a déjà été retiré le {withdrawn_at.astimezone(PARIS):%d/%m/%Y à %H:%M}.")
    if command.version != version_of(False):
        raise ConsentStale
    if not add_withdrawal(uow.connection, command.message_id, text, uow.now, actor=command.actor):
        raise ConsentStale
