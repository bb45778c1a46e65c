"""What somebody proved for new bank details is worth nothing once his account changed (G78): said to delegation, in the
transaction of the change."""

from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.bank_details import BANK_PROOF_ENDED
from contracts.words.acts import Act
from contracts.words.bank_details import Spoiled
from services.identity.steps.remembering import remember
from services.identity.storage import bank_proofs


def end_proofs(account_id: UUID, reason: Spoiled, uow: UnitOfWork) -> None:
    """End what the account proved; nothing where it proved nothing."""
    ended = bank_proofs.end(uow.connection, account_id, reason, uow.now)
    for row in ended:
        data = {"proof_id": row.proof_id, "account_id": account_id, "reason": reason, "ended_at": uow.now}
        uow.record(BANK_PROOF_ENDED, sequence=2, data=data)
    if ended:
        remember(account_id, Act.BANK_SPOILED, uow)
