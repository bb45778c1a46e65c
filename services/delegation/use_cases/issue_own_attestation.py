"""A beneficiary has his own delegation attested; the journal says so (D18)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.attesting import attest
from services.delegation.steps.holding import decide_own
from services.delegation.storage.journal import Author


@dataclass(frozen=True)
class IssueOwnAttestation:
    """Of which delegation, whose it is."""

    actor: UUID | None
    delegation_id: UUID


def issue_own_attestation(command: IssueOwnAttestation, *, uow: UnitOfWork) -> None:
    """The one of the delegation as it is now. NotFound for another one's (AA22), NothingToAttestRefused."""
    mine = decide_own(uow, command.actor, command.delegation_id).target
    attest(uow, mine, Author.of(mine))
