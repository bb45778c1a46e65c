"""Give up a message that was not sent."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from services.contact.storage.accounts import lock_account
from services.contact.storage.drafts import take_draft
from services.contact.storage.ended_drafts import has_ended, note_ended


@dataclass(frozen=True)
class ForgetDraft:
    """`actor` gives up what he was writing about `adherent_id`."""

    actor: UUID
    adherent_id: UUID
    draft_id: UUID | None = None


def forget_draft(command: ForgetDraft, *, uow: UnitOfWork) -> list[str]:
    """The storage names of its files, to be deleted; none when there was no draft, or when that one is over already:
    what is written after it stays. NotFound without access."""
    lock_account(uow.connection, command.actor)  # a file that comes at this moment comes before, or after
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    if has_ended(uow.connection, command.adherent_id, command.draft_id, actor=command.actor):
        return []
    note_ended(uow.connection, command.adherent_id, uow.now, actor=command.actor)
    return take_draft(uow.connection, command.adherent_id, actor=command.actor)
