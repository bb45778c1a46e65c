"""Who administers a delegation has it attested; the journal says who asked, and for whom (D18)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import may_see
from services.delegation.steps.attesting import attest
from services.delegation.storage import delegations
from services.delegation.storage.journal import Author


@dataclass(frozen=True)
class IssueAttestation:
    """Of which delegation, and who asks."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID


def issue_attestation(command: IssueAttestation, *, uow: UnitOfWork) -> None:
    """The one of the delegation as it is now: whoever sees its page may have it. NotFound for what he does not see
    (AA22), AccessRefused for who does not administer (AA26), NothingToAttestRefused."""
    delegations.lock(uow.connection, [command.adherent_id])
    actor = delegations.administrator(uow.connection, command.actor, command.adherent_id, paris_day(uow.now))
    target = delegations.find(uow.connection, command.adherent_id, command.delegation_id)
    if not may_see(actor, target, delegations.ancestors(uow.connection, target)):
        raise NotFound
    attest(uow, target, Author.of(actor))
