"""Keep what somebody is writing to the caisse, before he sends it."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from services.contact.domain.draft import lines
from services.contact.domain.refusals import DraftEnded
from services.contact.domain.rules import Rules
from services.contact.storage.accounts import lock_account
from services.contact.storage.drafts import keep_words
from services.contact.storage.ended_drafts import has_ended


@dataclass(frozen=True)
class WriteDraft:
    """`actor` is writing this about `adherent_id`, in the draft that his page was shown."""

    actor: UUID
    adherent_id: UUID
    objet: str
    message: str
    draft_id: UUID | None = None


def write_draft(command: WriteDraft, *, uow: UnitOfWork, rules: Rules) -> None:
    """The last that was typed stands. NotFound without access, DraftEnded when it was sent or given up.

    After the lock of who writes: what comes late comes after the end of its draft, and knows it.
    """
    lock_account(uow.connection, command.actor)
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    if has_ended(uow.connection, command.adherent_id, command.draft_id, actor=command.actor):
        raise DraftEnded
    until = rules.draft.until(uow.now)
    objet, message = lines(command.objet), lines(command.message)
    keep_words(uow.connection, command.adherent_id, objet, message, until, actor=command.actor)
