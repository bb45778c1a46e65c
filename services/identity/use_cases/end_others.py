"""Ending the other sessions of an account, or all of them (ASVS 7.4)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.steps.ending_sessions import end_sessions
from services.identity.steps.remembering import remember


@dataclass(frozen=True)
class EndOthers:
    """An account ends its sessions but `kept`; all when that is None."""

    account_id: UUID
    kept: UUID | None = None


def end_others(command: EndOthers, *, uow: UnitOfWork) -> None:
    """End them, if there are any."""
    if end_sessions(command.account_id, uow, but=command.kept):
        remember(command.account_id, Act.OTHERS_ENDED, uow)
