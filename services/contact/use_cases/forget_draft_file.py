"""Take a file out of the draft of a message."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from services.contact.storage.drafts import take_file


@dataclass(frozen=True)
class ForgetDraftFile:
    """`actor` does not want `file_id` in his message about `adherent_id` any more."""

    actor: UUID
    adherent_id: UUID
    file_id: UUID


def forget_draft_file(command: ForgetDraftFile, *, uow: UnitOfWork) -> str:
    """The storage name of its bytes, to be deleted. NotFound without access, or when it is not in his draft."""
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    name = take_file(uow.connection, command.adherent_id, command.file_id, actor=command.actor)
    if name is None:
        raise NotFound
    return name
