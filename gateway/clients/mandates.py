"""« Mes délégations » as delegation answers it: what the person holds himself, of every company."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gateway.clients.http import ServiceClient, shown
from gateway.clients.requests import Terms
from gateway.clients.shape import Page, read, read_page


@dataclass(frozen=True)
class Mandate:
    """A delegation as its beneficiary has it: one line."""

    delegation_id: UUID
    raison_sociale: str
    identifiant: str
    role: str
    statut: str
    starts_on: date
    ends_on: date | None
    version: int
    statut_detail: str | None = None
    actions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class WholeMandate(Mandate, Terms):
    """One of them with all that it grants, and what giving it up takes with it."""

    administrator: bool = False
    colleges: list[str] = field(default_factory=list)
    rights: dict[str, str] = field(default_factory=dict)
    opened_at: datetime | None = None
    opened_by: str | None = None
    completed_at: datetime | None = None
    confirmed_at: datetime | None = None
    refused_at: datetime | None = None
    closed_at: datetime | None = None
    below: int = 0
    left_to_review: int = 0


class MandateClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def mandates(self, page: int) -> Page[Mandate]:
        """All that I accepted, what lives first."""
        return read_page(Mandate, self.ask("GET", "/mandates", params={"page": page}))

    def mandate(self, delegation_id: UUID) -> WholeMandate:
        """One of them: 404 M5 for another one's."""
        return read(WholeMandate, self.ask("GET", f"/mandates/{delegation_id}"))

    def renounce(self, delegation_id: UUID, version: int) -> None:
        """Give it up, as it was shown: 409 M7 for the last administrator, 412 when it is not current."""
        self.send("POST", f"/mandates/{delegation_id}/renunciation", json={}, headers=shown(version))
