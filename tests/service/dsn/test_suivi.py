"""The Suivi DSN of a site, and the caisse's answers that make « Une déclaration à rectifier » (G64, G65)."""

from datetime import UTC, datetime

import sqlalchemy as sa

from services.dsn.storage.tables import alert
from tests.service.dsn.system import ACCOUNT, SIRET
from tools.dsn_synth import crm
from tools.dsn_synth.monthly import Monthly

TO_RECTIFY = "Une déclaration à rectifier. Une action de votre part est attendue"


def months(dsn, site_id, query=""):
    """The lines of the page."""
    answer = dsn.get(f"/v1/sites/{site_id}/suivi?{query}", as_=ACCOUNT)
    assert answer.status == 200, answer.json
    return answer.json["items"]


def answer(dsn, period, code, day="2026-11-20", **options):
    """The caisse answers to the declaration of `period`."""
    one = Monthly(siret=SIRET, period=period, **options)
    line = crm.crm(one, code, datetime.fromisoformat(day).replace(tzinfo=UTC))
    sent = dsn.send(crm.render([line]))
    assert sent.status == 200, sent.json
    return sent.json["declarations"][0]


def test_months_newest_first_with_their_state(dsn):
    site_id = dsn.site()
    dsn.grant(site_id)
    dsn.declare("2026-10", people=4)
    found = months(dsn, site_id)
    assert [(one["periode"], one["state"], one["state_label"]) for one in found] == [
        ("2026-11", "A_VENIR", "À déclarer avant le 15/12"),
        ("2026-10", "EN_TRAITEMENT", "Reçue, en cours de traitement"),
        ("2026-09", "MANQUANTE", "Déclaration manquante"),
    ]
    received = found[1]
    assert (received["type"], received["effectif"], received["due_at"]) == ("Normale", 4, "2026-11-16T11:00:00+00:00")
    assert received["received_at"] == "2026-11-04T08:30:00+00:00" and received["label"] == "DSN Octobre 2026"
    assert [one["action"] for one in found] == [None, None, "Une action de votre part est attendue"]


def test_a_year_can_be_asked(dsn):
    site_id = dsn.site(first="2024-11", last="2025-02")
    dsn.grant(site_id)
    for received in ("2025-01", "2025-02"):  # a month that has an alert is there whatever is asked
        dsn.declare(received)
    assert [one["periode"] for one in months(dsn, site_id, "year=2024")] == ["2024-12", "2024-11"]
    for unreadable in ("1999", "20²2", "٢٠٢٤", "2_024", ""):
        assert dsn.get(f"/v1/sites/{site_id}/suivi?year={unreadable}", as_=ACCOUNT).status == 422


def test_the_caisse_asks_for_a_correction(dsn):
    """R13, G64: one bell, the guide's sentence."""
    site_id = dsn.site(first="2022-08", last="2022-10")
    dsn.grant(site_id)
    for period, code in (("2022-08", 1), ("2022-09", 0), ("2022-10", 2)):
        dsn.declare(period)
        assert answer(dsn, period, code)["status"] == "OK"
    assert dsn.alerts(site_id, "home") == [f"DSN Août 2022: {TO_RECTIFY}", f"DSN Octobre 2022: {TO_RECTIFY}"]


def test_a_replacement_waits_then_resolves(dsn):
    """docs/dsn.md, Alerts: in correction it does not count; accepted, it is over."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-09")
    answer(dsn, "2026-09", 1)
    later = {"type": "03", "order": 2, "deposited_at": datetime(2026, 11, 22, 10)}
    dsn.declare("2026-09", **later)
    assert dsn.alerts(site_id) == []
    answer(dsn, "2026-09", 0, "2026-11-23", **later)
    assert [(one.kind, one.status) for one in dsn.rows(sa.select(alert).order_by(alert.c.kind))] == [
        ("A", "RESOLVED"),
        ("B", "RESOLVED"),
    ]


def test_an_answer_may_come_before_its_declaration(dsn):
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    assert answer(dsn, "2026-09", 1)["status"] == "QUARANTINED"
    dsn.declare("2026-09")
    assert dsn.alerts(site_id, "home") == [f"DSN Septembre 2026: {TO_RECTIFY}"]


def test_an_older_answer_that_comes_late_changes_nothing(dsn):
    """docs/dsn.md, Answers."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-09")
    answer(dsn, "2026-09", 0, "2026-11-21")
    answer(dsn, "2026-09", 3, "2026-11-20")
    assert months(dsn, site_id, "year=2026")[0]["state"] == "ACCEPTEE"


def test_the_same_answer_twice_changes_nothing(dsn):
    dsn.site(last="2026-09")
    dsn.declare("2026-09")
    answer(dsn, "2026-09", 1)
    before = dsn.state()
    assert answer(dsn, "2026-09", 1)["code"] == "deja_recue"
    assert dsn.state() == before


def test_lines_that_are_no_answer_are_told_and_stop_nothing(dsn):
    lines = [b"{", b'{"flow_id": 1}', b'{"status": "OK"}', b"[" * 5000, b'{"a": NaN}', "{é}".encode("latin-1")]
    good = crm.render([crm.crm(Monthly(siret=SIRET, period="2026-09"), 0, datetime(2026, 11, 1, tzinfo=UTC))])
    sent = dsn.send(b"\n".join(lines) + b"\n" + good)
    assert [one["status"] for one in sent.json["declarations"]] == ["REJECTED"] * 6 + ["QUARANTINED"]


def test_a_neant_is_said(dsn):
    """R14."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-09", type="02")
    (found,) = months(dsn, site_id, "year=2026")
    assert (found["state_label"], found["type"], found["effectif"]) == ("Néant", "Néant", 0)


def test_fractions_are_shown(dsn):
    """R7."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-09", fraction="12")
    (found,) = months(dsn, site_id, "year=2026")
    assert (found["state_label"], found["type"]) == ("1 fraction sur 2", "Normale, fraction 1/2")


def whole(dsn, site_id, query=""):
    """The whole answer."""
    return dsn.get(f"/v1/sites/{site_id}/suivi?{query}", as_=ACCOUNT).json


def test_a_month_with_an_open_alert_is_there_whatever_is_asked(dsn):
    """Older than thirteen months, of another year than the one asked."""
    site_id = dsn.site(first="2024-03", last="2024-04")
    dsn.grant(site_id)
    for query in ("", "year=2025", "year=2026", "todo=1", "todo=1&year=2025"):
        found = months(dsn, site_id, query)
        assert [one["periode"] for one in found] == ["2024-04", "2024-03"], query
        assert {one["alert_status"] for one in found} == {"OPEN"}


def test_to_do_shows_what_waits_for_the_user_and_nothing_else(dsn):
    site_id = dsn.site(first="2026-08")
    dsn.grant(site_id)
    dsn.declare("2026-08")
    answer(dsn, "2026-08", 1)
    dsn.declare("2026-09")
    answer(dsn, "2026-09", 0)
    dsn.at("2026-11-24T11:00:01")
    assert [one["periode"] for one in months(dsn, site_id, "todo=1")] == ["2026-10", "2026-08"]
    assert whole(dsn, site_id)["to_do"] == 2 and len(months(dsn, site_id)) == 4
    dsn.declare("2026-08", type="03", order=2, deposited_at=datetime(2026, 11, 24, 9))
    assert [one["periode"] for one in months(dsn, site_id, "todo=1")] == ["2026-10"]
    assert [one["alert_status"] for one in months(dsn, site_id) if one["periode"] == "2026-08"] == ["IN_CORRECTION"]


def test_the_months_are_sorted_as_asked_and_what_is_not_there_comes_last(dsn):
    site_id = dsn.site(first="2026-08")
    dsn.grant(site_id)
    dsn.declare("2026-08", people=2)
    dsn.declare("2026-09", people=5)

    def order(sort):
        return [one["periode"][5:] for one in months(dsn, site_id, f"sort={sort}")]

    assert order("periode") == ["08", "09", "10", "11"] and order("-periode") == ["11", "10", "09", "08"]
    assert order("effectif") == ["08", "09", "11", "10"] and order("-effectif") == ["09", "08", "11", "10"]
    assert order("statut")[0] == "11" and order("-date_limite") == order("-periode")
    assert dsn.get(f"/v1/sites/{site_id}/suivi?sort=siret", as_=ACCOUNT).status == 422


def test_what_is_due_next_is_said(dsn):
    """The DSN of November on 15 December at noon; the contributions of October 45 days after its end."""
    site_id = dsn.site()
    dsn.grant(site_id)
    said = whole(dsn, site_id)
    assert said["next_dsn"] == {"label": "DSN Novembre 2026", "due_at": "2026-12-15T11:00:00+00:00"}
    assert said["next_contribution"] == {"label": "DSN Octobre 2026", "due_on": "2026-12-15"}
    ended = dsn.site(siret="73282932000082", first="2026-01", last="2026-02")
    dsn.grant(ended)
    assert (whole(dsn, ended)["next_dsn"], whole(dsn, ended)["next_contribution"]) == (None, None)


def test_the_bell_says_what_is_due_next_to_who_asks(dsn):
    """The home page asks for both at once; who asks for the alerts alone is told nothing else."""
    site_id = dsn.site()
    dsn.grant(site_id)
    path, names = f"/v1/sites/{site_id}/alerts?view=home", ("next_dsn", "next_contribution")
    asked = dsn.get(f"{path}&ahead=true", as_=ACCOUNT).json
    assert [asked[name] for name in names] == [whole(dsn, site_id)[name] for name in names]
    assert [dsn.get(path, as_=ACCOUNT).json[name] for name in names] == [None, None]
