"""Two workers at once: who takes sites waits for another one, never in a circle, and nobody's fact is left unseen."""

import threading
import time
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from contracts.events.facts import CRM_PUBLISHED, DECLARATION_RECEIVED, PROCESSING_FAILED, RECTIFICATION_VALIDATED
from services.dsn.storage import sets, sites
from services.dsn.storage.tables import alert, site
from tests.service.dsn.system import SIRET
from tools.dsn_synth.identifiers import siret

FIRST, SECOND = siret("732829320", 1), siret("732829320", 2)
ANOMALY = "DSN Septembre-2026: Anomalie dans le traitement / Déclaration manquante"
OF_SEPTEMBER = {"siret": SIRET, "period": "2026-09"}


@pytest.fixture
def two(dsn):
    """Two sites, FIRST before SECOND in the order in which sites are taken, each with a declaration of its month."""
    ids = sorted((new_id(), new_id()))
    for one, site_id in zip((FIRST, SECOND), ids, strict=True):
        dsn.site(siret=one, site_id=site_id, last="2026-09")
        dsn.deliver(DECLARATION_RECEIVED, declared(one))
    dsn.run_job("evaluate_due_sites")
    return ids


def said(card, **data):
    """The data of an event, as its card's example but for what is given."""
    return card.load({**card.example, **data, "fact_id": str(new_id())})


def declared(one, order=1):
    return said(DECLARATION_RECEIVED, siret=one, period="2026-09", flow_id=f"flow-{one}", rank=str(order), order=order)


def answered(one, code=1):
    return said(CRM_PUBLISHED, flow_id=f"flow-{one}", rank="1", return_code=code)


def is_postgresql(dsn):
    return dsn.engine.dialect.name == "postgresql"


def hear(dsn, uow, card, data):
    """What a worker does with an event, in a transaction that it has not committed."""
    outcome = dsn.apply([dsn.delivery(card, data)], uow)
    assert (outcome.applied, outcome.failed) == (1, 0), outcome


@contextmanager
def beside(dsn, act):
    """`act` in a thread, which by now waits for a row that somebody holds, or is over; what it raised. It ends."""
    raised = []

    def run():
        try:
            act()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        _until_it_waits_or_ends(dsn, thread)
        yield raised
    finally:
        thread.join(60)


def _until_it_waits_or_ends(dsn, thread):
    held = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    for _ in range(200 if is_postgresql(dsn) else 0):
        with dsn.engine.connect() as connection:
            if not thread.is_alive() or connection.scalar(sa.text(held)):
                return
        time.sleep(0.02)


def test_a_batch_that_tells_of_two_sites_and_the_evaluation_wait_in_no_circle(dsn, two):
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=dsn.clock.now()))
    with dsn.unit() as uow:
        hear(dsn, uow, CRM_PUBLISHED, answered(SECOND))
        with beside(dsn, lambda: dsn.run_job("evaluate_due_sites")) as raised:
            hear(dsn, uow, DECLARATION_RECEIVED, declared(FIRST, 2))
            uow.commit()
    assert not raised
    dsn.run_job("evaluate_due_sites")
    assert len(dsn.rows(sa.select(alert).where(alert.c.site_id == two[1], alert.c.status == "OPEN"))) == 1


def test_two_batches_that_tell_of_the_same_sites_wait_in_no_circle(dsn, two):
    def other():
        with dsn.unit() as uow:
            hear(dsn, uow, DECLARATION_RECEIVED, declared(FIRST, 2))
            hear(dsn, uow, CRM_PUBLISHED, answered(SECOND, 2))
            uow.commit()

    with dsn.unit() as uow:
        hear(dsn, uow, CRM_PUBLISHED, answered(SECOND))
        with beside(dsn, other) as raised:
            hear(dsn, uow, DECLARATION_RECEIVED, declared(FIRST, 3))
            uow.commit()
    assert not raised


def test_more_sites_than_a_statement_takes_are_taken_in_the_same_order(dsn, two, monkeypatch):
    """Who looks at many and who looks at two meet in the same order, whatever order they were named in."""
    monkeypatch.setattr(sites, "chunks", lambda values: sets.chunks(values, 1))

    def other():
        with dsn.unit() as uow:
            assert len(sites.locked(uow.connection, reversed(two))) == 2

    with dsn.unit() as uow:
        sites.locked(uow.connection, two[:1])
        with beside(dsn, other) as raised:
            sites.locked(uow.connection, two)
            uow.commit()
    assert not raised


def test_the_evaluation_leaves_a_site_that_somebody_holds_to_its_next_run(dsn, two):
    dsn.at("2026-11-24T12:00")
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=dsn.clock.now()))
    with dsn.unit() as uow:
        sites.locked(uow.connection, two[:1])
        if is_postgresql(dsn):
            assert dsn.run_job("evaluate_due_sites") == 1
    assert dsn.run_job("evaluate_due_sites") == (1 if is_postgresql(dsn) else 2)


def told_meanwhile(dsn, card, data, meanwhile):
    """A worker hears a fact; `meanwhile` is all over before it commits. (SQLite has one writer: after it, there.)"""
    with dsn.unit() as uow:
        hear(dsn, uow, card, data)
        if is_postgresql(dsn):
            meanwhile()
        uow.commit()
    if not is_postgresql(dsn):
        meanwhile()
    dsn.run_job("evaluate_due_sites")


def messages(dsn, site_id):
    dsn.grant(site_id)
    return [one["periode"] for one in dsn.alerts(site_id)]


def test_a_failure_of_a_flow_is_seen_though_its_declaration_came_at_the_same_moment(dsn):
    site_id = dsn.site(last="2026-09")

    def declare():
        dsn.deliver(DECLARATION_RECEIVED, declared(SIRET))
        dsn.run_job("evaluate_due_sites")

    failed = said(PROCESSING_FAILED, siret=None, period=None, flow_id=f"flow-{SIRET}", rank="1")
    told_meanwhile(dsn, PROCESSING_FAILED, failed, declare)
    assert messages(dsn, site_id) == [ANOMALY]


def test_a_failure_of_a_month_is_seen_though_its_site_came_at_the_same_moment(dsn):
    found = []
    failed = said(PROCESSING_FAILED, **OF_SEPTEMBER, flow_id=None, rank=None)
    told_meanwhile(dsn, PROCESSING_FAILED, failed, lambda: found.append(dsn.site(last="2026-09")))
    assert dsn.rows(sa.select(alert.c.reason)) == [("PROCESSING",)]


def test_a_month_put_right_is_seen_though_its_site_came_at_the_same_moment(dsn):
    found = []
    dsn.deliver(DECLARATION_RECEIVED, declared(SIRET))
    dsn.deliver(CRM_PUBLISHED, answered(SIRET))
    right = said(RECTIFICATION_VALIDATED, **OF_SEPTEMBER)
    told_meanwhile(dsn, RECTIFICATION_VALIDATED, right, lambda: found.append(dsn.site(last="2026-09")))
    assert messages(dsn, found[0]) == []


@pytest.mark.parametrize("card", [DECLARATION_RECEIVED, PROCESSING_FAILED], ids=["declaration first", "failure first"])
def test_a_failure_and_its_declaration_in_one_batch_are_both_seen(dsn, card):
    site_id = dsn.site(last="2026-09")
    failed = said(PROCESSING_FAILED, siret=None, period=None, flow_id=f"flow-{SIRET}", rank=None)
    both = [dsn.delivery(DECLARATION_RECEIVED, declared(SIRET)), dsn.delivery(PROCESSING_FAILED, failed)]
    dsn.take(sorted(both, key=lambda one: one.routing_key != card.type))
    dsn.run_job("evaluate_due_sites")
    assert messages(dsn, site_id) == [ANOMALY]
