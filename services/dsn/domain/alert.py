"""One alert as it stands, and what each change makes of it.

« Je m'en occupe » is a mark on an open alert, not a status: it goes on counting, whatever facts come judge it as if
nobody had said so, and the mark falls back when no proof came for as long as an answer may take.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts.words.alerts import ALIVE, AlertChange, AlertKind, AlertStatus
from services.dsn.domain.alerts import Cell, StoredAlert, Transition
from services.dsn.domain.calendar import later
from services.dsn.domain.month import Month
from services.dsn.domain.periods import Period
from services.dsn.domain.refusals import AlertTaken, NotTaken, NotToTake
from services.dsn.domain.site import Patience

# An alert that is wanted again so soon after its end goes on with its former opening: answers that are overwritten.
FLAPPING = timedelta(hours=24)
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes care of an alert, and since when."""

    by: UUID
    since: datetime

    def until(self, patience: Patience) -> datetime:
        """The last instant at which it holds without a proof."""
        return later(self.since, patience.crm_timeout)

    def next_change_at(self, patience: Patience) -> datetime:
        """When time alone ends it."""
        return self.until(patience) + _JUST_AFTER


@dataclass(frozen=True, slots=True)
class Alert:
    """The alert of one site, month and kind. `opened_at`: since when it is open this time."""

    id: UUID
    site_id: UUID
    period: Period
    kind: AlertKind
    status: AlertStatus
    reason: str
    rule: str
    raised_at: datetime
    opened_at: datetime
    reopened_count: int = 0
    version: int = 1
    taken: Taken | None = None
    ended_at: datetime | None = None
    resolution: str | None = None
    proof: str | None = None

    @property
    def stored(self) -> StoredAlert:
        """What transitions are judged from."""
        return StoredAlert(self.status, self.reason)

    @property
    def alive(self) -> bool:
        """Not over."""
        return self.status in ALIVE

    def held(self, as_of: datetime, patience: Patience) -> Taken | None:
        """Who takes care of it at `as_of`."""
        return self.taken if self.taken and as_of <= self.taken.until(patience) else None

    def after(self, to: Transition, now: datetime, patience: Patience) -> "Alert":
        """This alert once `to` happened. Whoever took care of it is done when it does not wait for him any more."""
        again = to.change is AlertChange.REOPENED
        over = to.status not in ALIVE
        return replace(
            self,
            status=to.status,
            reason=str(to.reason),
            rule=to.rule,
            opened_at=now if again and not self.flaps(now) else self.opened_at,
            reopened_count=self.reopened_count + again,
            version=self.version + 1,
            taken=self.held(now, patience) if to.status is AlertStatus.OPEN and not again else None,
            ended_at=now if over else None,
            resolution=to.resolution,
            proof=to.proof,
        )

    def flaps(self, now: datetime) -> bool:
        """Whether it ended a moment ago."""
        return self.ended_at is not None and now - self.ended_at < FLAPPING

    def taken_by(self, account_id: UUID, now: datetime, patience: Patience) -> "Alert":
        """It is taken care of. NotToTake when nothing waits for anybody, AlertTaken when somebody does already."""
        if self.status is not AlertStatus.OPEN:
            raise NotToTake
        if self.held(now, patience):
            raise AlertTaken
        return replace(self, taken=Taken(account_id, now), version=self.version + 1)

    def left(self) -> "Alert":
        """Nobody takes care of it any more. NotTaken when nobody did."""
        if self.taken is None:
            raise NotTaken
        return replace(self, taken=None, version=self.version + 1)


def raised(id: UUID, site_id: UUID, to: Transition, now: datetime) -> Alert:
    """A new alert, as `to` says."""
    period, kind = to.cell
    return Alert(id, site_id, period, kind, to.status, str(to.reason), to.rule, now, now)


def proof_of(found: Month) -> str | None:
    """The id of the newest declaration that counts in a month: what made its alert what it is; None when none does."""
    return max(found.live, key=lambda one: one.rank_in_time).identity if found.live else None


def cell_of(alert: Alert) -> Cell:
    """Where it stands among those of its site."""
    return alert.period, alert.kind


def statuses(living: Iterable[Alert]) -> dict[Period, AlertStatus]:
    """Where the months stand that have an alert that is not over: open, when one of a month's two is."""
    found: dict[Period, AlertStatus] = {}
    for one in living:
        found[one.period] = AlertStatus.OPEN if AlertStatus.OPEN in (one.status, found.get(one.period)) else one.status
    return found
