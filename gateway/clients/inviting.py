"""What a link invites to and what waits to be accepted, as identity answers it (`identity.py`)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.words.kinds import Kind
from gateway.clients.requests import Granted, Terms


@dataclass(frozen=True)
class InvitingAdherent:
    """Who invites, shown before any password is asked."""

    raison_sociale: str
    identifiant: str
    siren: str


@dataclass(frozen=True, kw_only=True)
class Offered(Terms):
    """What somebody is offered, and by whom; no collèges and no rights: identity was not told of them yet."""

    adherent: InvitingAdherent
    administrator: bool
    colleges: list[str] | None = None
    rights: dict[str, str] | None = None

    @property
    def granted(self) -> Granted | None:
        """Its rights, where they are known."""
        if self.colleges is None or self.rights is None:
            return None
        return Granted(self.administrator, self.colleges, self.rights)

    def count(self, level: str) -> int:
        """How many functions are offered at `level`, as far as is known."""
        return list((self.rights or {}).values()).count(level)


@dataclass(frozen=True, kw_only=True)
class Invitation(Offered):
    """What an invitation link opens."""

    email: str
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


@dataclass(frozen=True, kw_only=True)
class Offer(Offered):
    """A delegation that waits until the person accepts it (T1)."""

    delegation_id: UUID


@dataclass(frozen=True)
class Accepted:
    """Which were accepted, now or before."""

    delegation_ids: list[UUID]
