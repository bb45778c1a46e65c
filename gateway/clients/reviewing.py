"""What an administrator reviews, as delegation answers it (`delegation.py`)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contracts.words.uses import NOUS_CONTACTER
from gateway.clients.requests import Granted, Terms


@dataclass(frozen=True, kw_only=True)
class ReviewLine(Granted, Terms):
    """A delegation with what it gives, the last day of use of each right, who answered for it last, and why it is
    due (None: it is not)."""

    delegation_id: UUID
    role: str
    nom: str | None
    prenom: str | None
    email: str
    statut: str
    version: int
    used: dict[str, date] = field(default_factory=dict)
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None
    due: str | None = None

    @property
    def name(self) -> str:
        """How it is called: the person, or the address while there is no name."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email

    @property
    def last_use(self) -> date | None:
        """The last day on which any of its rights was used; writing to the caisse is open to all and is none."""
        return max((day for code, day in self.used.items() if code != NOUS_CONTACTER), default=None)

    @property
    def last_contact(self) -> date | None:
        """The last day on which the person wrote to the caisse for the company, or read what he wrote."""
        return self.used.get(NOUS_CONTACTER)
