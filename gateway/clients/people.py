"""What people of a company are called, as delegation answers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from gateway.clients.http import ServiceClient
from gateway.clients.shape import read


@dataclass(frozen=True)
class Person:
    """What a person of the adhérent is called."""

    account_id: UUID
    nom: str | None = None
    prenom: str | None = None


@dataclass(frozen=True)
class People:
    """What several are called."""

    items: list[Person]


class PeopleClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def people(self, adherent_id: UUID, account_ids: Iterable[UUID]) -> list[Person]:
        """What those of them are called who have, or had, access to the adhérent; thirty at most are asked for. 404
        for who has none, and by a service of the version before."""
        params = {"ids": ",".join(map(str, account_ids))}
        return read(People, self.ask("GET", f"/adherents/{adherent_id}/people", params=params)).items
