"""The operator's way in: whom identity awaits, compared with what delegation says, and repaired as its events would
have (decision 55)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.reconciled import MISSING, Lines, Said, Side, reconciled
from services.identity.domain.invitation import Awaited, Ended
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.following import Announced
from services.identity.storage import delegations, invitations
from services.identity.use_cases.follow_stated import follow_stated
from services.identity.use_cases.give_up import give_up


def reconcile_awaited(
    truth: Lines, *, repair: bool, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes
) -> Iterator[Mapping[str, Any]]:
    """A line for each delegation that stands here where it does not stand there; last, how many."""
    keep = partial(_keep, sealer=sealer, lifetimes=lifetimes)
    side = Side(delegations.held, _differs, keep, delegations.open_ids, _close)
    yield from reconciled(truth, side, repair=repair, units=units)


def _differs(row: Mapping[str, Any] | None, one: Said) -> Sequence[str]:
    state = one[1]
    want = _stands(state)
    if row is None:
        return [] if want is Awaited.OVER else [MISSING]
    # Who acted here is identified here first: delegation takes it from identity, or refuses it.
    fits = row["state"] == want or (row["state"] == Awaited.IDENTIFIED and want is Awaited.PENDING)
    owner = row["adherent_id"] == state["adherent"]["adherent_id"]
    return [name for name, same in (("state", fits), ("adherent_id", owner)) if not same]


def _stands(state: Mapping[str, Any]) -> Awaited:
    if state["closed_at"] or state["refused_at"]:
        return Awaited.OVER
    if state["confirmed_at"]:
        return Awaited.CONFIRMED
    return Awaited.IDENTIFIED if state["completed_at"] else Awaited.PENDING


def _keep(wrong: Sequence[Said], uow: UnitOfWork, *, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """As what delegation says again after a restore, or closes; what is held of the same version gives way."""
    delegations.doubt(uow.connection, [state["delegation_id"] for _, state in wrong])
    over = [one for one in wrong if _stands(one[1]) is Awaited.OVER]
    alive = [one for one in wrong if one not in over]
    follow_stated(Announced(alive), uow=uow, sealer=sealer, lifetimes=lifetimes)
    give_up(Announced(over), uow=uow)


def _close(ids: Sequence[UUID], uow: UnitOfWork) -> None:
    delegations.end_unknown(uow.connection, ids)
    invitations.end(uow.connection, list(ids), Ended.CLOSED, uow.now)
