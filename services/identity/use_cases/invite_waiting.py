"""The job that makes the links whose time has come."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.welcome import hold, welcome
from services.identity.storage import delegations

BATCH = 200


def invite_waiting(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Make the links whose time has come: a limit's window opened, an address is free again; how many were due."""

    def act(ids: Sequence[UUID], uow: UnitOfWork) -> int:
        _welcome_due(ids, uow, sealer, lifetimes)
        return len(ids)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[UUID]:
        return delegations.due(uow.connection, uow.now, limit, beside)

    return in_batches(Rows("invite_waiting", due, act, lambda id: id), units=units, batch=BATCH)


def _welcome_due(ids: Sequence[UUID], uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    reserved = hold(ids, uow)
    welcome(delegations.still_due(uow.connection, ids, uow.now), reserved, uow=uow, sealer=sealer, lifetimes=lifetimes)
