"""The job that knows whose refused logins were: their owners find them among the acts of their accounts, and are told
of a series by mail."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.words.acts import Act
from services.identity.domain.account import Account
from services.identity.domain.throttle import FREE_FAILURES
from services.identity.domain.whereabouts import Where
from services.identity.steps.attempts import login_key
from services.identity.steps.noticing import tell_refused
from services.identity.storage import accounts, activity, counters

BATCH = 200


def tell_refused_logins(*, units: Callable[[], UnitOfWork]) -> int:
    """Remember the refusals that were noted for addresses that have an account; how many were noted at all."""

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        noted = activity.take_refused(uow.connection, [row.refusal_id for row in rows])
        by_address = defaultdict[str, list[Any]](list)
        for row in noted:
            by_address[row.email_key].append(row)
        for account in accounts.lock_by_keys(uow.connection, by_address) if by_address else ():
            if account.known:
                _remember(account, by_address[account.email_key], uow)
        return len(noted)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return activity.refused(uow.connection, limit, beside)

    return in_batches(Rows("tell_refused_logins", due, act, attrgetter("refusal_id")), units=units, batch=BATCH)


def _remember(account: Account, rows: Sequence[Any], uow: UnitOfWork) -> None:
    """Each refusal as it was; that logins wait now, if they do, which is told to the owner by mail."""
    acts = [(account.account_id, Act.LOGIN_REFUSED, Where(row.browser, row.address), row.refused_at) for row in rows]
    throttle = counters.lock(uow.connection, login_key(account.email))
    if throttle.pause(uow.now):
        acts.append((account.account_id, Act.LOGIN_LOCKED, acts[-1][2], acts[-1][3]))
    if throttle.failures >= FREE_FAILURES:
        tell_refused(account, throttle.failures, acts[-1][3], uow)
    activity.add(uow.connection, acts)
