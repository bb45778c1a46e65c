"""Making an SMS code and sending it (G50, G77, G78, C5), for whoever may have one: limits first, then one live code."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import MOBILE_CODE_ISSUED
from contracts.rules.written import masked_phone
from contracts.words.acts import Act
from contracts.words.bank_details import CodeFor
from services.identity.domain.account import Account
from services.identity.domain.certification import PER_ACCOUNT, PER_NUMBER, new_code
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.refusals import TooManyAttempts
from services.identity.steps import security
from services.identity.steps.brake_sms import SmsFloor, brake_sms
from services.identity.steps.remembering import remember
from services.identity.storage import codes, counters

SENT = {CodeFor.CERTIFICATION: Act.CODE_SENT, CodeFor.BANK_DETAILS: Act.BANK_CODE_SENT}


class Wanted(NamedTuple):
    """A code for `number`, asked from the client `address`; `link`: the digest of what it is bound to, if anything."""

    account: Account
    number: str
    address: str
    link: str | None = None
    purpose: CodeFor = CodeFor.CERTIFICATION


def issue_code(
    wanted: Wanted, *, uow: UnitOfWork, sealer: Sealer, hasher: Hasher, lifetimes: Lifetimes, sms_floor: SmsFloor
) -> dict[str, str]:
    """{masked}: the number as it is shown. The former code dies. TooManyAttempts (AA38) sends nothing."""
    account_id = wanted.account.account_id
    _count(account_id, wanted.number, uow)
    brake_sms(wanted.account, wanted.number, wanted.address, uow=uow, sms_floor=sms_floor)
    code, code_id, until = new_code(), new_id(), uow.now + lifetimes.code
    row: Mapping[str, Any] = {"code_id": code_id, "account_id": account_id, "number": wanted.number}
    kept = {**row, "link": wanted.link, "code_hash": hasher.hash(code), "expires_at": until}
    codes.add(uow.connection, kept, uow.now)
    data = {
        "code_id": code_id,
        "account_id": account_id,
        "telephone_mobile": wanted.number,
        "expires_at": until,
        "sealed": sealer.seal({"code": code}),
        "purpose": wanted.purpose,
    }
    uow.record(MOBILE_CODE_ISSUED, sequence=1, data=data)
    remember(account_id, SENT[wanted.purpose], uow)
    security.note(security.SMS_SENT, account=account_id)
    return {"masked": masked_phone(wanted.number)}


def _count(account_id: UUID, number: str, uow: UnitOfWork) -> None:
    for kind, value, windows in (("sms-account", str(account_id), PER_ACCOUNT), ("sms-number", number, PER_NUMBER)):
        pause = counters.count(uow.connection, kind, value, windows, uow.now)
        if pause:
            security.note(security.RATE_EXCEEDED, failed=True, account=account_id, purpose=kind)
            raise TooManyAttempts(pause)
