"""All the months of a site at one instant, and when time alone will change one of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.words.statuses import MonthState as State
from services.dsn.domain.corrections import corrected_by
from services.dsn.domain.facts import Facts
from services.dsn.domain.month import Month, month
from services.dsn.domain.periods import Period
from services.dsn.domain.retention import FORGOTTEN, forgotten_at, oldest_kept
from services.dsn.domain.site import Patience, SiteLife

_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The months of a site, oldest first, and the instant of the next change (null: none without a new fact)."""

    months: dict[Period, Month]
    next_change_at: datetime | None


def current_period(as_of: datetime) -> Period:
    """The month that `as_of` falls in, in Paris."""
    return Period.of(as_of.astimezone(_PARIS).date())


def evaluate(
    site: SiteLife,
    facts: Facts,
    as_of: datetime,
    patience: Patience,
    also: Iterable[Period] = (),
) -> Evaluation:
    """The months of `site` from its first to the current one, those that something is known of, and those of `also`.

    Months older than what is kept are not judged (R0): of them only those of `also` are there, and nothing is wanted.
    `next_change_at` looks further: the next month that will be expected wakes us, whatever came for those before it.
    """
    current = current_period(as_of)
    also, oldest = {*also}, oldest_kept(as_of, patience.kept_years)
    periods = {*max(site.first_period, oldest).until(current), *facts.periods, *also}
    # A site whose life is still to come has to be looked at again when its first month is over.
    periods.add(max(current, site.first_period))
    months: dict[Period, Month] = {}
    corrected = corrected_by(facts, site.fund_code)
    left = False
    for period in sorted(periods):
        beside = facts.beside(period, corrected.get(period, ()))
        deposits = facts.deposits.get(period, ())
        found = month(site, period, deposits, facts.publications, as_of, patience, left=left, beside=beside)
        left = left or _asked_to_leave(found)
        if period >= oldest:
            months[period] = found
        elif period in also:
            months[period] = Month(period, FORGOTTEN, State.NOT_EXPECTED, "Non attendue", found.due_at)
    later = _next_without_fact(max(current, site.first_period), periods)
    ahead = month(site, later, (), facts.publications, as_of, patience, left=left)
    changes = [one.next_change_at for one in (*months.values(), ahead) if one.next_change_at]
    changes += [forgotten_at(one.period, patience.kept_years) for one in months.values() if one.alert][:1]
    return Evaluation(months, min(changes, default=None))


def _next_without_fact(after: Period, known: Collection[Period]) -> Period:
    """The first month later than `after` of which nothing is known."""
    period = after.plus(1)
    while period in known:
        period = period.plus(1)
    return period


def _asked_to_leave(found: Month) -> bool:
    """An accepted declaration with S21.G00.11.024 = '01': nothing is expected after it."""
    accepted = found.state in (State.ACCEPTED, State.ACCEPTED_NEANT)
    return accepted and any(one.exit_requested for one in found.live)
