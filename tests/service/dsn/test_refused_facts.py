"""A refused file is a fact: the month says so, the report says where and why, a later good file ends it (R8)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.dsn.storage.tables import alert, refused_piece
from tests.service.dsn.system import SIRET
from tests.service.dsn.test_suivi import months
from tools.dsn_synth.monthly import Monthly, render, rubrics
from tools.dsn_synth.mutations import HARMLESS, set_value

ONE = Monthly(siret=SIRET, period="2026-11")  # due on 15 December: nothing is missing yet
BROKEN = set_value(ONE, "S21.G00.40.022", "BTPIDF\x92")
ANOMALY = "DSN Novembre-2026: Anomalie dans le traitement / Déclaration manquante"


def told(dsn, site_id):
    """The state of November on Suivi DSN."""
    (month,) = [one for one in months(dsn, site_id) if one["periode"] == "2026-11"]
    return month["state"], month["state_label"]


def test_a_refused_file_says_an_anomaly_until_a_good_one_comes(dsn):
    site_id = dsn.site(first="2026-11")
    dsn.grant(site_id)
    report = dsn.send(BROKEN).json
    (said,) = report["declarations"]
    assert (said["status"], said["code"], said["siret"], said["periode"]) == ("REJECTED", "encodage", SIRET, "2026-11")
    assert said["detail"] == "La ligne contient des caractères étrangers à ISO-8859-1."
    assert BROKEN.split(b"\r\n")[said["line"] - 1].startswith(b"S21.G00.40.022")
    assert [one["periode"] for one in dsn.alerts(site_id)] == [ANOMALY]
    assert told(dsn, site_id) == ("EN_ANOMALIE", "Anomalie dans le traitement")
    dsn.clock.advance(timedelta(hours=1))
    dsn.send(render(rubrics(ONE)))
    assert dsn.alerts(site_id) == [] and told(dsn, site_id)[0] == "EN_TRAITEMENT"
    assert dsn.rows(sa.select(alert.c.reason, alert.c.status, alert.c.resolution)) == [
        ("PROCESSING", "RESOLVED", "RECEIVED")
    ]


def test_the_same_refused_file_again_changes_nothing(dsn):
    dsn.site(first="2026-11")
    dsn.send(BROKEN)
    before = dsn.state()
    dsn.clock.advance(timedelta(days=1))
    dsn.send(BROKEN)
    assert dsn.state() == before and len(dsn.rows(sa.select(refused_piece))) == 1


def test_what_came_before_its_site_counts_once_that_is_known(dsn):
    dsn.send(BROKEN)
    site_id = dsn.site(first="2026-11")
    dsn.grant(site_id)
    assert [one["periode"] for one in dsn.alerts(site_id)] == [ANOMALY]


def test_a_piece_without_a_month_or_an_establishment_is_told_and_no_fact(dsn):
    dsn.site(first="2026-11")
    for code, value in (("S20.G00.05.005", "15112026"), ("S21.G00.11.001", "0074"), ("S20.G00.05.005", "01122026")):
        dsn.send(set_value(ONE, code, value).replace(b"PAIE'", b"PAIE"))
    assert dsn.rows(sa.select(refused_piece)) == []


@pytest.mark.parametrize("mutation", HARMLESS, ids=lambda one: one.name)
def test_harmless_damage_is_a_declaration(dsn, mutation):
    site_id = dsn.site(first="2026-11")
    dsn.grant(site_id)
    (said,) = dsn.send(mutation.make(ONE)).json["declarations"]
    assert (said["status"], said["code"]) == ("WARN", mutation.code)
    assert told(dsn, site_id)[0] == "EN_TRAITEMENT" and dsn.alerts(site_id) == []


def test_the_signal_of_an_event_is_ignored(dsn):
    """Natures 04, 05, 07: they are about no month."""
    site_id = dsn.site(first="2026-11")
    dsn.grant(site_id)
    signal = b"".join(
        line for line in render(rubrics(Monthly(SIRET, "2026-11", nature="07"))).splitlines(keepends=True)
    )
    signal = signal.replace(b"S20.G00.05.005,'01112026'\r\n", b"")
    count = signal.count(b"\r\n")
    signal = signal.replace(f"S90.G00.90.001,'{count + 1}'".encode(), f"S90.G00.90.001,'{count}'".encode())
    (said,) = dsn.send(signal).json["declarations"]
    assert (said["status"], said["code"], said["periode"]) == ("WARN", "nature_ignoree", None)
    assert told(dsn, site_id)[0] == "A_VENIR"
