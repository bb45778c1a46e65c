"""`python -m benchmarks.past`: a page of « Qui pouvait quoi », of a company with 5 000 delegations over ten years, as a
ratio to the same page (25 people) of one that has fifty. Through the API, on PostgreSQL, in turn; the ratio may be 1.3.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.words.colleges import COLLEGES
from contracts.words.functions import MA_SITUATION_DE_COMPTE
from contracts.words.kinds import Kind
from contracts.words.levels import Level
from services.delegation.app import build
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.grant import Grant
from services.delegation.domain.period import Period
from services.delegation.domain.rights import everything, stored_scope
from services.delegation.domain.status import Facts
from services.delegation.settings import Settings
from services.delegation.storage import delegations
from services.delegation.storage.journal import CALENDAR, Act
from services.delegation.storage.tables import adherents
from tests.support.postgres import start_postgres

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
YEARS = 10
ADMIN, LASTS = everything(), timedelta(days=500)
SCOPES = tuple(stored_scope(False, COLLEGES, {MA_SITUATION_DE_COMPTE: level}) for level in Level)
DAYS = ("2026-11-20", "2021-06-15", "2018-01-02", "2016-11-24")  # the last: nobody but the founder yet


def lived(company: UUID, number: int, many: int, *, turn: bool) -> list[tuple[datetime, Act, Delegation]]:
    """The life of one delegation of `many`: confirmed and changed twice; with a `turn`, at its own in ten years, and
    closed if it is old. Without, it stands from the first days on."""
    at = NOW - timedelta(days=365 * YEARS) + timedelta(days=365 * YEARS * number / many if turn else 5)
    grant = Grant(Period(at.date()), SCOPES[0])
    who = Beneficiary(f"un{number}@example.com", new_id(), f"Nom{number * 7919 % many:05}", "Claire")
    one = Delegation(new_id(), company, Kind.COLLABORATEUR, who, grant, grant, at, Facts(at.date()))
    steps = [(at, Act.OUVERTURE, one)]
    for act, change in _changes(grant, who):
        at += timedelta(days=1) if act is not Act.FERMETURE else LASTS
        if at < NOW and (turn or act is not Act.FERMETURE):
            one = change(one, at)
            steps.append((at, act, one))
    return steps


def _changes(grant: Grant, who: Beneficiary) -> list[tuple[Act, Callable[[Delegation, datetime], Delegation]]]:
    other = Grant(grant.period, SCOPES[1])
    return [
        (Act.IDENTIFICATION, lambda one, at: one.identified(who, at, at.date())),
        (Act.CONFIRMATION, lambda one, at: one.confirmed(at, at.date())),
        (Act.MODIFICATION, lambda one, _: one.granted_again(other, None, None)),
        (Act.MODIFICATION, lambda one, _: one.granted_again(grant, None, None)),
        (Act.FERMETURE, lambda one, at: one.closed(at, at.date())),
    ]


def company(under: ServiceUnderTest, number: int, many: int, *, turn: bool) -> tuple[UUID, UUID]:
    """A company with a founder and so many delegations (`lived`): its id, and the founder's account."""
    found, account = new_id(), new_id()
    words = {"identifiant": f"04{number:05}", "raison_sociale": f"E{number}", "raison_key": f"e{number}"}
    grant, born = Grant(Period(date(2016, 1, 1)), ADMIN), datetime(2016, 1, 1, tzinfo=UTC)
    founder = Delegation(
        *(new_id(), found, Kind.FONDATEUR, Beneficiary("a@example.com", account, "Aa", "Aa"), grant, grant),
        *(born, Facts(born.date())),
        completed_at=born,
        confirmed_at=born,
    )
    with under.engine.begin() as connection:
        row = {
            "id": found,
            "sequence": 1,
            "siren": f"{number:09}",
            "caisse": "IDF",
            "founder_email": "a@example.com",
            **words,
        }
        connection.execute(sa.insert(adherents), row | words)
        delegations.add(connection, [founder], author=CALENDAR, at=born)
        for at, act, one in (step for number in range(many) for step in lived(found, number, many, turn=turn)):
            if act is Act.OUVERTURE:
                delegations.add(connection, [one], author=CALENDAR, at=at)
            else:
                delegations.save(connection, [one], act=act, author=CALENDAR, at=at)
    return found, account


def page(under: ServiceUnderTest, found: UUID, account: UUID, day: str) -> float:
    """The milliseconds of one page."""
    begun = time.perf_counter()
    answer = under.get(f"/v1/adherents/{found}/who-could?jour={day}", as_=account)
    assert answer.status == 200, answer.json
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Measure, and print a line a day and the worst ratio."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--many", type=int, default=5000)
    words.add_argument("--rounds", type=int, default=60)
    given = words.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-"))
    postgres = start_postgres(folder / "postgres")
    try:
        postgres.create_database("past")
        settings = Settings.of(database_url=postgres.url("past"), broker_url="embedded:")
        measure(ServiceUnderTest(build, settings, clock=FixedClock(NOW)), given.many, given.rounds)
    finally:
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def measure(under: ServiceUnderTest, many: int, rounds: int) -> None:
    """Both companies' pages in turn, day by day."""
    small, large = company(under, 1, 50, turn=False), company(under, 2, many, turn=True)
    with under.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    worst = 0.0
    for day in DAYS:
        pairs = [(page(under, *small, day), page(under, *large, day)) for _ in range(rounds)][rounds // 6 :]
        few, lots = (median(one) for one in zip(*pairs, strict=True))
        worst = max(worst, lots / few)
        print(f"{day}: {few:.1f} ms of 50, {lots:.1f} ms of {many}: {lots / few:.2f}", flush=True)
    print(f"worst ratio: {worst:.2f}")
    under.close()


if __name__ == "__main__":
    main()
