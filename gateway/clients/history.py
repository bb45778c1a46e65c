"""What was done with delegations, as delegation's journal tells it (D18)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Change:
    """One thing that an act changed, in words; None: there was nothing before."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the journal (D18); `on_behalf_of` is None for what no person did."""

    at: datetime
    act: str
    author: str
    reason: str | None
    on_behalf_of: str | None = None
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Journal:
    """All that was done with one delegation, oldest first."""

    items: list[Entry]


@dataclass(frozen=True, kw_only=True)
class Line(Entry):
    """One line of the journal of an adhérent: about whose delegation, which has no names before he accepted."""

    delegation_id: UUID
    nom: str | None
    prenom: str | None
    email: str

    @property
    def name(self) -> str:
        """What its beneficiary is called: the name, or the address while there is none."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email


@dataclass(frozen=True)
class Lines:
    """Some lines of it, newest first; `next`: where those before them begin, if there are any."""

    items: list[Line]
    next: UUID | None
