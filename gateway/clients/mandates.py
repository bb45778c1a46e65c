"""« Mes délégations » as delegation answers it: what the person holds himself, of every company."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gateway.clients.attestations import AttestationClient
from gateway.clients.http import shown
from gateway.clients.requests import ProlongationRefusal, ProlongationWanted, Terms
from gateway.clients.shape import Page, body, read, read_page


@dataclass(frozen=True)
class Prolongation:
    """More days that I asked for; without `answered_at` they wait for an answer, with it they were refused."""

    wanted_on: date
    answered_at: datetime | None = None
    reason: str | None = None


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
    reminded_at: datetime | None = None
    next_reminder_at: datetime | None = None  # None: I may have an administrator reminded now
    prolongation: Prolongation | None = None


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


class MandateClient(AttestationClient):
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

    def remind(self, delegation_id: UUID) -> None:
        """Have an administrator reminded that it waits: 429 within two days of the last time."""
        self.send("POST", f"/mandates/{delegation_id}/reminder", json={})

    def ask_prolongation(self, delegation_id: UUID, version: int, wanted: ProlongationWanted) -> None:
        """Ask for more days, of the end that was shown."""
        path = f"/mandates/{delegation_id}/prolongation"
        self.send("POST", path, json=body(wanted), headers=shown(version))

    def grant_prolongation(self, adherent_id: UUID, delegation_id: UUID, version: int) -> None:
        """Grant the days that its beneficiary asks for, with a recent password."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}/prolongation"
        self.send("POST", path, json={}, headers=shown(version))

    def refuse_prolongation(
        self, adherent_id: UUID, delegation_id: UUID, version: int, refusal: ProlongationRefusal
    ) -> None:
        """Refuse them, with the reason that both sides read."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}/prolongation/refusal"
        self.send("POST", path, json=body(refusal), headers=shown(version))
