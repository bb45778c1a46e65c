"""Giving back the code that was sent to the number typed on the page that completes an account (G50, C5)."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.words.acts import Act
from services.identity.domain.certification import Answered, read_code
from services.identity.domain.link import Purpose
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import CodeUnreadable
from services.identity.steps import security
from services.identity.steps.links import dead, opened
from services.identity.steps.remembering import remember
from services.identity.storage import codes


@dataclass(frozen=True)
class CertifyByLink:
    """The link, and the code as it was typed."""

    token: str
    code: str

    def __repr__(self) -> str:
        return "CertifyByLink(***)"


def certify_by_link(command: CertifyByLink, *, uow: UnitOfWork, hasher: Hasher) -> Answered:
    """{certified}: False for any code that is not the live one of this link; {left}: the tries that a live one has
    still. It is no exception: the try it used must be kept. The number is written to the account when that is completed
    with it. CodeUnreadable costs no try; LinkDead (M3)."""
    code = read_code(command.code)
    if code is None:
        raise CodeUnreadable
    _, account = opened(Purpose.INVITATION, command.token, uow)
    if account.known:
        raise dead(Purpose.INVITATION)
    live = codes.take_try(uow.connection, account.account_id, uow.now, digest(command.token))
    if live is None or not hasher.verify(live.code_hash, code):
        security.note(Act.CODE_REFUSED, failed=True, account=account.account_id)
        remember(account.account_id, Act.CODE_REFUSED, uow)
        return {"certified": False, "left": live.left if live else None}
    codes.prove(uow.connection, live.code_id, uow.now)
    remember(account.account_id, Act.MOBILE_CERTIFIED, uow)
    return {"certified": True, "left": None}
