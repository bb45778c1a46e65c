"""A new link for a beneficiary who has not completed his account; the former link dies (C4)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from backbone.unit_of_work import UnitOfWork
from contracts.delegation import INVITATION_REQUESTED
from services.delegation.domain.errors import TooManyInvitationsRefused
from services.delegation.settings import Settings
from services.delegation.storage import delegations
from services.delegation.storage.journal import Act, Author
from services.delegation.use_cases.deciding import decide
from services.delegation.use_cases.shown import ensure_shown


@dataclass(frozen=True)
class RequestInvitation:
    """For which delegation, who asks, and the version that he was shown."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int


def request_invitation(command: RequestInvitation, *, uow: UnitOfWork, settings: Settings) -> None:
    """Ask identity for a new link. AA52; Conflict if none is needed, 429 if one was asked for a moment ago."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_shown(uow, decision, command.version)
    target = decision.target
    target.ensure_to_invite(decision.day)
    pause = timedelta(seconds=settings.invitation_pause_seconds)
    if target.reinvited_at and uow.now < target.reinvited_at + pause:
        wait = target.reinvited_at + pause - uow.now
        raise TooManyInvitationsRefused(headers={"Retry-After": str(int(wait.total_seconds()) + 1)})
    again = target.reinvited(uow.now)
    delegations.save(uow.connection, [again], act=Act.INVITATION, author=Author.of(decision.actor), at=uow.now)
    wanted = {"delegation_id": again.id, "email": again.beneficiary.email}
    uow.record(INVITATION_REQUESTED, sequence=again.sequence, data=wanted)
