"""What a person waits for, as delegation answers it (`delegation.py`)."""

from dataclasses import dataclass
from datetime import date


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
