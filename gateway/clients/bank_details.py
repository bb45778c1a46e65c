"""New bank details of a company, as delegation answers it to who administers it (G78)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gateway.clients.http import ServiceClient
from gateway.clients.shape import read


@dataclass(frozen=True)
class OfCompany:
    """Of which company, and of which caisse."""

    raison_sociale: str
    identifiant: str
    caisse: str


@dataclass(frozen=True)
class BankRequest:
    """One request: whose, where it stands (`state`), and what ended it if something did."""

    request_id: UUID
    state: str
    nom: str | None
    prenom: str | None
    email: str
    asked_at: datetime
    opens_at: datetime
    closes_at: datetime
    cancelled_at: datetime | None = None
    cancelled_by: str | None = None
    spoiled_at: datetime | None = None
    spoiled_by: str | None = None

    @property
    def name(self) -> str:
        """How who asked is called."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email


@dataclass(frozen=True)
class BankDetails:
    """The company, my newest request, those of the others that wait or are open."""

    adherent: OfCompany
    mine: BankRequest | None = None
    others: list[BankRequest] = field(default_factory=list)


class BankDetailsClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def bank_details(self, adherent_id: UUID) -> BankDetails:
        """What was asked: 404 M5 for a company of others, 403 for who does not administer it himself."""
        return read(BankDetails, self.ask("GET", f"/adherents/{adherent_id}/bank-details"))

    def cancel_bank_request(self, adherent_id: UUID, request_id: UUID) -> None:
        """Cancel one: 409 when it is over."""
        self.send("POST", f"/adherents/{adherent_id}/bank-details/requests/{request_id}/cancellation", json={})

    def use_bank_request(self, adherent_id: UUID) -> None:
        """I go on to the caisse's: 409 unless a request of mine is open."""
        self.send("POST", f"/adherents/{adherent_id}/bank-details/passage", json={})
