"""The bus way in: what delegation announces. Every listener takes batches: an import opens thousands of delegations."""

from collections.abc import Sequence

from backbone.events.cards import Event
from backbone.messaging.announcing import heard_all
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.following import Announced
from services.identity.storage import delegations
from services.identity.use_cases.activate_accounts import activate_accounts
from services.identity.use_cases.await_beneficiaries import await_beneficiaries
from services.identity.use_cases.follow_stated import follow_stated
from services.identity.use_cases.give_up import give_up
from services.identity.use_cases.give_up_unsaid import give_up_unsaid
from services.identity.use_cases.invite_again import InviteAgain, invite_again


@batch
def on_delegation_opened(events: Sequence[Event], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Invite whoever it is for (G40, T1)."""
    await_beneficiaries(_announced(events), uow=uow, sealer=sealer, lifetimes=lifetimes)


@batch
def on_invitation_requested(events: Sequence[Event], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Make new links; two requests of one batch for one delegation make one."""
    wanted = sorted({event.data["delegation_id"] for event in events})
    invite_again(InviteAgain(wanted), uow=uow, sealer=sealer, lifetimes=lifetimes)


@batch
def on_delegation_confirmed(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Activate the accounts (G52)."""
    activate_accounts(_announced(events), uow=uow)


@batch
def on_delegation_over(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Refused or closed: kill the links."""
    give_up(_announced(events), uow=uow)


@batch
def on_delegation_stated(events: Sequence[Event], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Said again as they stand: kept, and whoever was lost on the way is awaited, identified or activated now."""
    follow_stated(_announced(events), uow=uow, sealer=sealer, lifetimes=lifetimes)


def on_delegation_announced(event: Event, *, uow: UnitOfWork) -> None:
    """delegation said everything again: nothing else is awaited, and its links are dead."""
    epoch = heard_all(event, (delegations.AWAITED,), uow)
    if epoch is not None:
        give_up_unsaid(epoch, uow=uow)


def _announced(events: Sequence[Event]) -> Announced:
    return Announced([(event.order, event.data) for event in events])


LISTENS = {
    "delegation.opened.v1": on_delegation_opened,
    "invitation.requested.v1": on_invitation_requested,
    "delegation.confirmed.v1": on_delegation_confirmed,
    "delegation.refused.v1": on_delegation_over,
    "delegation.closed.v1": on_delegation_over,
    "delegation.stated.v1": on_delegation_stated,
    "delegation_state.announced.v1": on_delegation_announced,
}
