"""Declarations of unknown establishments are listed, page by page, and judged at once when somebody says so."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from backbone import __main__ as processes
from backbone.serving.management import Management
from services.dsn import commands
from tests.service.dsn.system import OTHER_SIRET, SIRET

READS = {"machine": ["dsn:write"]}


def listed(dsn, query=""):
    """The page."""
    answer = dsn.get(f"/v1/quarantine?{query}", **READS)
    assert answer.status == 200, answer.json
    return answer.json


@pytest.fixture
def three(dsn):
    """Three declarations of two establishments that nobody knows, a minute apart."""
    for siret, period in ((SIRET, "2026-09"), (OTHER_SIRET, "2026-10"), (SIRET, "2026-10")):
        dsn.declare(period, siret=siret)
        dsn.clock.advance(timedelta(minutes=1))


def test_the_one_that_has_waited_longest_is_first(dsn, three):
    assert [(one["siret"], one["periode"]) for one in listed(dsn)["items"]] == [
        (SIRET, "2026-09"),
        (OTHER_SIRET, "2026-10"),
        (SIRET, "2026-10"),
    ]


def test_it_has_pages_and_can_be_asked_for_one_establishment(dsn, three):
    second = listed(dsn, "page=2&page_size=2")
    assert (second["total"], [one["periode"] for one in second["items"]]) == (3, ["2026-10"])
    assert {one["siret"] for one in listed(dsn, f"siret={SIRET}")["items"]} == {SIRET}


def test_what_is_known_by_now_is_judged_at_once_and_the_rest_waits(dsn, three):
    assert dsn.post("/v1/quarantine/replay", **READS).json == {"released": 0}
    dsn.referential([_site(SIRET)], adherent_id=_ADHERENT, look=False)
    assert dsn.post("/v1/quarantine/replay", **READS).json == {"released": 1}
    assert dsn.post("/v1/quarantine/replay", **READS).json == {"released": 0}
    assert [one["siret"] for one in listed(dsn)["items"]] == [OTHER_SIRET]


@pytest.fixture
def say(dsn, monkeypatch):
    """An operator's command; the lines it says."""
    monkeypatch.setattr(processes, "load", lambda name: dsn.service)

    def run(*words, status=0):
        done = CliRunner().invoke(processes.main, ["ask", "dsn", *words])
        assert done.exit_code == status, done.output
        return [json.loads(line) for line in done.output.splitlines()] if status == 0 else done.output

    return run


def test_an_operator_lists_it_and_has_it_judged_without_the_api(dsn, three, say, monkeypatch):
    monkeypatch.setattr(commands, "PAGE", 2)  # three of them are two pages
    waiting = say("quarantine", "list")
    assert [(one["siret"], one["periode"]) for one in waiting] == [
        (SIRET, "2026-09"),
        (OTHER_SIRET, "2026-10"),
        (SIRET, "2026-10"),
    ]
    dsn.referential([_site(SIRET)], adherent_id=_ADHERENT, look=False)
    assert [say("quarantine", "replay") for _ in range(2)] == [[{"released": 1}], [{"released": 0}]]
    assert [one["siret"] for one in say("quarantine", "list")] == [OTHER_SIRET]


def test_words_that_it_does_not_know_are_refused(say):
    assert "quarantine list, quarantine replay" in say("quarantine", "forget", status=2)


def test_people_and_other_machines_do_not_see_it(dsn):
    assert dsn.get("/v1/quarantine").status == 401
    assert dsn.get("/v1/quarantine", machine=["delegation:write"]).status == 403


_ADHERENT = "01930000-0000-7000-8000-0000000000d1"


def _site(siret):
    last = {"first_period": "2026-09", "last_period": None}
    return {"site_id": "01930000-0000-7000-8000-0000000000d2", "siret": siret, "nom": "Siège", "due_day": 15, **last}


def metrics(dsn):
    """What an operator's Prometheus reads."""
    lines = Management(dsn.service).metrics().decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if line.startswith(("espace_dsn", "espace_job")))


def test_an_operator_sees_how_many_wait_and_since_when(dsn, three):
    found = metrics(dsn)
    assert float(found['espace_dsn_quarantine{service="dsn"}']) == 3
    assert float(found['espace_dsn_quarantine_age_seconds{service="dsn"}']) == 180


def test_open_alerts_are_counted_by_kind_and_age(dsn):
    dsn.site(first="2026-09", last="2026-10")
    dsn.at("2026-11-25")
    dsn.clock.advance(timedelta(days=6))
    found = {name: float(value) for name, value in metrics(dsn).items() if name.startswith("espace_dsn_alerts")}
    assert {name: count for name, count in found.items() if count} == {
        'espace_dsn_alerts{age="week",kind="A",service="dsn"}': 1,
        'espace_dsn_alerts{age="month",kind="A",service="dsn"}': 1,
    }


def test_months_are_counted_by_state_as_the_last_sweep_saw_them(dsn):
    dsn.site(first="2026-09", last="2026-10")
    dsn.declare("2026-09")
    dsn.at("2026-11-25")
    for _ in range(2):  # counted anew, not on top
        dsn.run_job("sweep")
    found = {name: float(value) for name, value in metrics(dsn).items() if name.startswith("espace_dsn_months")}
    states = {"EN_TRAITEMENT": 1, "MANQUANTE": 1, "NON_ATTENDUE": 1}
    assert found == {f'espace_dsn_months{{service="dsn",state="{one}"}}': count for one, count in states.items()}


def test_a_sweep_that_does_not_end_is_seen_and_the_service_is_degraded(dsn):
    assert Management(dsn.service).ready()["jobs"] == "ok"
    dsn.run_job("sweep")
    dsn.clock.advance(timedelta(days=2, minutes=4))
    assert Management(dsn.service).ready()["jobs"] == "ok"
    dsn.clock.advance(timedelta(minutes=2))
    assert Management(dsn.service).ready()["jobs"] == "degraded"
    assert float(metrics(dsn)['espace_job_age_seconds{service="dsn",task="sweep"}']) == 2 * 86400 + 360
