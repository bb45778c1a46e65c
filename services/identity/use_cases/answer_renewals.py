"""The job that answers dead links: those that were ours get a new one, in the same mailbox (M2)."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.identity.domain.invitation import FORGETFUL, renewable
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.domain.ports import Sealer
from services.identity.steps.certifying import remind_of
from services.identity.steps.invite_oneself import invite_themselves
from services.identity.steps.welcome import welcome_again
from services.identity.storage import accounts, links, renewals


def answer_renewals(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Answer what was noted, a transaction each: a request holds its own account alone. How many there were."""

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        mine = [row for row in rows if renewals.take(uow.connection, row.request_id)]
        for row in mine:
            _answer(Purpose(row.link), row.token_hash, uow, sealer, lifetimes)
        return len(mine)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return renewals.asked(uow.connection, limit, beside)

    return in_batches(Rows("answer_renewals", due, act, attrgetter("request_id")), units=units, batch=1)


def _answer(purpose: Purpose, token_hash: str, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    renew = _renew_invitation if purpose is Purpose.INVITATION else _renew_certification
    renew(token_hash, uow, sealer, lifetimes)


def _renew_invitation(token_hash: str, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """If the link was ever ours and its delegation still waits: or any other, when the person had asked for it himself
    (G43, AA7)."""
    found = links.known(uow.connection, Purpose.INVITATION, token_hash)
    if not found or not renewable(found.ended_by, found.share):
        return
    if found.share == FORGETFUL:
        account = accounts.lock(uow.connection, found.account_id)
        invite_themselves([account] if account else [], uow=uow, sealer=sealer, lifetimes=lifetimes)
    else:
        welcome_again([found.delegation_id], uow=uow, sealer=sealer, lifetimes=lifetimes)


def _renew_certification(token_hash: str, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """If a link is of use to its account (G54)."""
    found = links.known(uow.connection, Purpose.CERTIFICATION, token_hash)
    if found:
        remind_of(found.account_id, uow=uow, sealer=sealer, lifetimes=lifetimes)
