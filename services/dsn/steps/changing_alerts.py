"""What an evaluation changes of the alerts of one site, and when time alone will change them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.ids import new_id
from contracts.words.alerts import AlertChange
from services.dsn.domain.alert import Alert, proof_of, raised
from services.dsn.domain.alerts import Cell, Transition, transitions
from services.dsn.domain.facts import Facts
from services.dsn.domain.month import Month
from services.dsn.domain.periods import Period
from services.dsn.domain.quiet import is_quiet, newest_fact
from services.dsn.domain.site import Patience, SiteLife
from services.dsn.storage.alerts import Changed


@dataclass(frozen=True)
class Judged:
    """A site, what is known of it, and its months as they were judged from that."""

    site_id: UUID
    life: SiteLife
    facts: Facts
    months: Mapping[Period, Month]


def changes_of(judged: Judged, mine: Mapping[Cell, Alert], now: datetime, patience: Patience) -> list[Changed]:
    """The alerts that the months call to change, then those whom somebody said he would take care of for too long."""
    wanted = transitions(judged.months, {cell: one.stored for cell, one in mine.items()})
    made = {one.cell: _changed(one, judged, mine.get(one.cell), now, patience) for one in wanted}
    tired = (one for cell, one in mine.items() if cell not in made and one.taken and not one.held(now, patience))
    return [*made.values(), *(Changed(one.left(), AlertChange.FELL_BACK) for one in tired)]


def next_change_at(facts: datetime | None, alerts: Iterable[Alert], patience: Patience) -> datetime | None:
    """When to look again: when the months may call for something else, or when somebody's care falls back."""
    falls = (one.taken.next_change_at(patience) for one in alerts if one.taken)
    return min((at for at in (facts, *falls) if at), default=None)


def _changed(to: Transition, judged: Judged, before: Alert | None, now: datetime, patience: Patience) -> Changed:
    period = to.cell[0]
    found = judged.months[period]
    newest = newest_fact(found, judged.life, judged.facts, patience)
    quiet = is_quiet(to, before, newest, now, judged.life.opened_at)
    after = before.after(to, now, patience) if before else raised(new_id(), judged.site_id, to, now)
    return Changed(after, to.change, to.proof or proof_of(found), quiet)
