"""Telling the facts of a world, day by day, and asking what dsn made of them; whoever carries them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from services.dsn.storage.tables import alert, site
from tests.oracle.model import Alert, Fact
from tests.oracle.world import Cell, World

HOUR = 22  # UTC: after noon in Paris and after every fact of its day
AT_ONCE = 500


def ticks(first: datetime, days: int) -> Iterator[datetime]:
    """An instant a day."""
    return (first + timedelta(days=number) for number in range(days))


class Telling:
    """The facts that have not been told yet, in an order of their own within a day, some of them twice."""

    def __init__(self, world: World, seed: int) -> None:
        self._left = [(f"fact-{number}", fact) for number, fact in enumerate(world.facts())]
        self._random = Random(seed)
        self.told = 0

    def until(self, tick: datetime) -> Iterator[list[dict[str, Any]]]:
        """The facts up to `tick`, in requests."""
        count = next((at for at, (_, fact) in enumerate(self._left) if fact.at > tick), len(self._left))
        now, self._left = self._left[:count], self._left[count:]
        said = now + [one for one in now if self._random.random() < 0.1]
        self._random.shuffle(said)
        self.told += len(now)
        return ([_plain(*one) for one in said[at : at + AT_ONCE]] for at in range(0, len(said), AT_ONCE))


def _plain(id: str, fact: Fact) -> dict[str, Any]:
    return {"id": id, "type": fact.type, "data": dict(fact.data)}


def alive(engine: Engine) -> dict[Cell, Alert]:
    """The alerts that are alive in dsn."""
    columns = (site.c.siret, alert.c.period, alert.c.kind, alert.c.status, alert.c.reason)
    query = sa.select(*columns).join(site, site.c.site_id == alert.c.site_id)
    with engine.connect() as connection:
        rows = connection.execute(query.where(alert.c.status.in_(("OPEN", "IN_CORRECTION"))))
        return {(row.siret, row.period, row.kind): (row.status, row.reason) for row in rows}


def counted(engine: Engine) -> dict[str, int]:
    """The open alerts of each site that has some, as dsn counts them."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(site.c.siret, site.c.open_alerts).where(site.c.open_alerts > 0))
        return {row.siret: row.open_alerts for row in rows}


def mismatches(world: World, engine: Engine, tick: datetime) -> list[str]:
    """Where dsn and the model differ at `tick`."""
    expected, found = world.alive(tick), alive(engine)
    cells = [cell for cell in sorted({*expected, *found}) if expected.get(cell) != found.get(cell)]
    told = [
        f"{tick:%Y-%m-%d} {cell}: {found.get(cell)} instead of {expected.get(cell)} ({world.name_of(cell)})"
        for cell in cells
    ]
    opened: dict[str, int] = {}
    for (siret, _, _), (status, _) in expected.items():
        opened[siret] = opened.get(siret, 0) + (status == "OPEN")
    counts = counted(engine)
    wrong = [siret for siret in sorted({*opened, *counts}) if opened.get(siret, 0) != counts.get(siret, 0)]
    return told + [f"{tick:%Y-%m-%d} {siret}: the count of open alerts is wrong" for siret in wrong]


def adherents(world: World, size: int) -> Sequence[Sequence[dict[str, object]]]:
    """The sites by adhérent, as the referential says them."""
    sites = [one.as_plain() for one in world.sites]
    return [sites[at : at + size] for at in range(0, len(sites), size)]
