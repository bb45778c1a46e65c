"""What is known of a site through time, whatever order its states come in: since when it is there, its due days.

An older state that comes late changes nothing but that, so it is written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.domain.due_days import Said, merged
from services.dsn.domain.evaluation import current_period
from services.dsn.domain.periods import Period
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import site


@dataclass(frozen=True)
class AdherentState:
    """An adhérent with its sites (the data of the event), the version of that state and when it was said."""

    data: Mapping[str, Any]
    epoch: int
    sequence: int
    said_at: datetime

    @property
    def head(self) -> dict[str, Any]:
        """The row of the adhérent."""
        return {"adherent_id": self.data["adherent_id"], "epoch": self.epoch, "sequence": self.sequence}


@dataclass(frozen=True)
class SiteHistory:
    """When a site entered the system: the earliest instant any state named it. Its due days, as they are stored."""

    opened_at: datetime
    due_days: list[list[Any]]


_KNOWN = (site.c.site_id, site.c.adherent_id, site.c.opened_at, site.c.due_day, site.c.due_days)
_CHANGE = (
    sa.update(site)
    .where(site.c.site_id == sa.bindparam("id"))
    .values(opened_at=sa.bindparam("since"), due_days=sa.bindparam("days"))
)


def tell(connection: Connection, states: Sequence[AdherentState]) -> dict[UUID, SiteHistory]:
    """The history of each site that `states` name, these included; written for those that are known already."""
    said: dict[UUID, set[Said]] = {}
    named: set[tuple[UUID, UUID]] = set()
    for state in states:
        for each in state.data["sites"]:
            named.add((state.data["adherent_id"], each["site_id"]))
            said.setdefault(each["site_id"], set()).add((state.said_at, each["due_day"]))
    found = {site_id: _history(days) for site_id, days in said.items()}
    changed = []
    for some in chunks(said):
        for row in connection.execute(sa.select(*_KNOWN).where(site.c.site_id.in_(some))):
            before = SiteHistory(row.opened_at, row.due_days or _stored([(row.opened_at, row.due_day)]))
            ours = (row.adherent_id, row.site_id) in named
            whole = _history({*_said(before.due_days), *said[row.site_id]}) if ours else before
            found[row.site_id] = SiteHistory(min(whole.opened_at, row.opened_at), whole.due_days)
            if found[row.site_id] != before:
                told = found[row.site_id]
                changed.append({"id": row.site_id, "since": told.opened_at, "days": told.due_days})
    if changed:
        connection.execute(_CHANGE, changed)
    return found


def due_days_of(row: Any) -> Sequence[tuple[Period, int]]:
    """The due days of the site of `row`, by the months (of Paris) from which they hold."""
    said = _said(row.due_days or [])
    if not said or said[-1][1] != row.due_day:  # the version before wrote it, which knows no history
        return ((Period.parse(row.first_period), row.due_day),)
    return [(current_period(at), day) for at, day in said]


def _history(said: set[Said]) -> SiteHistory:
    days = merged(said)
    return SiteHistory(days[0][0], _stored(days))


def _stored(said: Sequence[Said]) -> list[list[Any]]:
    return [[at.isoformat(), day] for at, day in said]


def _said(stored: Sequence[Sequence[Any]]) -> list[Said]:
    return [(datetime.fromisoformat(at), day) for at, day in stored]
