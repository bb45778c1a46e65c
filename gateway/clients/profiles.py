"""The profiles of a company as delegation answers them: rights kept under a name."""

from dataclasses import dataclass, field
from uuid import UUID

from gateway.clients.http import ServiceClient, shown
from gateway.clients.problem import Problem
from gateway.clients.requests import Granted, ProfileName
from gateway.clients.shape import body, read


@dataclass(frozen=True)
class Profile(Granted):
    """One of them."""

    profile_id: UUID
    name: str
    version: int


@dataclass(frozen=True)
class Profiles:
    """All of them by name, and whether I may keep more."""

    items: list[Profile] = field(default_factory=list)
    may_keep: bool = False


class ProfileClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def profiles(self, adherent_id: UUID) -> Profiles:
        """Those of the adhérent. A service of the version before knows none."""
        try:
            return read(Profiles, self.ask("GET", f"/adherents/{adherent_id}/profiles"))
        except Problem as problem:
            if problem.status != 404:
                raise
        return Profiles()

    def keep_profile(self, adherent_id: UUID, named: ProfileName, rights: Granted) -> None:
        """Keep these rights under that name: 409 for a name that another one has."""
        self.send("POST", f"/adherents/{adherent_id}/profiles", json=body(named) | body(rights))

    def rename_profile(self, adherent_id: UUID, profile_id: UUID, version: int, named: ProfileName) -> None:
        """Another name for the one that was shown: 412 when it is not current."""
        path = f"/adherents/{adherent_id}/profiles/{profile_id}/name"
        self.send("POST", path, json=body(named), headers=shown(version))

    def delete_profile(self, adherent_id: UUID, profile_id: UUID, version: int) -> None:
        """Delete the one that was shown: 412 when it is not current."""
        path = f"/adherents/{adherent_id}/profiles/{profile_id}/end"
        self.send("POST", path, json={}, headers=shown(version))
