"""What a service measures of its own tables, read when somebody looks; and how long ago each job ended."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.shape.jobs import Job
from backbone.store.tables import APART

SLACK = timedelta(minutes=5)


@dataclass(frozen=True)
class Measure:
    """A gauge: its name, what it says, its labels, and a value for each combination of them."""

    name: str
    text: str
    values: Mapping[tuple[str, ...], float]
    labels: Sequence[str] = ()


Measures = Callable[[Connection, datetime], Iterable[Measure]]


def job_ages(connection: Connection, jobs: Mapping[str, Job], now: datetime) -> dict[str, float]:
    """Seconds since the last run of each job that began once ended; infinite for one that never did."""
    table = APART.job_runs
    rows = connection.execute(sa.select(table.c.name, table.c.finished_at).where(table.c.name.in_(list(jobs))))
    return {row.name: (now - row.finished_at).total_seconds() if row.finished_at else math.inf for row in rows}


def overdue(ages: Mapping[str, float], jobs: Mapping[str, Job]) -> list[str]:
    """The jobs that should have ended a second time since."""
    return sorted(name for name, age in ages.items() if age > (2 * jobs[name].every + SLACK).total_seconds())
