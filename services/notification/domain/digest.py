"""The digest of the DSN alerts: one mail to a person for all the sites that he may see, at half past seven in Paris.

What is told is remembered alert by alert: an alert is news to somebody until it was told to him, and each reminder is
made once. So a run that was missed, a weekly rhythm and an alert that ended before anybody was told of it need no rule
of their own. What is older than `FRESH` is no news any more, to nobody: who gets an access today is not told the past.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.rules.folding import fold
from contracts.rules.working_days import is_worked
from contracts.words.preferences import Rhythm

PARIS = ZoneInfo("Europe/Paris")
AT = time(7, 30)
REMINDERS = (7, 30)  # days since an alert was opened
FRESH = timedelta(days=10)  # a week and the longest row of days on which nobody works
MOST_SITES, MOST_LINES = 20, 12


class Why(StrEnum):
    """Why an alert is in a digest: opened, open again, or still open after so many days."""

    NEW = "nouvelle"
    AGAIN = "rouverte"
    REMINDER = "rappel"


@dataclass(frozen=True, slots=True)
class Alert:
    """An open alert, and what a person was told of it: `told_at` is the news he had (None: nothing), `reminded` the
    last reminder. `heard_at` is its last news; `again`: that news was a reopening."""

    alert_id: UUID
    adherent_id: UUID
    site_id: UUID
    raison_sociale: str
    nom: str
    siret: str
    periode: str
    message: str
    opened_on: date
    heard_at: datetime
    again: bool
    told_at: datetime | None = None
    reminded: int = 0


@dataclass(frozen=True)
class Site:
    """A site of the digest: its first alerts with why each is there, and how many more it has."""

    alert: Alert
    lines: Sequence[tuple[Alert, Why]]
    more: int


@dataclass(frozen=True)
class Digest:
    """What one mail says: the first sites, how many more there are; of all of them how many alerts and companies."""

    sites: Sequence[Site]
    more: int
    alerts: int
    companies: Sequence[str]


def day_due(now: datetime) -> date | None:
    """The day in Paris whose digests leave at `now`: a working day, from half past seven on; None before and on others.

    A run that is late is made up the same day.
    """
    local = now.astimezone(PARIS)
    return local.date() if is_worked(local.date()) and local.time() >= AT else None


def is_weekly(day: date) -> bool:
    """Whether `day` is the one of a weekly digest: Monday, or the first working day after it when nobody works then."""
    monday = day - timedelta(days=day.weekday())
    before = (monday + timedelta(days=number) for number in range(day.weekday()))
    return is_worked(day) and not any(map(is_worked, before))


def leaves(rhythm: Rhythm, day: date) -> bool:
    """Whether who chose `rhythm` is told on the working day `day`."""
    return rhythm is Rhythm.DAILY or (rhythm is Rhythm.WEEKLY and is_weekly(day))


def why(alert: Alert, day: date, now: datetime) -> Why | None:
    """Why `alert` is to be told on `day`; None when it is neither news nor a reminder that is due."""
    if alert.heard_at > now - FRESH and (alert.told_at is None or alert.told_at < alert.heard_at):
        return Why.AGAIN if alert.again else Why.NEW
    due = (number for number in REMINDERS if alert.reminded < number)
    in_time = (timedelta(days=number) <= day - alert.opened_on <= timedelta(days=number) + FRESH for number in due)
    return Why.REMINDER if any(in_time) else None


def opened_between(day: date, number: int) -> tuple[datetime, datetime]:
    """From when on (included) until when (not included) an alert was opened whose reminder of `number` days is in time
    on `day`: the same rule as `why`, for who asks a database."""
    first, last = day - timedelta(days=number) - FRESH, day - timedelta(days=number - 1)
    return datetime.combine(first, time(), PARIS), datetime.combine(last, time(), PARIS)


def reminded_by(alert: Alert, day: date) -> int:
    """Which reminder telling `alert` on `day` stands for: what was said today is not reminded of tomorrow."""
    return max((number for number in REMINDERS if day - alert.opened_on >= timedelta(days=number)), default=0)


def digest(told: Iterable[tuple[Alert, Why]]) -> Digest:
    """The mail that tells `told`, at least one. News before reminders, companies and sites by name, months in order."""
    by_site: dict[UUID, list[tuple[Alert, Why]]] = {}
    for alert, reason in told:
        by_site.setdefault(alert.site_id, []).append((alert, reason))
    sites = sorted(by_site.values(), key=_place)
    names = {alert.adherent_id: alert.raison_sociale for lines in sites for alert, _ in lines}
    return Digest(
        sites=[_site(lines) for lines in sites[:MOST_SITES]],
        more=max(0, len(sites) - MOST_SITES),
        alerts=sum(map(len, sites)),
        companies=list(names.values()),
    )


def _place(lines: Sequence[tuple[Alert, Why]]) -> tuple[object, ...]:
    first = lines[0][0]
    only_reminders = all(reason is Why.REMINDER for _, reason in lines)
    return only_reminders, fold(first.raison_sociale), fold(first.nom), first.siret, first.site_id.int


def _site(lines: Sequence[tuple[Alert, Why]]) -> Site:
    ordered = sorted(lines, key=lambda line: (line[0].periode, line[0].message, line[0].alert_id.int))
    return Site(ordered[0][0], ordered[:MOST_LINES], max(0, len(ordered) - MOST_LINES))


def chosen(rhythms: Mapping[UUID, Rhythm], adherent_id: UUID, otherwise: Rhythm) -> Rhythm:
    """The rhythm that somebody chose for an adhérent: for it, else for all, else `otherwise`."""
    return rhythms.get(adherent_id, rhythms.get(EVERY, otherwise))


# Whoever chooses for all his companies chooses for those of tomorrow too: a choice of its own, for no adhérent.
EVERY = UUID(int=0)
