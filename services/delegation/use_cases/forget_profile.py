"""A profile is deleted: what was granted from it stays as it is."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.profiling import decide_profiles, note_profile
from services.delegation.storage import profiles
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class ForgetProfile:
    """Which profile, and the version that was shown."""

    actor: UUID | None
    adherent_id: UUID
    profile_id: UUID
    version: int


def forget_profile(command: ForgetProfile, *, uow: UnitOfWork) -> None:
    """Delete it. NotFound, AccessRefused, StaleProfileRefused."""
    actor = decide_profiles(uow, command.actor, command.adherent_id)
    known = profiles.find(uow.connection, command.adherent_id, command.profile_id)
    known.ensure_shown(command.version)
    profiles.remove(uow.connection, known)
    note_profile(uow, actor, Act.PROFIL_SUPPRIME, f"Profil « {known.name} »")
