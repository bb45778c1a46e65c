"""Facts that the caisse's systems tell: each an event of the bus, once, and heard as one (docs/decisions/0044)."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from backbone.bus.port import Delivery
from backbone.messaging import outbox
from backbone.testing import tokens
from services.dsn.listeners import LISTENS
from services.dsn.storage.tables import METADATA, crm, declaration, failure, rectification, told_fact
from tests.service.dsn.system import SIRET
from tests.support.statements import statements
from tools.dsn_synth.monthly import Monthly, render, rubrics

ONE = Monthly(siret=SIRET, period="2026-09", deposited_at=datetime(2026, 10, 4, 9, 30))
NIR = "1850699999123"
RECEIVED = {
    "flow_id": ONE.flow,
    "rank": "01",
    "siret": SIRET,
    "period": "2026-09",
    "nature": "01",
    "type": "01",
    "order": 1,
    "deposited_at": "2026-10-04T07:30:00+00:00",
    "individuals": 3,
    "fund_codes": {"BTPIDF": 3},
}
PUBLISHED = {
    "flow_id": ONE.flow,
    "rank": "1",
    "organism": "CIBTP",
    "status": "ANO",
    "code": " 2 ",
    "published_at": "2026-10-06T16:00:00+00:00",
    "returns": [{"code": "E0101", "rubric": "S21.G00.40.022", "message": f"NIR {NIR}", "value": NIR}],
}
FAILED = {"siret": SIRET, "period": "2026-09", "cause": "TECHNIQUE", "failed_at": "2026-10-06T16:00:00+00:00"}
RECTIFIED = {"siret": SIRET, "period": "2026-09", "origin": "ONLINE", "validated_at": "2026-10-20T16:00:00+00:00"}
OVERRIDDEN = {
    "caisse": "IDF",
    "period": "2026-09",
    "due_at": "2026-12-15T11:00:00+00:00",
    "label": "Tolérance",
    "said_at": "2026-11-20T08:00:00+00:00",
}


def fact(id: str, type: str, data: dict) -> dict:
    return {"id": id, "type": f"{type}.v1", "data": data}


ALL = [
    fact("d1", "declaration.received", RECEIVED),
    fact("c1", "crm.published", PUBLISHED),
    fact("f1", "processing.failed", FAILED),
    fact("r1", "rectification.validated", RECTIFIED),
    fact("o1", "calendar.overridden", OVERRIDDEN),
]


def tell(dsn, *facts: dict, **options):
    """The caisse's systems tell facts; what became of each."""
    answer = dsn.post("/v1/facts", json={"facts": list(facts)}, machine=["dsn:write"], **options)
    assert answer.status == 200, answer.json
    return answer.json["facts"]


def statuses(told):
    return [one["status"] for one in told]


def facts_of(dsn):
    """What waits in the outbox of what dsn tells itself; what becomes of alerts is told to others."""
    return [one for one in dsn.recorded() if one.type in LISTENS]


def carry(dsn, times: int = 1) -> None:
    """The relay and the bus: what waits in the outbox for dsn comes in, and sites are looked at."""
    waiting = sa.select(outbox.table()).where(outbox.table().c.type.in_(LISTENS))
    with dsn.engine.connect() as connection:
        rows = connection.execute(waiting.order_by(outbox.table().c.position)).all()
    dsn.clear()
    brought = [Delivery(json.loads(row.headers), row.body.encode(), row.type, "dsn", False, None) for row in rows]
    for _ in range(times):
        outcome = dsn.take(brought)
        assert (outcome.failed, outcome.parked) == (0, 0), dsn.errors()
    dsn.run_job("evaluate_due_sites")


def periods(dsn, site_id):
    return [one["periode"] for one in dsn.alerts(site_id)]


@pytest.fixture
def site_id(dsn):
    """A site that expects September alone."""
    found = dsn.site(last="2026-09")
    dsn.grant(found)
    return found


def test_each_fact_of_a_request_is_one_event_of_one_transaction(dsn, site_id):
    assert statuses(tell(dsn, *ALL)) == ["RECORDED"] * 5
    recorded = facts_of(dsn)
    assert [one.type for one in recorded] == [one["type"] for one in ALL]
    assert all(one.subject == str(one.data["fact_id"]) and one.sequence == 1 for one in recorded)


def test_the_same_again_does_nothing_however_it_comes(dsn, site_id):
    tell(dsn, *ALL)
    assert statuses(tell(dsn, *reversed(ALL))) == ["REPEATED"] * 5
    assert statuses(tell(dsn, ALL[0], ALL[0], fact("d2", "declaration.received", RECEIVED))) == [
        "REPEATED",
        "REPEATED",
        "RECORDED",
    ]
    assert len(facts_of(dsn)) == 6
    carry(dsn, times=3)
    tables = (declaration, crm, failure, rectification)
    assert [len(dsn.rows(sa.select(table))) for table in tables] == [1, 1, 1, 1]


def test_an_id_that_says_something_else_is_refused_and_the_first_stays(dsn, site_id):
    tell(dsn, ALL[2])
    (told,) = tell(dsn, fact("f1", "processing.failed", {**FAILED, "cause": "AUTRE"}))
    assert (told["status"], told["code"]) == ("REFUSED", "contredit")
    assert len(facts_of(dsn)) == 1


def test_an_id_is_its_senders(dsn, site_id):
    tell(dsn, ALL[0])
    token = tokens.machine_token(["dsn:write"], dsn.clock.now(), aud=["dsn"], sub="another")
    answer = dsn.post("/v1/facts", json={"facts": [ALL[0]]}, token=token)
    assert statuses(answer.json["facts"]) == ["RECORDED"]


def test_a_declaration_that_was_received_ends_the_alert_and_its_answer_opens_another(dsn, site_id):
    assert periods(dsn, site_id) == ["DSN Septembre-2026: Anomalie dans le traitement / Déclaration manquante"]
    tell(dsn, ALL[0])
    carry(dsn)
    assert periods(dsn, site_id) == []
    tell(dsn, ALL[1])
    carry(dsn)
    assert periods(dsn, site_id) == ["DSN Septembre-2026: Une déclaration à rectifier"]


def test_an_answer_may_come_before_its_declaration_and_both_before_their_site(dsn):
    tell(dsn, ALL[1])
    carry(dsn)
    tell(dsn, ALL[0])
    carry(dsn)
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    assert periods(dsn, site_id) == ["DSN Septembre-2026: Une déclaration à rectifier"]


def test_the_same_declaration_by_a_file_and_by_an_event_is_one(dsn, site_id):
    dsn.send(render(rubrics(ONE)))
    tell(dsn, ALL[0])
    carry(dsn)
    assert len(dsn.rows(sa.select(declaration))) == 1


def test_a_failure_and_a_rectification_are_facts_of_their_month(dsn, site_id):
    tell(dsn, ALL[2], fact("f2", "processing.failed", {**FAILED, "siret": None, "period": None, "flow_id": ONE.flow}))
    tell(dsn, ALL[3])
    carry(dsn)
    columns = (failure.c.siret, failure.c.flow_id, failure.c.cause)
    found = sorted(map(tuple, dsn.rows(sa.select(*columns))), key=repr)
    assert found == sorted([(SIRET, None, "TECHNIQUE"), (None, ONE.flow, "TECHNIQUE")], key=repr)
    assert dsn.rows(sa.select(rectification.c.siret, rectification.c.origin)) == [(SIRET, "ONLINE")]


def test_a_due_date_that_is_moved_takes_the_alert_back(dsn, site_id):
    assert len(periods(dsn, site_id)) == 1
    tell(dsn, ALL[4])
    carry(dsn)
    assert periods(dsn, site_id) == []


WRONG = {
    "no_such.fact": ({}, "type_inconnu", []),
    "declaration.received": ({**RECEIVED, "siret": NIR, "nir": NIR}, "fait_illisible", ["siret"]),
    "crm.published": ({**PUBLISHED, "status": NIR}, "fait_illisible", []),
    "processing.failed": ({**FAILED, "cause": f"NIR {NIR}"}, "fait_illisible", ["cause"]),
    "rectification.validated": ({**RECTIFIED, "period": "2026-13"}, "fait_illisible", ["period"]),
    "calendar.overridden": ({**OVERRIDDEN, "due_at": "2026-09-01T00:00:00Z"}, "echeance_hors_limites", []),
}


def test_what_is_wrong_is_refused_by_itself_and_its_neighbours_are_recorded(dsn, site_id):
    told = tell(dsn, *(fact(type, type, data) for type, (data, _, _) in WRONG.items()), ALL[0])
    assert {one["id"]: (one["code"], one["fields"]) for one in told[:-1]} == {
        type: (code, fields) for type, (_, code, fields) in WRONG.items()
    }
    assert statuses(told) == ["REFUSED"] * len(WRONG) + ["RECORDED"]
    assert all(one["detail"] for one in told[:-1])


@pytest.mark.parametrize(("at", "name"), [(0, "deposited_at"), (1, "published_at"), (2, "failed_at"), (4, "said_at")])
def test_what_happened_tomorrow_is_refused(dsn, site_id, at, name):
    tomorrow = (dsn.clock.now() + timedelta(days=1)).astimezone(UTC).isoformat()
    (told,) = tell(dsn, {**ALL[at], "data": {**ALL[at]["data"], name: tomorrow}})
    assert (told["status"], told["code"]) == ("REFUSED", "date_future")


def test_a_failure_of_nothing_is_refused(dsn):
    (told,) = tell(dsn, fact("f", "processing.failed", {**FAILED, "period": None}))
    assert told["code"] == "sans_declaration"


def test_the_answer_of_another_organism_is_refused(dsn):
    (told,) = tell(dsn, fact("c", "crm.published", {**PUBLISHED, "nature": "10"}))
    assert told["code"] == "nature_crm_ignoree"


def test_a_nir_beside_what_is_read_leaves_nothing_of_it_anywhere(dsn, site_id, caplog):
    with caplog.at_level(logging.DEBUG):
        told = tell(dsn, *ALL, *(fact(f"w-{type}", type, data) for type, (data, _, _) in WRONG.items()))
        recorded = repr(dsn.recorded())
        carry(dsn)
    stored = repr([dsn.rows(sa.select(table)) for table in METADATA.sorted_tables])
    assert NIR not in stored + recorded + repr(told) + caplog.text


def test_many_facts_cost_a_handful_of_statements(dsn, site_id):
    def cost(number: int) -> int:
        facts = [fact(f"{number}-{one}", "processing.failed", FAILED) for one in range(number)]
        return len(statements(dsn.engine, lambda: tell(dsn, *facts)))

    cost(1)
    assert cost(400) <= cost(2) + 2


def test_ids_are_forgotten_after_a_while_and_a_repeat_then_changes_nothing(dsn, site_id):
    tell(dsn, *ALL)
    carry(dsn)
    dsn.clock.advance(timedelta(days=91))
    assert dsn.run_job("forget_told_facts") == 5
    assert dsn.rows(sa.select(told_fact)) == []
    assert statuses(tell(dsn, *ALL)) == ["RECORDED"] * 5
    before = dsn.state()[2], dsn.rows(sa.select(crm)), dsn.rows(sa.select(failure)), dsn.rows(sa.select(rectification))
    carry(dsn)
    after = dsn.state()[2], dsn.rows(sa.select(crm)), dsn.rows(sa.select(failure)), dsn.rows(sa.select(rectification))
    assert after == before


def test_only_a_machine_with_the_scope_may_tell(dsn):
    """C2."""
    body = {"facts": [ALL[0]]}
    assert dsn.post("/v1/facts", json=body).status == 401
    assert dsn.post("/v1/facts", json=body, machine=["referential:write"]).status == 403
    assert dsn.post("/v1/facts", json=body, as_="01930000-0000-7000-8000-0000000000c1").status == 403


NO_BODIES = [{}, {"facts": []}, {"facts": [ALL[0]] * 501}, {"facts": [{**ALL[0], "id": "a b"}]}, []]


@pytest.mark.parametrize("body", NO_BODIES)
def test_a_body_that_is_none_is_refused_whole(dsn, body):
    answer = dsn.post("/v1/facts", json=body, machine=["dsn:write"])
    assert answer.status == 422 and facts_of(dsn) == []
