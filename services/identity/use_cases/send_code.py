"""Sending a code to the mobile number of an account (G77, C5), braked for a person, a number and a crowd."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.account import Account
from services.identity.domain.bank_proof import standing_of
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.person import Phones
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.refusals import AlreadyCertified, NoMobile, PhoneRefused
from services.identity.steps.brake_sms import SmsFloor
from services.identity.steps.issue_code import Wanted, issue_code
from services.identity.storage import accounts


@dataclass(frozen=True)
class SendCode:
    """The owner of an account, at the client address `address`, wants a code on its number."""

    account_id: UUID
    address: str


def send_code(
    command: SendCode,
    *,
    uow: UnitOfWork,
    sealer: Sealer,
    hasher: Hasher,
    phones: Phones,
    lifetimes: Lifetimes,
    sms_floor: SmsFloor,
) -> dict[str, str]:
    """{masked}: the number as it is shown. The former code dies. TooManyAttempts (AA38) sends nothing."""
    account = accounts.lock(uow.connection, command.account_id)
    if account is None:
        raise NotFound
    wanted = Wanted(account, _number(account, phones, uow.now, lifetimes), command.address)
    return issue_code(wanted, uow=uow, sealer=sealer, hasher=hasher, lifetimes=lifetimes, sms_floor=sms_floor)


def _number(account: Account, phones: Phones, now: datetime, lifetimes: Lifetimes) -> str:
    if account.telephone_mobile is None:
        raise NoMobile
    if standing_of(account, lifetimes).fresh(now):
        raise AlreadyCertified
    if phones.mobile(account.telephone_mobile) is None:
        raise PhoneRefused(field="telephone_mobile")
    return account.telephone_mobile
