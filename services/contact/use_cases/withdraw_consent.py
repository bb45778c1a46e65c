"""Withdraw the consent given for a message: « je peux retirer mon consentement à tout moment » (G86).

What was done before stands, and so does the proof; from now on the link to the files is dead, and the caisse and the
sender are told.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.contact import CONSENT_WITHDRAWN
from contracts.rules.written import moment
from services.contact.domain.consent import version_of
from services.contact.domain.refusals import ConsentStale
from services.contact.storage.accounts import find_account
from services.contact.storage.adherents import find_adherent
from services.contact.storage.consents import add_withdrawal, own_consent
from services.contact.storage.messages import find_message


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
        raise ConsentStale(f"Ce consentement a déjà été retiré le {moment(withdrawn_at)}.")
    if command.version != version_of(False):
        raise ConsentStale
    if not add_withdrawal(uow.connection, command.message_id, text, uow.now, actor=command.actor):
        raise ConsentStale
    uow.record(CONSENT_WITHDRAWN, sequence=2, data=_announced(command, uow))


def _announced(command: WithdrawConsent, uow: UnitOfWork) -> dict[str, Any]:
    """The message as it was sent, and its sender as he is today: it is he who is told, wherever he reads his mail."""
    sent, files = find_message(uow.connection, command.message_id)
    now = find_account(uow.connection, command.actor) or sent
    about = find_adherent(uow.connection, sent.adherent_id)
    return {
        **{name: getattr(sent, name) for name in SAID},
        "adherent": {
            **{name: getattr(sent, name) for name in ("adherent_id", "caisse", "identifiant", "raison_sociale")},
            "siren": about.siren if about else "",
        },
        "sender": {name: getattr(now, name) for name in ("email", "nom", "prenom")},
        "files": files,
        "withdrawn_at": uow.now,
    }


SAID = ("message_id", "reference", "account_id", "caisse_nom", "caisse_email", "objet", "sent_at")
