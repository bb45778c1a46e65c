"""Giving back the code of a request for new bank details (G78): delegation is told that its owner proved himself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.errors import NotFound
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.freshness import ensure_fresh
from contracts.events.bank_details import BANK_PROOF_GIVEN
from contracts.words.acts import Act
from services.identity.domain.bank_proof import usable_number
from services.identity.domain.certification import read_code
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import CodeUnreadable
from services.identity.steps import security
from services.identity.steps.bank_details import bound_to
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, bank_proofs, codes


@dataclass(frozen=True)
class ProveForBankDetails:
    """Who, when he last gave his password, of which adhérent, and the code as it was typed."""

    account_id: UUID
    authenticated_at: datetime | None
    adherent_id: UUID
    code: str

    def __repr__(self) -> str:
        return "ProveForBankDetails(***)"


def prove_for_bank_details(
    command: ProveForBankDetails, *, uow: UnitOfWork, hasher: Hasher, lifetimes: Lifetimes
) -> dict[str, bool]:
    """{proved}: False for any code that is not the live one of this request. It is no exception: the try it used must
    be kept. CodeUnreadable, what `usable_number` refuses and ReauthenticationNeeded cost no try."""
    code = read_code(command.code)
    if code is None:
        raise CodeUnreadable
    account = accounts.lock(uow.connection, command.account_id)
    if account is None:
        raise NotFound
    number = usable_number(account, uow.now, lifetimes)
    ensure_fresh(command.authenticated_at, uow.now)
    live = codes.take_try(uow.connection, account.account_id, uow.now, bound_to(command.adherent_id))
    if live is None or live.number != number or not hasher.verify(live.code_hash, code):
        security.note(Act.CODE_REFUSED, failed=True, account=account.account_id)
        remember(account.account_id, Act.CODE_REFUSED, uow)
        return {"proved": False}
    codes.end(uow.connection, account.account_id, uow.now)
    _given(account.account_id, command.adherent_id, uow)
    return {"proved": True}


def _given(account_id: UUID, adherent_id: UUID, uow: UnitOfWork) -> None:
    proof_id = new_id()
    bank_proofs.add(uow.connection, proof_id, account_id, adherent_id, uow.now)
    data = {"proof_id": proof_id, "account_id": account_id, "adherent_id": adherent_id, "proved_at": uow.now}
    uow.record(BANK_PROOF_GIVEN, sequence=1, data=data)
    remember(account_id, Act.BANK_PROVED, uow)
    security.note(Act.BANK_PROVED, account=account_id)
