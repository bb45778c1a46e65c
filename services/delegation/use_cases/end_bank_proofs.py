"""The mobile, the password or the address of who asked for new bank details changed (G78): what he asked is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.bank_request import LIVE
from services.delegation.steps.bank_details import note
from services.delegation.storage import bank_requests, delegations
from services.delegation.storage.journal import CHANGED_ACCOUNT, Act


@dataclass(frozen=True)
class EndedProof:
    """Which proof, what changed, and when."""

    proof_id: UUID
    reason: str
    ended_at: datetime


def end_bank_proofs(ended: Sequence[EndedProof], *, uow: UnitOfWork) -> None:
    """Keep that each ended, also of one that was not heard of yet; the journal says it of a request that lived."""
    known = [bank_requests.find(uow.connection, one.proof_id) for one in ended]
    delegations.lock(uow.connection, {one.adherent_id for one in known if one})
    for one in ended:
        _end(one, uow)


def _end(one: EndedProof, uow: UnitOfWork) -> None:
    request = bank_requests.find(uow.connection, one.proof_id)  # as it is now that its adhérent is held
    lived = request and bank_requests.states(uow.connection, [request], uow.now)[request.id] in LIVE
    news = bank_requests.note_ended(uow.connection, one.proof_id, one.reason, one.ended_at)
    if request and lived and news:
        note(uow, request, Act.COORDONNEES_FERMEES, CHANGED_ACCOUNT)
