"""A few sites over a few months, a day at a time, beside a model that is not the evaluator (tests/oracle).

The long form is `make oracle`."""

from datetime import UTC, datetime
from uuid import uuid5

import pytest

from services.dsn.app import build
from services.dsn.settings import Settings
from tests.oracle.telling import HOUR, Telling, adherents, mismatches, ticks
from tests.oracle.world import CAISSE, NAMES, world
from tests.service.dsn.system import Dsn
from tests.service.dsn.test_facts import carry, tell

SITES, MONTHS, DAYS = 36, 8, 200
BEGIN = datetime(2026, 11, 23, HOUR, tzinfo=UTC)


@pytest.fixture
def whole(database_url, clock):
    """The service with its settings as they come, empty, at the first tick."""
    clock.set(BEGIN)
    service = Dsn(build, Settings.of(database_url=database_url, broker_url="embedded:"), clock=clock)
    yield service
    service.close()


@pytest.mark.parametrize("seed", [1])
def test_each_day_of_months_the_alerts_are_those_of_the_model(whole, seed):
    """Facts come in any order and twice; every wake-up is kept, in winter and in summer."""
    lived = world(seed, SITES, "2026-09", MONTHS, BEGIN)
    telling = Telling(lived, seed)
    for number, sites in enumerate(adherents(lived, 9)):
        whole.referential(sites, adherent_id=uuid5(NAMES, str(number)), caisse=CAISSE, look=False)
    missed = []
    for tick in ticks(BEGIN, DAYS):
        whole.clock.set(tick)
        for facts in telling.until(tick):
            tell(whole, *facts)
            carry(whole)
        whole.run_job("evaluate_due_sites")
        missed += mismatches(lived, whole.engine, tick)
        assert not missed, "\n".join(missed[:10])
    assert telling.told > 400
    assert whole.run_job("sweep") == 0


def test_no_two_sites_of_its_world_are_one_establishment() -> None:
    lived = world(680386791, 2_000, "2026-09", 2, BEGIN)  # this seed drew one number twice
    assert len({site.siret for site in lived.sites}) == 2_000
