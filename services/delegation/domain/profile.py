"""A profile: rights of the matrix that a company keeps under a name, to begin a delegation with (decision 63)."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from contracts.rules.folding import fold
from contracts.rules.names import name_refusal, tidy_name
from services.delegation.domain.refusals_profiles import (
    ProfileNameRefused,
    StaleProfileRefused,
    TooManyProfilesRefused,
)
from services.delegation.domain.rights import Scope

LONGEST = 60
MOST = 50  # of one adhérent


@dataclass(frozen=True)
class Profile:
    """What it is called, and what it gives; it grants nothing by itself."""

    id: UUID
    adherent_id: UUID
    name: str
    scope: Scope
    sequence: int = 1

    @property
    def key(self) -> str:
        """What makes it unique within its adhérent."""
        return fold(self.name)

    def ensure_shown(self, version: int) -> None:
        """StaleProfileRefused unless `version`, which the page carried, is the one there is."""
        if self.sequence != version:
            raise StaleProfileRefused

    def renamed(self, name: str) -> Self:
        """The same under another name."""
        return replace(self, name=name, sequence=self.sequence + 1)


def name_asked(typed: str) -> str:
    """The name that somebody typed. ProfileNameRefused, with its sentence, for none, and for what no name is (AA47)."""
    if refusal := name_refusal(typed, LONGEST):
        raise ProfileNameRefused(refusal)
    return tidy_name(typed)


def ensure_room(there_are: int) -> None:
    """TooManyProfilesRefused when an adhérent has as many as it may."""
    if there_are >= MOST:
        raise TooManyProfilesRefused
