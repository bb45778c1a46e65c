"""The adhérent as its administrators see it, with its accounting firm (G10, G21, G22)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Cabinet:
    """The accounting firm the referential knows (G21)."""

    nom: str
    email: str | None = None


@dataclass(frozen=True)
class FirmStanding:
    """The delegation to the firm: its status, and since which day (G22)."""

    delegation_id: UUID
    statut: str
    depuis: date
    a_confirmer: bool = False
    ends_on: date | None = None


@dataclass(frozen=True)
class Adherent:
    """What the list of beneficiaries shows about its adhérent."""

    adherent_id: UUID
    identifiant: str
    raison_sociale: str
    cabinet_comptable: Cabinet | None = None
    cabinet_delegated: bool = False
    cabinet_delegation: FirmStanding | None = None
