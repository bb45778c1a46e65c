"""Files that are refused line after line: each line in words, one reader of JSON, and an end to it (K12)."""

import json
import tracemalloc

import pytest

from tests.service.dsn.system import SIRET
from tools.dsn_synth.monthly import Monthly, render, rubrics

GOOD = {"flow_id": "abc", "rank": "1", "organism": "CIBTP", "status": "OK", "published_at": "2026-11-20T18:00:00+01:00"}
FILE = render(rubrics(Monthly(siret=SIRET, period="2026-09")))
REFUSED = b"S10.G00.00.001,'x'\n"


def line(**changes) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


@pytest.mark.parametrize(
    "bad",
    [
        line(flow_id="\ud800"),
        line(flow_id="a\0b"),
        b'{"flow_id": "b", ' + line()[1:],
        line(errors=float("nan")),
        line(errors=10**400),
        b"\xff" + line(),
        line()[:-1],
    ],
)
def test_a_bad_answer_is_one_refused_line_and_its_neighbours_stay(dsn, bad):
    answer = dsn.send(line() + b"\n" + bad + b"\n" + line(flow_id="def") + b"\n")
    assert answer.status == 200
    assert [one["status"] for one in answer.json["declarations"]] == ["QUARANTINED", "REJECTED", "QUARANTINED"]
    assert answer.json["declarations"][1]["detail"] == "La ligne n'est pas un compte rendu."


def test_k12_three_million_refused_declarations_stop_at_a_limit_and_the_report_says_so(dsn):
    dsn.site()
    tracemalloc.start()
    answer = dsn.send(FILE + REFUSED * 3_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    report = answer.json
    assert (answer.status, report["stopped"]) == (200, True)
    assert report["totals"]["OK"] == 1
    assert 10_000 <= report["totals"]["REJECTED"] <= 10_201
    last = dsn.get(f"/v1/imports/{report['import_id']}?page=103&page_size=100", machine=["dsn:write"]).json
    (end,) = [one for one in last["declarations"] if one["code"] == "trop_de_refus"]
    assert end["detail"].startswith("La lecture est arrêtée : trop de déclarations sont refusées.")
    assert peak < 150_000_000, "the body itself takes 57 million, twice in the test"


def test_a_lot_that_counts_wrong_a_million_times_is_told_a_hundred(dsn):
    answer = dsn.send(b"S05.G51.00.006,'7'\n" * 1_000_000 + FILE)
    assert answer.json["totals"]["WARN"] == 100
    assert answer.json["stopped"] is False


def test_a_siret_of_la_poste_is_judged_as_delegation_judges_it(dsn):
    file = render(rubrics(Monthly(siret="35600000000014", period="2026-09")))
    (wrong,) = dsn.send(file).json["declarations"]
    (right,) = dsn.send(render(rubrics(Monthly(siret="35600000000048", period="2026-09")))).json["declarations"]
    assert (wrong["also"], right["also"]) == (["cle_siret"], [])
