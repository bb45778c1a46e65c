"""Declarations imported, sites swept, sites counted while an import runs; each beside bare SQL."""

import resource
import threading
import time
from collections.abc import Callable, Iterator
from statistics import median

import sqlalchemy as sa

from benchmarks.dsn.world import ACCOUNT, ANSWERED, DECLARED, World
from services.dsn.domain.site import Patience
from services.dsn.queries.site_list import site_list
from services.dsn.storage.tables import declaration
from services.dsn.use_cases.import_file import ImportFile, import_file
from services.dsn.use_cases.sweep_sites import sweep_sites
from tools.dsn_synth.monthly import Monthly, render, rubrics

MANY = 5_000


def imported(world: World) -> dict[str, float]:
    """Seconds to import one declaration of each site, beside those to insert as many rows, 200 a transaction."""
    content = b"".join(render(rubrics(Monthly(siret=one, period="2026-10"))) for one in world.sirets)
    ours = _timed(lambda: _import(world, content))
    return {
        "declarations": len(world.sirets),
        "seconds": ours,
        "bare": _inserted(world),
        "megabytes": len(content) / 1e6,
    }


def swept(world: World, months: int) -> dict[str, float]:
    """Seconds and megabytes of a sweep of all sites, beside those to read the same rows and do nothing with them."""
    world.sql("TRUNCATE declaration, crm, crm_return")
    world.sql(DECLARED, months=months)
    world.sql(ANSWERED, "VACUUM ANALYZE")
    _sweep(world)  # the first one settles what was filled in by hand
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = _timed(lambda: _sweep(world))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # before the bare reads, which keep all rows at once
    bare = _timed(lambda: world.sql("SELECT * FROM declaration", "SELECT * FROM crm", "SELECT * FROM site FOR UPDATE"))
    return {
        "sites": len(world.sirets),
        "months": months,
        "seconds": seconds,
        "bare": bare,
        "megabytes": after / 1024,
        "added": (after - before) / 1024,
    }


def counted(world: World) -> dict[str, float]:
    """Milliseconds of the choice screen's first page, with its total, beside the two statements by hand; alone, and
    while a file is imported."""
    content = b"".join(render(rubrics(Monthly(siret=one, period="2026-09"))) for one in world.sirets[:1000])
    world.sql("VACUUM ANALYZE")
    alone = _times(world)
    busy = threading.Thread(target=lambda: _import(world, content))
    busy.start()
    during = _times(world, lambda: busy.is_alive())
    busy.join()
    sites = {"sites": len(world.sirets)}
    return {**sites, "ours": alone[0], "bare": alone[1], "ours_during": during[0], "bare_during": during[1]}


def _times(world: World, on: Callable[[], bool] = lambda: True) -> tuple[float, float]:
    found: list[tuple[float, float]] = []
    while len(found) < 5 or (len(found) < 100 and on()):
        with world.service.engine.connect() as connection:
            ours = _timed(lambda: _counts(connection, world))
            bare = _timed(lambda: _bare(connection, world))
        found.append((ours * 1000, bare * 1000))
    return median(one for one, _ in found), median(one for _, one in found)


# What the choice screen cannot do without: its first page, most alerts first, and how many sites there are.
_MINE = """FROM site s
    JOIN (SELECT DISTINCT tenant_id FROM access WHERE account_id = :me AND open AND starts_on <= :day) a
    ON a.tenant_id = s.adherent_id WHERE NOT s.withdrawn"""
_BARE = [
    sa.text(f"""SELECT s.site_id, s.siret, s.nom, s.raison_sociale, s.identifiant, s.open_alerts {_MINE}
        ORDER BY s.open_alerts DESC, s.raison_sociale_key, s.siret, s.site_id LIMIT 50"""),
    sa.text(f"SELECT count(*) {_MINE}"),
]


def _bare(connection: sa.Connection, world: World) -> None:
    for statement in _BARE:
        connection.execute(statement, {"me": ACCOUNT, "day": world.service.clock.now().date()}).all()


def _counts(connection: sa.Connection, world: World) -> None:
    asked = {"search": "", "alertes": False, "sort": "alertes", "page": 1, "page_size": 50}
    site_list(connection, account_id=ACCOUNT, clock=world.service.clock, **asked)  # type: ignore[arg-type]


def _import(world: World, content: bytes) -> None:
    step = 64 * 1024

    def chunks() -> Iterator[bytes]:
        return (content[at : at + step] for at in range(0, len(content), step))

    world.service.wiring.call(import_file)(ImportFile("bench", chunks))


def _inserted(world: World) -> float:
    with world.service.engine.connect() as connection:
        rows = [dict(row._mapping) for row in connection.execute(sa.select(declaration))]
    world.sql("TRUNCATE declaration")

    def insert() -> None:
        for at in range(0, len(rows), 200):
            with world.service.engine.begin() as connection:
                connection.execute(sa.insert(declaration), rows[at : at + 200])

    return _timed(insert)


def _sweep(world: World) -> None:
    sweep_sites(units=world.service.unit, patience=world.service.port(Patience))


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
