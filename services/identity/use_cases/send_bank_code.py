"""Sending a code to the certified mobile of who asks for new bank details of an adhérent (G78, C8): it is bound to that
request, and braked as every code is (C5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.freshness import ensure_fresh
from contracts.words.bank_details import CodeFor
from services.identity.domain.bank_proof import usable_number
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Hasher, Sealer
from services.identity.steps.bank_details import bound_to
from services.identity.steps.brake_sms import SmsFloor
from services.identity.steps.issue_code import Wanted, issue_code
from services.identity.storage import accounts


@dataclass(frozen=True)
class SendBankCode:
    """Who asks, from which client address, when he last gave his password, and of which adhérent."""

    account_id: UUID
    address: str
    authenticated_at: datetime | None
    adherent_id: UUID


def send_bank_code(
    command: SendBankCode, *, uow: UnitOfWork, sealer: Sealer, hasher: Hasher, lifetimes: Lifetimes, sms_floor: SmsFloor
) -> dict[str, str]:
    """{masked}: the number as it is shown. The former code dies. What `usable_number` refuses, ReauthenticationNeeded,
    TooManyAttempts (AA38): then nothing is sent. Whether he administers the adhérent is delegation's to judge."""
    account = accounts.lock(uow.connection, command.account_id)
    if account is None:
        raise NotFound
    number = usable_number(account, uow.now, lifetimes)
    ensure_fresh(command.authenticated_at, uow.now)
    wanted = Wanted(account, number, command.address, bound_to(command.adherent_id), CodeFor.BANK_DETAILS)
    return issue_code(wanted, uow=uow, sealer=sealer, hasher=hasher, lifetimes=lifetimes, sms_floor=sms_floor)
