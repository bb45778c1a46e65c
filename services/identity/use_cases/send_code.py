"""Sending a code to a mobile number (G50, G77, C5), braked for a person, a number and a crowd."""

from dataclasses import dataclass
from uuid import UUID

from backbone.errors import NotFound
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import MOBILE_CODE_ISSUED
from contracts.words.acts import Act
from services.identity.domain.account import Account
from services.identity.domain.certification import PER_ACCOUNT, PER_NUMBER, masked, new_code
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.person import Phones
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.refusals import AlreadyCertified, NoMobile, PhoneRefused, TooManyAttempts
from services.identity.steps import security
from services.identity.steps.brake_sms import SmsFloor, brake_sms
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, codes, counters


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
    number = _number(account, phones)
    _count(account.account_id, number, uow)
    brake_sms(account, number, command.address, uow=uow, sms_floor=sms_floor)
    code, code_id, until = new_code(), new_id(), uow.now + lifetimes.code
    row = {"code_id": code_id, "account_id": account.account_id, "number": number}
    codes.add(uow.connection, {**row, "code_hash": hasher.hash(code), "expires_at": until}, uow.now)
    data = {
        "code_id": code_id,
        "account_id": account.account_id,
        "telephone_mobile": number,
        "expires_at": until,
        "sealed": sealer.seal({"code": code}),
    }
    uow.record(MOBILE_CODE_ISSUED, sequence=1, data=data)
    remember(account.account_id, Act.CODE_SENT, uow)
    security.note(security.SMS_SENT, account=account.account_id)
    return {"masked": masked(number)}


def _number(account: Account, phones: Phones) -> str:
    if account.telephone_mobile is None:
        raise NoMobile
    if account.mobile_certified_at is not None:
        raise AlreadyCertified
    if phones.mobile(account.telephone_mobile) is None:
        raise PhoneRefused(field="telephone_mobile")
    return account.telephone_mobile


def _count(account_id: UUID, number: str, uow: UnitOfWork) -> None:
    for kind, value, windows in (("sms-account", str(account_id), PER_ACCOUNT), ("sms-number", number, PER_NUMBER)):
        pause = counters.count(uow.connection, kind, value, windows, uow.now)
        if pause:
            security.note(security.RATE_EXCEEDED, failed=True, account=account_id, purpose=kind)
            raise TooManyAttempts(pause)
