"""Five years on, facts are forgotten, and nothing is raised because they are not there any more."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.store.tables import tables
from services.dsn.storage import purging
from services.dsn.storage.tables import (
    METADATA,
    alert,
    alert_event,
    crm,
    declaration,
    import_batch,
    import_item,
    site,
)
from services.dsn.use_cases import purge_facts
from tests.service.dsn.system import SIRET
from tools.dsn_synth import crm as synth
from tools.dsn_synth.monthly import Monthly

OLD, KEPT = "2020-10", "2026-10"


def answered(dsn, period, code, **options):
    """The caisse answers the declaration of `period`."""
    line = synth.crm(Monthly(siret=SIRET, period=period, **options), code, dsn.clock.now())
    assert dsn.send(synth.render([line])).status == 200


def periods(dsn, table):
    """The months of which something is kept."""
    return sorted({row.period for row in dsn.rows(sa.select(table.c.period))})


def alive(dsn):
    """The alerts that are not over."""
    return dsn.rows(sa.select(alert.c.period).where(alert.c.ended_at.is_(None)))


@pytest.fixture
def both(dsn, monkeypatch):
    """A site that declared a month of 2020, was told to mend it, and left a month of 2020 out; and one of 2026."""
    monkeypatch.setattr(purge_facts, "BATCH", 2)
    dsn.at("2020-09-20")
    mine = dsn.site(first="2020-08", last=KEPT)
    dsn.at("2020-11-10")
    dsn.declare(OLD)
    answered(dsn, OLD, 1)
    dsn.at("2026-11-10")
    dsn.declare(KEPT)
    answered(dsn, KEPT, 0)
    return mine


def test_what_is_old_goes_and_what_is_judged_stays(dsn, both):
    dsn.run_job("evaluate_due_sites")
    assert dsn.run_job("purge_facts") > 0
    assert (periods(dsn, declaration), len(dsn.rows(sa.select(crm)))) == ([KEPT], 1)
    assert min(periods(dsn, alert)) == "2021-01"
    assert [row.started_at.year for row in dsn.rows(sa.select(import_batch))] == [2026, 2026]
    kept = {row.import_id for row in dsn.rows(sa.select(import_item.c.import_id))}
    assert kept == {row.import_id for row in dsn.rows(sa.select(import_batch.c.import_id))}
    told = {row.alert_id for row in dsn.rows(sa.select(alert_event.c.alert_id))}
    assert told == {row.alert_id for row in dsn.rows(sa.select(alert.c.alert_id))}


def test_nothing_is_raised_because_of_it(dsn, both):
    before = alive(dsn)
    dsn.run_job("purge_facts")
    assert dsn.run_job("sweep") == 0
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=dsn.clock.now()))
    dsn.run_job("evaluate_due_sites")
    assert alive(dsn) == before and min(row.period for row in before) == "2021-01"


def test_twice_forgets_nothing_more(dsn, both):
    dsn.run_job("purge_facts")
    assert dsn.run_job("purge_facts") == 0


def test_an_alert_is_over_when_its_year_is_and_the_bell_does_not_count_it(dsn, both):
    dsn.at("2026-12-31T23:00")  # midnight in Paris
    open_now = dsn.rows(sa.select(site.c.open_alerts))[0][0]
    assert min(row.period for row in alive(dsn)) == "2022-01" and open_now == len(alive(dsn))
    ended = dsn.rows(sa.select(alert.c.resolution).where(alert.c.period == "2021-12"))
    assert [row.resolution for row in ended] == ["RETENTION"]


def test_who_left_the_dsn_long_ago_meets_no_wall_of_alerts(dsn):
    dsn.at("2020-11-10")
    dsn.site(first="2020-10")
    dsn.declare(OLD, exit=True)
    answered(dsn, OLD, 0, exit=True)
    dsn.at("2026-11-10")
    dsn.run_job("purge_facts")
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=dsn.clock.now()))
    dsn.clock.advance(timedelta(days=60))
    dsn.run_job("evaluate_due_sites")
    assert alive(dsn) == [] and periods(dsn, declaration) == [OLD]


FORGOTTEN = {one.name for one in purging.FORGOTTEN}
KEPT_BY_THEIR_OWNER = {"site", "adherent"}  # the referential's, as long as it says them
COUNTED = {"month_count"}  # a line a state, written anew by each sweep
OF_A_DAY = {"rights_use"}  # `backbone.rights.uses.forget_uses`, a job of its own


def test_every_table_of_facts_is_forgotten_in_time():
    """A new table says here whether it is forgotten: `storage/purging.py`."""
    common = sa.MetaData()
    tables(common)
    assert set(METADATA.tables) - set(common.tables) == FORGOTTEN | KEPT_BY_THEIR_OWNER | COUNTED | OF_A_DAY
