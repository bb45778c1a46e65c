"""What several grants give together, by one rule: never a right on a scope that no single one of them gives (K2).

Pure standard library, so that every domain may import it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from backbone.rights.levels import NO_RIGHT, STRENGTH, Level


@dataclass(frozen=True)
class Part:
    """One grant. `rights` maps a function to its level; an administrator has every function, on his own scopes."""

    grant_id: UUID
    administrator: bool
    scopes: Collection[str]
    rights: Mapping[str, str]

    def allows(self, function: str, level: str = Level.CONSULTATION, scope: str | None = None) -> bool:
        """Whether this grant alone gives `function` at `level` or more, on `scope` if one is asked."""
        high = gives(self.administrator, self.rights, function, level)
        return high and (scope is None or scope in self.scopes)


@dataclass(frozen=True)
class Grant:
    """What somebody may do for a tenant today: all his usable grants, each kept apart."""

    parts: tuple[Part, ...]

    @property
    def administrator(self) -> bool:
        """Whether one of them is an administrator's."""
        return any(part.administrator for part in self.parts)

    def allows(self, function: str, level: str = Level.CONSULTATION, scope: str | None = None) -> bool:
        """Whether one single grant gives `function` at `level` or more, on `scope` if one is asked."""
        return any(part.allows(function, level, scope) for part in self.parts)

    def scopes(self, functions: Iterable[str], level: str = Level.CONSULTATION) -> frozenset[str]:
        """The scopes on which one of `functions` is given at `level` or more, each by a single grant: what a query of
        something that has a scope keeps of it."""
        wanted = tuple(functions)
        giving = (part for part in self.parts if any(part.allows(one, level) for one in wanted))
        return frozenset(scope for part in giving for scope in part.scopes)


def gives(administrator: bool, rights: Mapping[str, str], function: str, level: str = Level.CONSULTATION) -> bool:
    """Whether one grant gives `function` at `level` or more: an administrator's gives every function."""
    return administrator or STRENGTH.get(rights.get(function, NO_RIGHT), 0) >= STRENGTH[level]


def leading(parts: Iterable[Part]) -> Part:
    """The one that stands for all where only one can: an administrator's, else the widest, always the same one."""
    return min(parts, key=_rank)


def _rank(part: Part) -> tuple[object, ...]:
    width = sum(STRENGTH[level] for level in part.rights.values())
    return (not part.administrator, -width, -len(part.scopes), part.grant_id.int)
