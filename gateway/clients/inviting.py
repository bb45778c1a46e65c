"""What a link invites to and what waits to be accepted, as identity answers it (`identity.py`)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.words.kinds import Kind


@dataclass(frozen=True)
class InvitingAdherent:
    """Who invites, shown before any password is asked."""

    raison_sociale: str
    identifiant: str


@dataclass(frozen=True)
class Invitation:
    """What an invitation link opens."""

    email: str
    adherent: InvitingAdherent
    starts_on: date
    ends_on: date | None
    administrator: bool
    expires_at: datetime
    accepts_by: str = "formulaire"  # or « connexion », « lien »: who has an account fills no form
    mobile_certified: str | None = None  # the number whose code came back by this link (G50)
    kind: str = Kind.CABINET
    nom: str | None = None  # as the caisse knows a founding administrator; nobody else's is known
    prenom: str | None = None

    @property
    def founder(self) -> bool:
        """The person whom the caisse names founding administrator of the company (G5)."""
        return self.kind == Kind.FONDATEUR


@dataclass(frozen=True)
class Offer:
    """A delegation that waits until the person accepts it (T1)."""

    delegation_id: UUID
    adherent: InvitingAdherent
    starts_on: date
    ends_on: date | None
    administrator: bool
