"""Keep what somebody is writing to the caisse, before he sends it."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from services.contact.domain.draft import lines
from services.contact.domain.rules import Rules
from services.contact.storage.drafts import keep_words


@dataclass(frozen=True)
class WriteDraft:
    """`actor` is writing this about `adherent_id`."""

    actor: UUID
    adherent_id: UUID
    objet: str
    message: str


def write_draft(command: WriteDraft, *, uow: UnitOfWork, rules: Rules) -> None:
    """The last that was typed stands. NotFound without access."""
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    until = rules.draft.until(uow.now)
    objet, message = lines(command.objet), lines(command.message)
    keep_words(uow.connection, command.adherent_id, objet, message, until, actor=command.actor)
