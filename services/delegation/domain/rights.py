"""The lattice of rights: a scope says what is open, and one scope may be within another (G28, C10).

A function without a right is absent from `rights`. The empty scope is the bottom; what bounds a scope is `meet`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import NO_RIGHT, STRENGTH, Level


@dataclass(frozen=True)
class Scope:
    """What a delegation opens: administration, collèges, and a level for each function."""

    administrator: bool
    colleges: frozenset[str]
    rights: Mapping[str, Level] = field(hash=False)

    def within(self, bound: "Scope") -> bool:
        """True if nothing here is more than `bound` has."""
        return (
            (bound.administrator or not self.administrator)
            and self.colleges <= bound.colleges
            and all(_strength(bound, code) >= STRENGTH[level] for code, level in self.rights.items())
        )

    def meet(self, bound: "Scope") -> "Scope":
        """The most that is within both: what a sub-delegation is worth under its parent."""
        return Scope(
            self.administrator and bound.administrator,
            self.colleges & bound.colleges,
            {
                code: min(level, bound.rights[code], key=STRENGTH.__getitem__)
                for code, level in self.rights.items()
                if code in bound.rights
            },
        )

    def as_plain(self) -> dict[str, Any]:
        """The scope as columns, events and the journal hold it, collèges in the catalogue's order."""
        return {
            "administrator": self.administrator,
            "colleges": [code for code in COLLEGES if code in self.colleges],
            "rights": {code: str(self.rights[code]) for code in FUNCTIONS if code in self.rights},
        }


def stored_scope(administrator: bool, colleges: Iterable[str], rights: Mapping[str, str]) -> Scope:
    """A scope as it was stored: nothing is checked again."""
    return Scope(administrator, frozenset(colleges), {code: Level(level) for code, level in rights.items()})


def everything() -> Scope:
    """All of it: what the founding administrator has (G5)."""
    return Scope(True, frozenset(COLLEGES), dict.fromkeys(FUNCTIONS, Level.MISE_A_JOUR))


def _strength(scope: Scope, code: str) -> int:
    return STRENGTH[scope.rights.get(code, NO_RIGHT)]
