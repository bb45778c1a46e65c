"""Look at a set of sites: judge their months, make the alerts what the months call for, say when to look again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.alerts import open_count, transitions
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.site import Patience
from services.dsn.storage import alerts, sites
from services.dsn.storage.alerts import Known, SiteTransition
from services.dsn.storage.facts import facts_of
from services.dsn.storage.sites import Outlook

# A unit of work that leaves sites to be looked at wakes the job that does it.
WAKE = "evaluate"
# Sites that one transaction looks at, when there are many.
BATCH = 500
NOTHING = Known({}, {})


@dataclass(frozen=True)
class EvaluateSites:
    """The sites to look at, and what made us: « clock », or an import's id. It is kept in the history."""

    site_ids: Collection[UUID]
    cause: str


@dataclass(frozen=True)
class Differences:
    """How many alerts changed, and how many sites would have been looked at too late, or never."""

    changes: int
    overslept: int


def evaluate_sites(command: EvaluateSites, *, uow: UnitOfWork, patience: Patience) -> Differences:
    """Evaluate the sites as of now, in a handful of statements whatever their number."""
    connection = uow.connection
    rows = sites.locked(connection, command.site_ids)
    facts = facts_of(connection, (row.siret for row in rows))
    lives = sites.lives_of(connection, rows, patience)
    known = alerts.of_sites(connection, (row.site_id for row in rows))
    changes: list[SiteTransition] = []
    overslept = 0
    outlooks: dict[UUID, Outlook] = {}
    for row in rows:
        mine = known.get(row.site_id, NOTHING)
        also = {period for period, _ in mine.alerts}
        found = evaluate(lives[row.site_id], facts[row.siret], uow.now, patience, also)
        wanted = transitions(found.months, mine.alerts)
        changes += [SiteTransition(row.site_id, mine.ids.get(one.cell), one) for one in wanted]
        statuses = {cell: one.status for cell, one in mine.alerts.items()} | {one.cell: one.status for one in wanted}
        overslept += _too_late(row.next_eval_at, found.next_change_at)
        outlooks[row.site_id] = Outlook(open_count(statuses.values()), found.next_change_at)
    alerts.apply(connection, changes, uow.now, command.cause)
    sites.settle(connection, outlooks)
    return Differences(len(changes), overslept)


def _too_late(planned: datetime | None, change: datetime | None) -> bool:
    return change is not None and (planned is None or planned > change)
