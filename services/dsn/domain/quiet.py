"""Which openings of an alert are no news, so that nobody is written to: what was long past when it came in.

Months that were due before the site entered, an import of history, an answer that is overwritten again and again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from contracts.words.alerts import AlertChange
from services.dsn.domain.alert import Alert
from services.dsn.domain.alerts import Transition
from services.dsn.domain.calendar import later
from services.dsn.domain.crm import UNDATED
from services.dsn.domain.facts import Facts
from services.dsn.domain.month import Month
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife

# The newest fact of a month is older than this when an alert opens: what came in is history.
HISTORY = timedelta(days=31)
_OPENINGS = (AlertChange.RAISED, AlertChange.REOPENED)


def is_quiet(to: Transition, before: Alert | None, newest: datetime | None, now: datetime, entered: datetime) -> bool:
    """Whether `to` opens an alert without news. `newest`: of what calls for it (`newest_fact`); `entered`: when the
    site came into the system."""
    if to.change not in _OPENINGS:
        return False
    if before is not None and before.flaps(now):
        return True
    return newest is not None and (newest < entered or now - newest > HISTORY)


def newest_fact(found: Month, life: SiteLife, facts: Facts, patience: Patience) -> datetime:
    """The last thing that happened in the month: its due day came, something was deposited, the caisse said
    something of it. What says no date of its own is as old as the others."""
    due = later(found.due_at, patience.missing_grace) if life.opened_at <= found.due_at else found.due_at
    return max((due, *_deposited(found.period, facts), *_said(found.period, facts)))


def _deposited(period: Period, facts: Facts) -> Iterator[datetime]:
    yield from (one.deposited_at for one in facts.deposits.get(period, ()) if one.deposited_at)
    yield from (one.deposited_at for one in facts.refused.get(period, ()) if one.deposited_at)


def _said(period: Period, facts: Facts) -> Iterator[datetime]:
    """When the caisse answered, could not process, or validated a correction."""
    for one in facts.deposits.get(period, ()):
        if one.flow_id and one.flow_rank:
            answers = facts.publications.get((one.flow_id, one.flow_rank), ())
            yield from (answer.published_at for answer in answers if answer.published_at != UNDATED)
    yield from (one.failed_at for one in facts.failures.get(period, ()))
    yield from (one.validated_at for one in facts.rectifications.get(period, ()))
