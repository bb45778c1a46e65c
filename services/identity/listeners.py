"""The bus way in: what delegation announces. Every listener takes batches: an import opens thousands of delegations."""

from collections.abc import Sequence

from backbone.events import Event
from backbone.listening import batch
from backbone.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.use_cases.follow_delegations import Announced, activate_accounts, await_beneficiaries, give_up
from services.identity.use_cases.invite_again import InviteAgain, invite_again
from services.identity.use_cases.ports import Sealer


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


def _announced(events: Sequence[Event]) -> Announced:
    return Announced([(event.sequence, event.data) for event in events])


LISTENS = {
    "delegation.opened.v1": on_delegation_opened,
    "invitation.requested.v1": on_invitation_requested,
    "delegation.confirmed.v1": on_delegation_confirmed,
    "delegation.refused.v1": on_delegation_over,
    "delegation.closed.v1": on_delegation_over,
}
