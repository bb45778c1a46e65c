"""A person opened functions of an adhérent: once a day is what is counted (G69, docs/decisions/0050)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.uses import counted, forgotten_before
from services.delegation.settings import Settings
from services.delegation.storage import delegations, uses


@dataclass(frozen=True)
class RecordUses:
    """Who opened what, where."""

    actor: UUID | None
    adherent_id: UUID
    codes: Sequence[str]


def record_uses(command: RecordUses, *, uow: UnitOfWork, settings: Settings) -> None:
    """Keep that they were used today, as far as he may use them today. NotFound without access (AA22)."""
    day = paris_day(uow.now)
    held = delegations.holder(uow.connection, command.actor, command.adherent_id, day)
    codes = counted(command.codes, held.effective.scope)
    if codes and command.actor:
        theirs = (command.actor, command.adherent_id, codes)
        uses.note(uow.connection, *theirs, day, uow.now)
        uses.forget(uow.connection, *theirs, forgotten_before(day, settings.uses_half_life_days))
