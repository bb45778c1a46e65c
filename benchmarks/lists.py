"""`python -m benchmarks.lists`: the list of beneficiaries of 10 000 beside that of 50, page by page, and whether
somebody may, among a million accesses. Pages as a browser asks for them: the gateway, delegation, a PostgreSQL."""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.rights.access import grant_of
from backbone.testing import ServiceUnderTest
from benchmarks import report
from contracts.words.kinds import Kind
from services.delegation.app import build
from services.delegation.settings import Settings
from services.delegation.storage.tables import delegations
from tests.gateway.line import Cut
from tests.service.delegation.fronted import fronted
from tests.service.delegation.world import Company, World
from tests.support.postgres import start_postgres

PART = "## Delegation"
FEW, MANY, ACCESSES, ROUNDS = 50, 10_000, 1_000_000, 60
NOW, TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23)
# A million accesses: 20 companies for each of 50 000 accounts.
FILL = """INSERT INTO access
    (grant_id, epoch, sequence, account_id, tenant_id, starts_on, ends_on, open, administrator, scopes, rights)
  SELECT gen_random_uuid(), 0, 1, md5('account' || n / 20)::uuid, md5('tenant' || n)::uuid, '2026-01-01', NULL,
    true, false, '["etam"]', '{"mes_documents": "consultation"}' FROM generate_series(0, %d) AS n"""


@contextmanager
def open_world() -> Iterator[World]:
    """delegation on a database of its own."""
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-lists-"))
    postgres = start_postgres(folder / "postgres")
    try:
        settings = Settings.of(database_url=postgres.create_database("delegation"), broker_url="embedded:")
        under = ServiceUnderTest(build, settings, clock=FixedClock(NOW))
        yield World(under)
        under.close()
    finally:
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def staffed(world: World, number: int, people: int) -> Company:
    """A company of so many beneficiaries, copies of one under other names."""
    company = world.company(number)
    one = company.confirmed(f"modele{number}@example.com", kind=str(Kind.COLLABORATEUR))
    with world.under.engine.begin() as connection:
        row = connection.execute(sa.select(delegations).where(delegations.c.id == UUID(one))).mappings().one()
        names = [f"nom{at * 7919 % MANY:05}" for at in range(people - 2)]
        keys = (
            {"id": new_id(), "nom": one, "name_key": f"{one}\x01claire", "email_key": f"{one}@x.fr"} for one in names
        )
        connection.execute(sa.insert(delegations), [{**row, **key} for key in keys])
    return company


def pages(world: World, people: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each page, by how many there are; the two in turn."""
    companies = {"few": staffed(world, 1, FEW), "many": staffed(world, 2, people)}
    with world.under.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    asks: dict[str, dict[str, Callable[[], Any]]] = {}
    for name, company in companies.items():
        portal, space = fronted(world, company, Cut(world.under.app))
        last = -(-(FEW if name == "few" else people) // 5)
        middle, anchor = last // 2, _anchor(company, last // 2 - 1)
        addresses = {
            "first page": "droits",
            f"page {-(-people // 5):,}, the last": f"droits?page={last}",
            "a page of the middle, from the one before": f"droits?page={middle}&{anchor}",
            "filtered by name": "droits?nom=nom0",
            "CSV, a line": "droits.csv",
        }
        for what, address in addresses.items():
            asks.setdefault(what, {})[name] = lambda portal=portal, path=f"{space}/{address}": _asked(portal, path)
    return {what: _timed(what, two, people) for what, two in asks.items()}


def _anchor(company: Company, page: int) -> str:
    shown = company.list(f"page={page}&page_size=5&exclure_inactifs=true").json["items"]
    return f"apres={shown[-1]['delegation_id']}&repere={page}"


def _asked(portal: Any, path: str) -> None:
    answer = portal.client.get(path, base_url="https://espace.example.com")
    assert answer.status_code == 200 and answer.data, answer.status_code


def _timed(what: str, two: dict[str, Callable[[], None]], people: int) -> dict[str, float]:
    csv = what.startswith("CSV")
    found: dict[str, list[float]] = {name: [] for name in two}
    for _ in range(ROUNDS // 10 if csv else ROUNDS):
        for name, ask in two.items():
            began = time.perf_counter()
            ask()
            found[name].append((time.perf_counter() - began) * 1000)
    lines = {"few": FEW, "many": people} if csv else {"few": 1, "many": 1}
    return {name: median(times) / lines[name] for name, times in found.items()}


def access(world: World, rows: int) -> dict[str, float]:
    """Milliseconds of the statement that says what an account may do for a company, among `rows` accesses."""
    with world.under.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(FILL % (rows - 1))
        connection.exec_driver_sql("VACUUM ANALYZE access")
        some = connection.exec_driver_sql("SELECT account_id, tenant_id FROM access ORDER BY grant_id LIMIT 2000").all()
        times = []
        for account_id, tenant_id in some:
            began = time.perf_counter()
            assert grant_of(connection, account_id, tenant_id, TODAY)
            times.append((time.perf_counter() - began) * 1000)
    return {"rows": rows, "median": median(times), "p99": sorted(times)[len(times) * 99 // 100]}


def markdown(found: dict[str, dict[str, float]], may: dict[str, float], people: int, load: float) -> str:
    """The part of docs/performance.md."""
    lines = [
        PART,
        f"Written by `make bench-lists` on {datetime.now(UTC):%d/%m/%Y}; load average when it began: "
        f"{load:.2f}. One process, PostgreSQL on the same machine; medians, the two in turn.",
        "",
        f"| « Liste des bénéficiaires », ms | of {people:,} | of {FEW} | ratio | asked |",
        "| --- | --- | --- | --- | --- |",
    ]
    for what, one in found.items():
        lines.append(f"| {what} | {one['many']:.2f} | {one['few']:.2f} | {one['many'] / one['few']:.2f} | 1.3 |")
    lines += [
        "",
        f"What an account may do for a company, among {may['rows']:,.0f} accesses, one statement with its round",
    ]
    lines[-1] += f" trip and its reading: {may['median']:.2f} ms (p99 {may['p99']:.2f} ms; asked: under 1 ms)."
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write when it was the whole."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", type=float, default=1.0)
    scale = words.parse_args().scale
    load, people = report.load_average(), max(FEW * 2, int(MANY * scale))
    with open_world() as world:
        found = pages(world, people)
        may = access(world, int(ACCESSES * scale))
    text = markdown(found, may, people, load)
    print(text)
    if scale == 1:
        report.put(PART, text)


if __name__ == "__main__":
    main()
