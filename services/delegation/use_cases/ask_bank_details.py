"""An administrator proved himself to give new bank details of his company (G78): all of its administrators are told,
and it waits, so that any of them can cancel it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.bank_details import BANK_DETAILS_ASKED
from services.delegation.domain.bank_request import LIVE, BankRequest, times
from services.delegation.settings import Settings
from services.delegation.steps.bank_details import note, serving, told
from services.delegation.storage import bank_requests, delegations
from services.delegation.storage.journal import Act

WHEN = ("asked_at", "opens_at", "closes_at")


@dataclass(frozen=True)
class Proof:
    """Who proved himself, for which adhérent."""

    proof_id: UUID
    account_id: UUID
    adherent_id: UUID


def ask_bank_details(proofs: Sequence[Proof], *, uow: UnitOfWork, settings: Settings) -> None:
    """Ask for each. Nothing happens for who does not administer the company today, for a proof that ended meanwhile,
    and for who has a request that waits or is open: two are one. The delay begins when the others are told of it."""
    delegations.lock(uow.connection, {one.adherent_id for one in proofs})
    for one in proofs:
        _ask(one, uow, settings)


def _ask(proof: Proof, uow: UnitOfWork, settings: Settings) -> None:
    day = paris_day(uow.now)
    mine = [one for one in serving(uow, proof.adherent_id, day) if one.beneficiary.account_id == proof.account_id]
    if not mine or bank_requests.was_ended(uow.connection, proof.proof_id):
        return
    before = bank_requests.of_adherent(uow.connection, proof.adherent_id)
    known = [one for one in before if one.account_id == proof.account_id]
    states = bank_requests.states(uow.connection, known, uow.now)
    if any(one.id == proof.proof_id or states[one.id] in LIVE for one in known):
        return
    delay, lasts = timedelta(hours=settings.bank_details_hours), timedelta(days=settings.bank_details_days)
    when = times(uow.now, delay, lasts)
    new = BankRequest(proof.proof_id, proof.adherent_id, mine[0].id, proof.account_id, *when)
    bank_requests.add(uow.connection, new)
    asker = note(uow, new, Act.COORDONNEES_DEMANDEES)
    asked = dict(zip(WHEN, when, strict=True))
    uow.record(BANK_DETAILS_ASKED, sequence=1, data={**told(uow, new, asker, day), **asked})
