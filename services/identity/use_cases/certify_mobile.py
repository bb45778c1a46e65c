"""Certifying a mobile number (G50, G77, C5): its owner gives back the code that went out by SMS."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import ACCOUNT_UPDATED
from contracts.words.acts import Act
from services.identity.domain.certification import Answered, read_code
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import CodeUnreadable
from services.identity.steps import security
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, codes


@dataclass(frozen=True)
class CertifyMobile:
    """The code as it was typed."""

    account_id: UUID
    code: str

    def __repr__(self) -> str:
        return "CertifyMobile(***)"


def certify_mobile(command: CertifyMobile, *, uow: UnitOfWork, hasher: Hasher) -> Answered:
    """{certified}: False for any code that is not the live one. It is no exception: the try it used must be kept.
    {left}: the tries that a live code has still.

    CodeUnreadable for what has not six digits, which costs no try.
    """
    code = read_code(command.code)
    if code is None:
        raise CodeUnreadable
    account = accounts.lock(uow.connection, command.account_id)
    live = codes.take_try(uow.connection, command.account_id, uow.now) if account else None
    right = live is not None and hasher.verify(live.code_hash, code)
    if not account or not live or not right or live.number != account.telephone_mobile:
        security.note(security.SMS_FAIL, failed=True, account=command.account_id)
        if account:
            remember(account.account_id, Act.CODE_REFUSED, uow)
        return {"certified": False, "left": live.left if live else None}
    codes.end(uow.connection, account.account_id, uow.now)
    changed = accounts.certify_mobile(
        uow.connection, account.account_id, uow.now, again=account.mobile_certified_at is not None
    )
    if changed:
        remember(changed.account_id, Act.MOBILE_CERTIFIED, uow)
        uow.record(ACCOUNT_UPDATED, sequence=changed.version, data=changed.state())
    return {"certified": True, "left": None}
