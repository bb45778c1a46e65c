"""A new link for a beneficiary who has not completed his account; the former link dies (C4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backbone.errors import retry_after
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import INVITATION_REQUESTED
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.invitation import NOTHING_YET, REMEMBERED, wait
from services.delegation.domain.refusals import AskedTooOftenRefused
from services.delegation.settings import Settings
from services.delegation.steps.deciding import decide
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage import delegations, invitations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class RequestInvitation:
    """For which delegation, who asks, and the version that he was shown."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int


def request_invitation(command: RequestInvitation, *, uow: UnitOfWork, settings: Settings) -> None:
    """Ask identity for a new link. AA52; Conflict if none is needed; 429 with its time while one more would be too many
    for the address, whoever asked for the others (C4, M6, K6)."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_shown(uow, decision, command.version)
    target = decision.target
    target.ensure_to_invite(decision.day)
    _ensure_may_leave(uow, target, timedelta(seconds=settings.invitation_pause_seconds))
    again = target.reinvited(uow.now)
    delegations.save(uow.connection, [again], act=Act.INVITATION, author=Author.of(decision.actor), at=uow.now)
    wanted = {"delegation_id": again.id, "email": again.beneficiary.email}
    uow.record(INVITATION_REQUESTED, sequence=again.sequence, data=wanted)


def _ensure_may_leave(uow: UnitOfWork, target: Delegation, pause: timedelta) -> None:
    asked = invitations.asked_since(uow.connection, target, uow.now - REMEMBERED)
    standing = invitations.standings(uow.connection, [target.id]).get(target.id, NOTHING_YET)
    ends = (target.reinvited_at and target.reinvited_at + pause, standing.next_at)
    longest = max(wait(asked, uow.now), *(_until(end, uow.now) for end in ends))
    if longest:
        raise AskedTooOftenRefused(headers=retry_after(longest))


def _until(end: datetime | None, now: datetime) -> timedelta:
    return max(end - now, timedelta()) if end else timedelta()
