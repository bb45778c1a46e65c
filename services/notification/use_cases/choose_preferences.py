"""Choose what one is written about, and how often, for one adhérent or for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from contracts.words.preferences import Rhythm, Subject
from services.notification.domain.digest import EVERY
from services.notification.storage import preferences


@dataclass(frozen=True)
class ChoosePreferences:
    """`actor` wants these rhythms for `adherent_id`; None: for all, those of tomorrow too."""

    actor: UUID
    adherent_id: UUID | None
    rhythms: Mapping[Subject, Rhythm]


def choose_preferences(command: ChoosePreferences, *, uow: UnitOfWork) -> None:
    """Keep them. NotFound for an adhérent that is not open to the actor today (AA22)."""
    if command.adherent_id is not None:
        require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    of = command.adherent_id or EVERY
    preferences.choose(uow.connection, command.actor, of, command.rhythms, uow.now)
