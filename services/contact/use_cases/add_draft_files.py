"""Add files that are already kept to the draft of a message."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import StoreAway
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from contracts.words.statuses import Scan
from services.contact.domain.files import StoredFile
from services.contact.domain.ports import Antivirus
from services.contact.domain.refusals import DraftEnded
from services.contact.domain.rules import Rules
from services.contact.domain.scan import WAKE, state
from services.contact.storage.accounts import lock_account
from services.contact.storage.drafts import add_files, bytes_kept, files_of, keep_open
from services.contact.storage.ended_drafts import has_ended


@dataclass(frozen=True)
class AddDraftFiles:
    """`actor` chose `files` for his message about `adherent_id`."""

    actor: UUID
    adherent_id: UUID
    files: tuple[StoredFile, ...]
    draft_id: UUID | None = None


def add_draft_files(
    command: AddDraftFiles, *, uow: UnitOfWork, rules: Rules, antivirus: Antivirus | None
) -> list[dict[str, Any]]:
    """The files as they are shown, each with its id. Refuses: NotFound, DraftEnded, M11, DraftsFull; then none is
    added.

    After the lock of who chose them: three that come at once are counted one after the other.
    """
    sender = lock_account(uow.connection, command.actor)
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    if sender is None:
        raise StoreAway(headers={"Retry-After": "2"})  # the event that announces him is still on its way
    if has_ended(uow.connection, command.adherent_id, command.draft_id, actor=command.actor):
        raise DraftEnded
    kept = files_of(uow.connection, command.actor, command.adherent_id)
    added = [file.size for file in command.files]
    rules.limits.check([one.size for one in kept if one.scan != Scan.INFECTED] + added)
    rules.draft.check(kept=bytes_kept(uow.connection, command.actor), added=sum(added))
    keep_open(uow.connection, command.adherent_id, rules.draft.until(uow.now), actor=command.actor)
    files = [{**asdict(file), "file_id": new_id()} for file in command.files]
    add_files(uow.connection, command.adherent_id, files, actor=command.actor)
    uow.wake(WAKE)
    scan = state(None, scanning=antivirus is not None)
    return [{**{name: file[name] for name in SHOWN}, "file_id": str(file["file_id"]), "scan": scan} for file in files]


SHOWN = ("name", "size", "type")
