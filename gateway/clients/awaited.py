"""What a person waits for, and what awaits him, as delegation answers it (`delegation.py`)."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Awaited:
    """A delegation of mine that opens nothing yet: nobody confirmed it, or it begins on a later day."""

    raison_sociale: str
    identifiant: str
    statut: str
    starts_on: date


@dataclass(frozen=True)
class AllAwaited:
    """The nearest of them."""

    items: list[Awaited]


@dataclass(frozen=True)
class Awaiting:
    """A delegation that waits for its administrator's word, or that ends soon."""

    delegation_id: UUID
    email: str
    nom: str | None = None
    prenom: str | None = None
    ends_on: date | None = None

    @property
    def name(self) -> str:
        """How it is called: the person, or the address while he is not known."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email


@dataclass(frozen=True)
class AwaitingList:
    """The first of them, and how many there are."""

    total: int = 0
    items: list[Awaiting] = field(default_factory=list)
