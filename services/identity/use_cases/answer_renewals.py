"""The job that answers dead links: those that were ours get a new one, in the same mailbox (M2)."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.domain.renewal import Link
from services.identity.storage import renewals
from services.identity.use_cases.renew_certification import RenewCertification, renew_certification
from services.identity.use_cases.renew_invitation import RenewInvitation, renew_invitation


def answer_renewals(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Answer what was noted, a transaction each: a request holds its own account alone. How many there were."""

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        mine = [row for row in rows if renewals.take(uow.connection, row.request_id)]
        for row in mine:
            _answer(Link(row.link), row.token_hash, uow, sealer, lifetimes)
        return len(mine)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return renewals.asked(uow.connection, limit, beside)

    return in_batches(Rows("answer_renewals", due, act, attrgetter("request_id")), units=units, batch=1)


def _answer(link: Link, token_hash: str, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    if link is Link.INVITATION:
        renew_invitation(RenewInvitation(token_hash), uow=uow, sealer=sealer, lifetimes=lifetimes)
    else:
        renew_certification(RenewCertification(token_hash), uow=uow, sealer=sealer, lifetimes=lifetimes)
