"""A caisse moves due dates: its sites are judged again, and those that it does not concern keep all that they have."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.dsn.app import build
from services.dsn.settings import Settings
from services.dsn.storage.tables import alert, site
from tests.service.dsn.system import ACCOUNT, OTHER_SIRET, Dsn

OCTOBER = {"caisse": "IDF", "periode": "2026-10", "label": "Tolérance nationale"}
MOVED = {**OCTOBER, "due_at": "2026-11-30T12:00:00+01:00"}
NEXT = datetime(2026, 12, 8, 11, 0, 0, 1, tzinfo=UTC)  # eight days later, and a microsecond


def told(dsn, site_id):
    """The status and the resolution of each alert of the site."""
    found = dsn.rows(sa.select(alert.c.period, alert.c.status, alert.c.resolution).where(alert.c.site_id == site_id))
    return sorted(tuple(row) for row in found)


def again(dsn, site_id):
    """When the site is looked at next."""
    return dsn.rows(sa.select(site.c.next_eval_at).where(site.c.site_id == site_id))[0][0]


def move(dsn, body, status=200):
    """The caisse's systems say it; what the service answers. The job runs, and an instant passes."""
    dsn.clock.advance(timedelta(seconds=1))
    answer = dsn.post("/v1/calendar", json=body, machine=["dsn:write"])
    assert answer.status == status, answer.json
    dsn.run_job("evaluate_due_sites")
    return answer.json


@pytest.fixture
def late(dsn):
    """A site of the caisse that has not declared October, on the day after its grace."""
    mine = dsn.site(first="2026-10")
    dsn.at("2026-11-25")
    assert told(dsn, mine) == [("2026-10", "OPEN", None)]
    return mine


def test_a_month_moved_beyond_today_is_not_missing_any_more(dsn, late):
    assert move(dsn, MOVED) == {"due_dates": 3, "sites": 1}
    assert told(dsn, late) == [("2026-10", "CANCELLED", "CALENDAR")]
    assert again(dsn, late) == NEXT
    dsn.at("2026-12-09")
    assert told(dsn, late) == [("2026-10", "OPEN", None)]


def test_the_suivi_says_the_new_due_date(dsn, late):
    dsn.grant(late)
    move(dsn, MOVED)
    month = dsn.get(f"/v1/sites/{late}/suivi", as_=ACCOUNT).json["items"][1]
    assert (month["periode"], month["due_at"][:16]) == ("2026-10", "2026-11-30T11:00")


def test_all_that_is_due_on_a_day_moves(dsn, late):
    other = dsn.site(first="2026-10", due_day=5, siret=OTHER_SIRET)
    body = {"caisse": "IDF", "due_on": "2026-11-16", "due_at": MOVED["due_at"], "label": "Panne"}
    before = told(dsn, other)
    assert move(dsn, body) == {"due_dates": 1, "sites": 1}
    assert (told(dsn, late)[0][1], told(dsn, other)) == ("CANCELLED", before)


def test_the_same_word_again_does_nothing(dsn, late):
    move(dsn, MOVED)
    before = dsn.state()
    assert move(dsn, MOVED) == {"due_dates": 3, "sites": 0}
    assert dsn.state() == before


def test_a_due_date_goes_back_to_the_calendar(dsn, late):
    move(dsn, MOVED)
    assert move(dsn, {**OCTOBER, "due_at": None})["sites"] == 1
    assert told(dsn, late) == [("2026-10", "OPEN", None)]


def test_others_keep_all_that_they_have(dsn, late):
    elsewhere = dsn.site(first="2026-10", siret=OTHER_SIRET, caisse="GO")
    ended = dsn.site(first="2026-01", last="2026-09", siret="73282932000090")
    dsn.at("2026-11-26")
    before = dsn.rows(sa.select(site).where(site.c.site_id.in_([elsewhere, ended])).order_by(site.c.site_id))
    assert move(dsn, {**MOVED, "due_day": 5})["sites"] == 0
    assert move(dsn, MOVED)["sites"] == 1
    after = dsn.rows(sa.select(site).where(site.c.site_id.in_([elsewhere, ended])).order_by(site.c.site_id))
    assert after == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due_at": "2026-10-31T12:00:00+01:00"}, "echeance_hors_limites"),
        ({"due_at": "2027-11-30T12:00:00+01:00"}, "echeance_hors_limites"),
        ({"periode": None}, "aucune_echeance"),
        ({"periode": None, "due_on": "2026-11-15"}, "aucune_echeance"),
        ({"periode": "2026-13"}, "invalide"),
        ({"due_day": 10}, "invalide"),
        ({"label": ""}, "invalide"),
    ],
)
def test_what_makes_no_sense_is_refused_and_keeps_nothing(dsn, late, change, code):
    before = dsn.state()
    assert move(dsn, {**MOVED, **change}, status=422)["code"] == code
    assert (dsn.state(), dsn.get("/v1/calendar", machine=["dsn:write"]).json["total"]) == (before, 0)


def test_who_may_not_write_moves_nothing(dsn, late):
    assert dsn.post("/v1/calendar", json=MOVED, machine=["delegation:write"]).status == 403
    assert dsn.post("/v1/calendar", json=MOVED).status == 401


def test_what_was_moved_is_listed(dsn, late):
    move(dsn, {**MOVED, "due_day": 15})
    items = dsn.get("/v1/calendar?caisse=IDF", machine=["dsn:write"]).json["items"]
    assert [(one["periode"], one["due_day"], one["label"]) for one in items] == [("2026-10", 15, "Tolérance nationale")]
    assert dsn.get("/v1/calendar?caisse=GO", machine=["dsn:write"]).json["items"] == []


def test_a_caisse_of_alsace_has_its_holidays(database_url, clock):
    """15 April 2044 is Good Friday: worked in Paris, not in Strasbourg, where Easter Monday follows."""
    settings = Settings.of(
        database_url=database_url, broker_url="embedded:", opening_grace_days=0, holiday_regions="GE=6AE"
    )
    dsn = Dsn(build, settings, clock=clock)
    dsn.at("2044-03-20")
    ids = [
        dsn.site(first="2044-03", caisse=caisse, siret=siret)
        for caisse, siret in (("GE", OTHER_SIRET), ("IDF", "73282932000074"))
    ]
    assert [f"{again(dsn, one):%d/%m}" for one in ids] == ["27/04", "23/04"]
    dsn.close()
