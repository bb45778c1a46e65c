"""Look at a set of sites: judge their months, make the alerts what the months call for, say when to look again."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.alert import Alert
from services.dsn.domain.alerts import Cell, open_count
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.site import Patience
from services.dsn.steps.changing_alerts import Judged, changes_of, next_change_at
from services.dsn.steps.tell_alerts import tell_changes
from services.dsn.storage import alerts, sites
from services.dsn.storage.alerts import CLOCK, Author, Changed
from services.dsn.storage.facts import facts_of
from services.dsn.storage.sites import Outlook

# A unit of work that leaves sites to be looked at wakes the job that does it.
WAKE = "evaluate"
# Sites that one transaction looks at, when there are many.
BATCH = 500
NOTHING: Mapping[Cell, Alert] = {}


@dataclass(frozen=True)
class EvaluateSites:
    """The sites to look at, and what made us: « clock », or an import's id; `actor` who did it, when somebody did. Both
    are kept in the history."""

    site_ids: Collection[UUID]
    cause: str
    actor: str = CLOCK


@dataclass(frozen=True)
class Differences:
    """How many alerts changed, and how many sites would have been looked at too late, or never; the months that were
    judged, by state."""

    changes: int
    overslept: int
    months: Mapping[str, int]


def evaluate_sites(command: EvaluateSites, *, uow: UnitOfWork, patience: Patience) -> Differences:
    """Evaluate the sites as of now, in a handful of statements whatever their number; each change is announced."""
    connection = uow.connection
    rows = sites.locked(connection, command.site_ids)
    facts = facts_of(connection, (row.siret for row in rows))
    lives = sites.lives_of(connection, rows, patience)
    known = alerts.of_sites(connection, (row.site_id for row in rows))
    changes: list[Changed] = []
    overslept, states = 0, Counter[str]()
    outlooks: dict[UUID, Outlook] = {}
    for row in rows:
        mine = known.get(row.site_id, NOTHING)
        life, also = lives[row.site_id], {period for period, _ in mine}
        found = evaluate(life, facts[row.siret], uow.now, patience, also)
        states.update(str(one.state) for one in found.months.values())
        judged = Judged(row.site_id, life, facts[row.siret], found.months)
        made = changes_of(judged, mine, uow.now, patience)
        left = {**{one.id: one for one in mine.values()}, **{one.alert.id: one.alert for one in made}}.values()
        change = next_change_at(found.next_change_at, left, patience)
        overslept += _too_late(row.next_eval_at, change)
        outlooks[row.site_id] = Outlook(open_count(one.status for one in left), change)
        changes += made
    alerts.write(connection, changes, uow.now, Author(command.cause, command.actor))
    sites.settle(connection, outlooks)
    tell_changes(uow, changes, _told_of(rows, outlooks))
    return Differences(len(changes), overslept, states)


def _told_of(rows: Collection[Any], outlooks: Mapping[UUID, Outlook]) -> Mapping[UUID, tuple[Any, int]]:
    """Of each site, what an event says: its row, and how many alerts count now."""
    return {row.site_id: (row, outlooks[row.site_id].open_alerts) for row in rows}


def _too_late(planned: datetime | None, change: datetime | None) -> bool:
    return change is not None and (planned is None or planned > change)
