"""Following what delegation says again after its database was restored (docs/decisions/0028).

What it forgot of a person is told to it once more: whoever acted before is identified, confirmed ones are active. Who
has an account and did not accept goes on being asked (docs/decisions/0023). Only somebody who never had a link gets
one: the others have theirs.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.invitation import Awaited
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.following import Announced, activate, expect, keep
from services.identity.steps.identify import identify
from services.identity.storage import accounts, delegations


def follow_stated(command: Announced, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Keep the states. None of them is over: what is over is not said again."""
    waiting = command.of(lambda state: not state["completed_at"])
    answered = delegations.answered(uow.connection, waiting.ids)
    expect(waiting, uow=uow, sealer=sealer, lifetimes=lifetimes)
    _identify_again(answered, uow)
    keep(command.of(_completed), Awaited.IDENTIFIED, uow)
    activate(command.of(lambda state: state["confirmed_at"] is not None), uow=uow)


def _identify_again(answered: Collection[UUID], uow: UnitOfWork) -> None:
    """Who was identified since the copy was made: delegation forgot it."""
    theirs = {row.account_id for row in delegations.pending(uow.connection, answered)}
    for account in accounts.lock_many(uow.connection, theirs).values():
        if account.known:
            identify(account, already_known=True, uow=uow, only=answered)


def _completed(state: Mapping[str, Any]) -> bool:
    return state["completed_at"] is not None and state["confirmed_at"] is None
