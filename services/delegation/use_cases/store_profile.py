"""« Enregistrer comme profil »: rights are kept under a name, to begin other delegations with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.profile import Profile, ensure_room, name_asked
from services.delegation.steps.profiling import decide_profiles, note_profile
from services.delegation.storage import profiles
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class StoreProfile:
    """Which rights, under which name, and who keeps them."""

    actor: UUID | None
    adherent_id: UUID
    name: str
    administrator: bool
    colleges: Sequence[str]
    rights: Mapping[str, str]


def store_profile(command: StoreProfile, *, uow: UnitOfWork) -> dict[str, Any]:
    """Keep them; the id. Raises what `decide_profiles` does, the refusals of the matrix, also for more than the actor
    owns (M8), ProfileNameRefused, ProfileExistsRefused, TooManyProfilesRefused."""
    actor = decide_profiles(uow, command.actor, command.adherent_id)
    name = name_asked(command.name)
    scope = scope_asked(command.administrator, command.colleges, command.rights, actor.effective.scope)
    ensure_room(len(profiles.of(uow.connection, command.adherent_id)))
    one = Profile(new_id(), command.adherent_id, name, scope)
    profiles.put(uow.connection, one)
    note_profile(uow, actor, Act.PROFIL_ENREGISTRE, f"Profil « {one.name} »")
    return {"profile_id": str(one.id)}
