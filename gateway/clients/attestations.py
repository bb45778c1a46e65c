"""The attestation of a delegation, as delegation answers it to both sides, and the word that anybody is told of one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gateway.clients.http import ServiceClient
from gateway.clients.requests import AttestationLookup, Granted, Terms
from gateway.clients.shape import Page, Query, body, read, read_page


@dataclass(frozen=True)
class TextVersions:
    """By moment, the version of the texts that were shown then; None for one that nobody kept."""

    ouverture: str | None
    acceptation: str | None
    confirmation: str | None


@dataclass(frozen=True, kw_only=True)
class Attestation(Granted, Terms):
    """What was true of a delegation when it was issued; who did something is None where the caisse did."""

    number: str
    issued_at: datetime
    in_force: bool
    raison_sociale: str
    siren: str
    identifiant: str
    nom: str | None
    prenom: str | None
    email: str
    kind: str
    role: str
    opened_at: datetime
    completed_at: datetime | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    opened_by: str | None
    confirmed_by: str | None
    texts: TextVersions

    @property
    def name(self) -> str:
        """What the beneficiary is called: the name, or the address while there is none."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email


@dataclass(frozen=True)
class Issued:
    """One of my own delegations, in a list."""

    delegation_id: UUID
    number: str
    issued_at: datetime


@dataclass(frozen=True)
class Standing:
    """One word (`contracts/words/attested.py`)."""

    state: str


class AttestationClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def attestation(self, adherent_id: UUID, delegation_id: UUID) -> Attestation:
        """The one of the delegation as it is: 404 while none is issued."""
        return read(Attestation, self.ask("GET", f"/adherents/{adherent_id}/delegations/{delegation_id}/attestation"))

    def issue_attestation(self, adherent_id: UUID, delegation_id: UUID) -> None:
        """Issue it: 409 for what was never in force."""
        self.send("POST", f"/adherents/{adherent_id}/delegations/{delegation_id}/attestation", json={})

    def own_attestation(self, delegation_id: UUID) -> Attestation:
        """The one of my own delegation as it is: 404 while none is issued."""
        return read(Attestation, self.ask("GET", f"/mandates/{delegation_id}/attestation"))

    def issue_own_attestation(self, delegation_id: UUID) -> None:
        """Issue it: 409 for what was never in force."""
        self.send("POST", f"/mandates/{delegation_id}/attestation", json={})

    def own_attestations(self, adherent_id: UUID, most: int) -> Page[Issued]:
        """The last ones of my own delegations for that adhérent, as these are now."""
        asked: Query = {"page": 1, "page_size": most, "adherent": str(adherent_id)}
        return read_page(Issued, self.ask("GET", "/mandates/attestations", params=asked))

    def verify_attestation(self, asked: AttestationLookup) -> Standing:
        """Whether it holds today: 429 for who asks too often."""
        return read(Standing, self.ask("POST", "/attestations/verification", json=body(asked), public=True))
