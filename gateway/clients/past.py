"""Who could do what on a past day, as delegation answers it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gateway.clients.requests import Granted, Terms


@dataclass(frozen=True, kw_only=True)
class Part(Granted, Terms):
    """What somebody could do; `since` and `until`: within that day, None when it was so before or stayed so after."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Held:
    """Somebody, and what his delegation opened to him on that day."""

    delegation_id: UUID
    kind: str
    nom: str | None
    prenom: str | None
    email: str
    parts: list[Part]

    @property
    def name(self) -> str:
        """What he is called: the name, or the address while there is none."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email


@dataclass(frozen=True)
class WhoCould:
    """Who could; the instant up to which one knew; `next`: after whom the next page begins, if there is one."""

    connu: datetime | None = None
    items: list[Held] = field(default_factory=list)
    next: UUID | None = None
