"""The job that certifies addresses again (G54): told ahead, suspended when the time is over."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.words.acts import Act
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.domain.recertification import Terms
from services.identity.steps.certifying import make_links, tell_certified
from services.identity.steps.ending_sessions import end_sessions
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, certifications

BATCH = 200


@in_lane(Lane.BULK)
def recertify(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Suspend those whose time is over, tell those whose time comes, with a link each; how many got one."""

    def suspend(over: Sequence[Any], uow: UnitOfWork) -> int:
        for row in over:
            _suspend(row.account_id, uow)
        make_links(over, uow, sealer, Terms(uow.now, lifetimes), suspended=True)
        return len(over)

    def tell(due: Sequence[Any], uow: UnitOfWork) -> int:
        make_links(due, uow, sealer, Terms(uow.now, lifetimes), suspended=False)
        return len(due)

    def of(read: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
        return lambda uow, limit, beside: read(uow.connection, Terms(uow.now, lifetimes), limit, beside)

    over = Rows("recertify", of(certifications.to_suspend), suspend, attrgetter("account_id"))
    due = Rows("recertify", of(certifications.to_announce), tell, attrgetter("account_id"))
    return sum(in_batches(rows, units=units, batch=BATCH) for rows in (over, due))


def _suspend(account_id: UUID, uow: UnitOfWork) -> None:
    end_sessions(account_id, uow)
    remember(account_id, Act.SUSPENDED, uow)
    tell_certified(accounts.change(uow.connection, account_id, status=Status.DESACTIVE), uow)
