"""No site falls out of the clock: what is declared ahead never hides the months that follow it."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from services.dsn.storage.tables import alert, site

MONTHS = ["Mai-2027", "Avril-2027", "Mars-2027", "Février-2027", "Janvier-2027", "Décembre-2026"]


def declared_ahead(dsn):
    """September to November are there on 24 November, and nothing is pending."""
    site_id = dsn.site(first="2026-09")
    dsn.grant(site_id)
    dsn.at("2026-11-24T12:00")
    for period in ("2026-09", "2026-10", "2026-11"):
        assert dsn.declare(period, deposited_at=datetime(2026, 11, 20, 9, 30))["status"] == "OK"
    dsn.at("2026-11-24T12:01")
    assert dsn.alerts(site_id) == []
    return site_id


def test_a_site_that_declared_the_month_in_progress_is_missed_when_it_stops(dsn):
    site_id = declared_ahead(dsn)
    dsn.at("2027-07-01")
    assert [one["periode"].removeprefix("DSN ").split(":")[0] for one in dsn.alerts(site_id)] == MONTHS


def test_a_day_at_a_time_each_month_is_missed_on_its_day(dsn):
    site_id = declared_ahead(dsn)
    counts = []
    for _ in range(220):
        dsn.at(f"{dsn.clock.now() + timedelta(days=1):%Y-%m-%d}T12:01")
        (open_alerts,) = dsn.rows(sa.select(site.c.open_alerts).where(site.c.site_id == site_id))[0]
        if open_alerts not in counts:
            counts.append(open_alerts)

    assert counts == [0, 1, 2, 3, 4, 5, 6]


def test_the_sweep_finds_nothing_when_all_is_right_and_corrects_what_is_not(dsn):
    site_id = declared_ahead(dsn)
    assert dsn.run_job("sweep") == 0
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=None))
    dsn.at("2027-07-01")
    assert dsn.alerts(site_id) == []  # nobody looked
    assert dsn.run_job("sweep") == len(MONTHS) + 1
    assert len(dsn.alerts(site_id)) == len(dsn.rows(sa.select(alert.c.alert_id).where(alert.c.status == "OPEN")))
    assert dsn.run_job("sweep") == 0
