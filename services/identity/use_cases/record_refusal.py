"""A refusal remembered for the owner of an account who is logged in: what refused it was undone, this is not."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.steps.remembering import remember


@dataclass(frozen=True)
class RecordRefusal:
    """`act` was refused to whoever is logged in with this account."""

    account_id: UUID
    act: Act


def record_refusal(command: RecordRefusal, *, uow: UnitOfWork) -> None:
    """Its owner finds it among the acts of the account."""
    remember(command.account_id, command.act, uow)
