"""What is granted: as somebody asks for it, as it is judged, and as columns, events and pages hold it.

A field more of a delegation begins here: what asks for one, stores it, announces it or answers it takes the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.period import Period, period_asked
from services.delegation.domain.refusals import MoreThanOwnedRefused, PastEndRefused
from services.delegation.domain.rights import Scope, stored_scope


@dataclass(frozen=True)
class Terms:
    """What who opens or changes a delegation asks for. Nothing of it is judged yet: `grant_asked` does."""

    starts_on: date
    ends_on: date | None
    administrator: bool
    colleges: Sequence[str]
    rights: Mapping[str, str]


@dataclass(frozen=True)
class Grant:
    """Days and rights together: what one person may be given, and what bounds it."""

    period: Period
    scope: Scope

    def meet(self, bound: "Grant") -> "Grant":
        """The most that is within both."""
        return replace(self, period=self.period.meet(bound.period), scope=self.scope.meet(bound.scope))

    def after(self, day: date | None) -> "Grant":
        """The same, opening nothing up to `day`; itself for None."""
        return replace(self, period=self.period.after(day))

    def until(self, ends_on: date) -> "Grant":
        """The same, with another last day. Raises what a period that a person typed does."""
        return replace(self, period=period_asked(self.period.starts_on, ends_on))

    def as_plain(self) -> dict[str, Any]:
        """As columns, events and answers hold it; `stored_grant` reads it."""
        return {"starts_on": self.period.starts_on, "ends_on": self.period.ends_on, **self.scope.as_plain()}


def grant_asked(terms: Terms, bound: Grant, day: date) -> Grant:
    """What `terms` ask for on `day`, of a grantor who may give `bound`. Raises the refusal of the first rule it breaks:
    of a period (AA32, M10), of the days that he owns (C10), of the matrix (AA31, M8, M9)."""
    period = period_asked(terms.starts_on, terms.ends_on)
    if period.last_day < day:
        raise PastEndRefused
    ensure_owns_days(period, bound)
    return Grant(period, scope_asked(terms.administrator, terms.colleges, terms.rights, bound.scope))


def ensure_owns_days(asked: Period, bound: Grant) -> None:
    """A grantor gives at most his own end date (C10)."""
    if asked.last_day > bound.period.last_day:
        raise MoreThanOwnedRefused(field="ends_on")


def stored_grant(plain: Mapping[str, Any]) -> Grant:
    """A grant as it was stored: nothing is checked again."""
    return Grant(
        Period(plain["starts_on"], plain["ends_on"]),
        stored_scope(plain["administrator"], plain["colleges"], plain["rights"]),
    )
