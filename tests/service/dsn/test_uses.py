"""That somebody used his right to the DSN is told once a day, and reading is never worse for it (decision 64)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.rights.uses import Told
from services.dsn.storage.tables import METADATA, alert
from tests.service.dsn.system import ACCOUNT, DSN_RIGHTS, Dsn

OTHER = UUID("01930000-0000-7000-8000-0000000000c2")
BOTH = {"declarations_nominatives": "consultation", "declarations_salaires": "mise_a_jour"}
TABLE = METADATA.tables["rights_use"]


@pytest.fixture
def site_id(dsn: Dsn) -> UUID:
    """A site with an alert, of November; its reader has one of the two functions."""
    site_id: UUID = dsn.site(first="2026-11")
    dsn.at("2026-12-24T12:00")
    dsn.grant(site_id, rights=DSN_RIGHTS)
    dsn.clear()
    return site_id


def told(dsn: Dsn) -> list[Any]:
    """The uses that were told since the last look."""
    found = [event.data for event in dsn.recorded() if event.type == "dsn.used.v1"]
    dsn.clear()
    return found


def read(dsn: Dsn, site_id: UUID, as_: UUID = ACCOUNT, status: int = 200) -> None:
    """He looks at the Suivi DSN."""
    assert dsn.get(f"/v1/sites/{site_id}/suivi", as_=as_).status == status


def alert_of(dsn: Dsn, site_id: UUID) -> UUID:
    (row,) = dsn.rows(sa.select(alert.c.alert_id).where(alert.c.site_id == site_id))
    found: UUID = row[0]
    return found


def test_the_first_reading_of_a_day_is_told_and_no_other(dsn: Dsn, site_id: UUID) -> None:
    read(dsn, site_id)
    (one,) = told(dsn)
    assert (one["account_id"], one["adherent_id"]) == (ACCOUNT, dsn.adherent_of(site_id))
    assert (one["codes"], str(one["day"]), one["at"]) == (["declarations_nominatives"], "2026-12-24", dsn.clock.now())
    assert set(one) == {"use_id", "adherent_id", "account_id", "codes", "day", "at"}, (
        "ids, and nothing of what was read"
    )
    read(dsn, site_id)
    assert dsn.get(f"/v1/sites/{site_id}/suivi/2026-11", as_=ACCOUNT).status == 200
    assert dsn.get(f"/v1/alerts/{alert_of(dsn, site_id)}", as_=ACCOUNT).status == 200
    assert not told(dsn)


@pytest.mark.parametrize("path", ["/v1/sites/{site}/suivi", "/v1/sites/{site}/suivi/2026-11", "/v1/alerts/{alert}"])
def test_each_way_to_read_is_a_use(dsn: Dsn, site_id: UUID, path: str) -> None:
    assert dsn.get(path.format(site=site_id, alert=alert_of(dsn, site_id)), as_=ACCOUNT).status == 200
    assert len(told(dsn)) == 1


def test_acting_on_an_alert_is_a_use(dsn: Dsn, site_id: UUID) -> None:
    assert dsn.post(f"/v1/alerts/{alert_of(dsn, site_id)}/seen", as_=ACCOUNT).status == 204
    assert len(told(dsn)) == 1


def test_counts_that_everybody_is_shown_are_no_use(dsn: Dsn, site_id: UUID) -> None:
    assert dsn.alerts(site_id, "home") and dsn.get("/v1/sites", as_=ACCOUNT).status == 200
    assert not told(dsn)


def test_another_process_says_it_no_second_time(dsn: Dsn, site_id: UUID) -> None:
    read(dsn, site_id)
    assert len(told(dsn)) == 1
    dsn.service.port(Told).__init__()  # type: ignore[misc]
    read(dsn, site_id)
    assert not told(dsn), "the table knows what the memory does not"


def test_the_day_is_that_of_paris(dsn: Dsn, site_id: UUID) -> None:
    read(dsn, site_id)
    dsn.at("2026-12-24T22:59")
    read(dsn, site_id)
    assert [str(one["day"]) for one in told(dsn)] == ["2026-12-24"]
    dsn.clock.advance(timedelta(minutes=2))
    read(dsn, site_id)
    assert [str(one["day"]) for one in told(dsn)] == ["2026-12-25"]


def test_two_sites_of_one_company_are_one_use_and_a_right_more_is_another(dsn: Dsn, site_id: UUID) -> None:
    (grant,) = dsn.grant(site_id, account=OTHER, rights=DSN_RIGHTS)
    read(dsn, site_id, OTHER)
    assert [one["codes"] for one in told(dsn)] == [["declarations_nominatives"]]
    dsn.grant(site_id, account=OTHER, rights=BOTH, delegation_id=grant["delegation_id"], sequence=2)
    dsn.post(f"/v1/alerts/{alert_of(dsn, site_id)}/seen", as_=OTHER)
    assert [one["codes"] for one in told(dsn)] == [["declarations_salaires"]], "each code once"


def test_who_is_refused_used_nothing(dsn: Dsn, site_id: UUID) -> None:
    read(dsn, site_id, OTHER, 404)
    dsn.grant(site_id, account=OTHER, rights={"mes_documents": "mise_a_jour"})
    read(dsn, site_id, OTHER, 403)
    read(dsn, new_id(), ACCOUNT, 404)
    assert not told(dsn)


def test_reading_goes_on_when_nothing_can_be_counted(dsn: Dsn, site_id: UUID) -> None:
    with dsn.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE rights_use RENAME TO rights_use_away"))
    try:
        read(dsn, site_id)
        read(dsn, site_id)
    finally:
        with dsn.engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE rights_use_away RENAME TO rights_use"))
    assert not told(dsn)


def test_days_that_are_over_are_forgotten(dsn: Dsn, site_id: UUID) -> None:
    read(dsn, site_id)
    dsn.clock.advance(timedelta(days=2))
    read(dsn, site_id)
    assert dsn.run_job("forget_uses") == 0, "what may be a day somewhere stays"
    dsn.clock.advance(timedelta(days=1))
    assert dsn.run_job("forget_uses") == 1
    assert len(dsn.rows(sa.select(TABLE))) == 1
