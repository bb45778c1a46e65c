"""A site's months are expected by the calendar; a missing one raises an alert, a real file resolves it."""

import sqlalchemy as sa

from services.dsn.storage.tables import alert, alert_event, site
from tests.service.dsn.system import SIRET

MISSING = "Anomalie dans le traitement / Déclaration manquante"
ACTION = "Une action de votre part est attendue"


def test_missing_months_are_told_in_the_words_of_the_guide(dsn):
    """G63, T3: newest first in the list."""
    site_id = dsn.site(first="2021-09", last="2021-10")
    dsn.grant(site_id)
    assert dsn.alerts(site_id) == [
        {"periode": f"DSN Octobre-2021: {MISSING}", "action": ACTION, "new": True},
        {"periode": f"DSN Septembre-2021: {MISSING}", "action": ACTION, "new": True},
    ]


def test_the_home_page_tells_the_oldest_first(dsn):
    """G64."""
    site_id = dsn.site(first="2021-09", last="2021-10")
    dsn.grant(site_id)
    assert dsn.alerts(site_id, "home") == [
        f"DSN Septembre 2021: {MISSING}. {ACTION}",
        f"DSN Octobre 2021: {MISSING}. {ACTION}",
    ]


def test_a_real_file_resolves_the_alert(dsn):
    """R4 then R10."""
    site_id = dsn.site()
    dsn.grant(site_id)
    assert len(dsn.alerts(site_id)) == 1
    assert dsn.declare("2026-09")["status"] == "OK"
    assert dsn.alerts(site_id) == []
    (kept,) = dsn.rows(sa.select(alert))
    assert (kept.status, kept.resolution, kept.rule) == ("RESOLVED", "RECEIVED", "R10")


def test_every_change_of_an_alert_says_why(dsn):
    """docs/dsn.md, Alerts: support can explain every alert."""
    dsn.site()
    import_id = dsn.declare("2026-09")
    history = dsn.rows(sa.select(alert_event).order_by(alert_event.c.event_id))
    assert [(one.change, one.rule) for one in history] == [("RAISED", "R4"), ("RESOLVED", "R10")]
    assert history[0].cause == "clock" and history[1].cause.startswith("import ") and import_id


def test_the_alert_comes_by_itself_at_the_end_of_the_grace(dsn):
    """R3 then R4: October is due on 16 November, its grace ends on the 24th at noon in Paris."""
    site_id = dsn.site(first="2026-10")
    dsn.grant(site_id)
    dsn.at("2026-11-24T11:00:00")
    assert dsn.alerts(site_id) == []
    dsn.at("2026-11-24T11:00:01")
    assert [one["periode"] for one in dsn.alerts(site_id)] == [f"DSN Octobre-2026: {MISSING}"]


def test_looking_again_changes_nothing(dsn):
    dsn.site()
    before = dsn.state()
    assert dsn.run_job("evaluate_due_sites") == 0
    assert dsn.state() == before


def test_the_job_makes_up_for_the_time_it_did_not_run(dsn):
    """FA17."""
    site_id = dsn.site()
    dsn.grant(site_id)
    dsn.at("2027-03-01T00:00:00")
    assert len(dsn.alerts(site_id)) == 5


def test_a_declaration_cancelled_after_the_grace_reopens_the_same_alert(dsn):
    """R9, docs/dsn.md, Alerts: reopened is the same alert."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-09")
    dsn.declare("2026-09", type="04", order=2)
    (kept,) = dsn.rows(sa.select(alert))
    assert (kept.status, kept.reopened_count, kept.rule) == ("OPEN", 1, "R9")


def test_a_new_site_has_the_grace_of_the_settings(database_url, clock):
    """docs/dsn.md, Months."""
    from services.dsn.app import build
    from services.dsn.settings import Settings
    from tests.service.dsn.system import Dsn

    dsn = Dsn(build, Settings.of(database_url=database_url, broker_url="embedded:"), clock=clock)
    site_id = dsn.site(first="2026-01", last="2026-03")
    dsn.grant(site_id)
    assert dsn.alerts(site_id) == []
    dsn.at("2026-12-01T09:00:01")
    assert len(dsn.alerts(site_id)) == 3
    dsn.close()


def test_a_site_the_referential_no_longer_names_disappears(dsn):
    """Its alerts are cancelled, and it is nobody's site any more."""
    site_id = dsn.site()
    dsn.grant(site_id)
    adherent_id = dsn.adherent_of(site_id)
    dsn.referential([], adherent_id=adherent_id, sequence=2)
    assert dsn.get("/v1/sites", as_="01930000-0000-7000-8000-0000000000c1").json["total"] == 0
    assert [(one.status, one.resolution) for one in dsn.rows(sa.select(alert))] == [("CANCELLED", "SITE_CLOSED")]


def test_an_older_state_of_the_referential_is_ignored(dsn):
    """FA12."""
    site_id = dsn.site(last="2026-09", sequence=2)
    dsn.site(site_id=site_id, last="2026-10", nom="Ancien", adherent_id=dsn.adherent_of(site_id), sequence=1)
    (row,) = dsn.rows(sa.select(site))
    assert (row.last_period, row.nom, row.siret) == ("2026-09", "Siège", SIRET)
