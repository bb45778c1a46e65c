"""A profile gets another name."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.profile import name_asked
from services.delegation.steps.profiling import decide_profiles, note_profile
from services.delegation.storage import profiles
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class RenameProfile:
    """Which profile, the version that was shown, and its new name."""

    actor: UUID | None
    adherent_id: UUID
    profile_id: UUID
    version: int
    name: str


def rename_profile(command: RenameProfile, *, uow: UnitOfWork) -> None:
    """Rename it. NotFound, AccessRefused, StaleProfileRefused, ProfileNameRefused, ProfileExistsRefused."""
    actor = decide_profiles(uow, command.actor, command.adherent_id)
    known = profiles.find(uow.connection, command.adherent_id, command.profile_id)
    known.ensure_shown(command.version)
    now = known.renamed(name_asked(command.name))
    profiles.put(uow.connection, now)
    note_profile(uow, actor, Act.PROFIL_RENOMME, f"Profil « {known.name} », désormais « {now.name} »")
