"""Answers in detail, as JSON lines and as reports in XML: what is kept of them, and what nobody ever keeps."""

import gzip
import json
import logging
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from services.dsn.storage.tables import METADATA, crm, crm_return
from tests.service.dsn.system import SIRET
from tools.dsn_synth.crm import crm as answer_to
from tools.dsn_synth.crm import render as lines
from tools.dsn_synth.monthly import Monthly
from tools.dsn_synth.report import Anomaly, ReportedAnswer, report

ONE = Monthly(siret=SIRET, period="2026-09", deposited_at=datetime(2026, 10, 4, 9, 30))
PUBLISHED = datetime(2026, 10, 6, 18, tzinfo=UTC)
NIR, NAME, AMOUNT = "1850699999123", "DUPONT Jeanne", "1234,56"
SECRETS = f"NIR {NIR} de {NAME}, {AMOUNT} euros"
RETURNS = [
    {"code": "E0101", "rubric": "S21.G00.40.022", "similar_count": 3, "message": SECRETS, "value": NIR},
    {"code": NIR, "message": NAME},
    {"code": "E0102", "rubric": NIR, "expected": AMOUNT},
    {"code": "CCH-11", "severity": "BLOQUANT", "count": "1", "context": {"nir": NIR}},
]
IN_XML = report(
    ONE.flow,
    [ReportedAnswer.of(1, PUBLISHED, Anomaly(count=3, message=SECRETS, value=NIR), Anomaly(code=NIR, message=NAME))],
)


def said(**more) -> dict:
    return {**answer_to(ONE, 1, PUBLISHED), "errors": None, **more}


def declared(dsn):
    """A site that expects September alone, which was declared."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    assert dsn.declare("2026-09", deposited_at=ONE.deposited_at)["status"] == "OK"
    return site_id


def kept(dsn):
    """The returns as they are stored."""
    columns = (crm_return.c.code, crm_return.c.severity, crm_return.c.rubric, crm_return.c.count)
    return sorted(tuple(row) for row in dsn.rows(sa.select(*columns)))


def everything(dsn) -> str:
    """All that is stored, and all that was announced."""
    stored = [dsn.rows(sa.select(table)) for table in METADATA.sorted_tables]
    return repr([stored, dsn.recorded()])


@pytest.mark.parametrize(
    ("data", "returns"),
    [
        (lines([said(returns=RETURNS)]), [("CCH-11", "BLOQUANT", None, 1), ("E0101", "ANOMALIE", "S21.G00.40.022", 3)]),
        (IN_XML, [("E0101", "ANOMALIE", "S21.G00.40.022", 3)]),
    ],
    ids=["lines", "xml"],
)
def test_a_return_that_holds_a_nir_a_name_or_an_amount_leaves_nothing_of_it_anywhere(dsn, caplog, data, returns):
    """docs/dsn.md, Privacy."""
    declared(dsn)
    with caplog.at_level(logging.DEBUG):
        sent = dsn.send(data).json
    (one,) = sent["declarations"]
    assert (one["status"], one["code"]) == ("WARN", "retours_incomplets")
    assert kept(dsn) == returns
    found = everything(dsn) + repr(sent) + caplog.text + repr([record.__dict__ for record in caplog.records])
    assert not [secret for secret in (NIR, "DUPONT", "Jeanne", AMOUNT) if secret in found]


def test_an_answer_of_two_thousand_returns_is_taken_whole_wherever_its_line_stands(dsn):
    """It is far longer than a line of a declaration may be, and than what is read at once."""
    declared(dsn)
    many = [{"code": f"E{number:04}", "count": 2, "message": SECRETS} for number in range(2000)]
    short = said(published_at="2026-10-05T08:00:00+00:00")
    for data in (lines([said(returns=many)]), lines([short, {**said(returns=many), "organism": "OTHER"}])):
        assert {one["status"] for one in dsn.send(data).json["declarations"]} <= {"OK"}
    assert len(kept(dsn)) == 4000


def test_a_line_that_is_no_answer_leaves_nothing_of_it_either(dsn, caplog):
    with caplog.at_level(logging.DEBUG):
        sent = dsn.send(json.dumps(said(nir=NIR)).encode()).json
    assert sent["declarations"][0]["code"] == "crm_illisible"
    assert NIR not in everything(dsn) + repr(sent) + caplog.text


def test_a_report_in_xml_says_what_is_to_be_rectified(dsn):
    site_id = declared(dsn)
    sent = dsn.send(gzip.compress(report(ONE.flow, [ReportedAnswer.of(2, PUBLISHED, Anomaly())]))).json
    assert (sent["format"], sent["totals"]["OK"]) == ("rapport", 1)
    assert [one["periode"] for one in dsn.alerts(site_id)] == ["DSN Septembre-2026: Une déclaration à rectifier"]


def test_the_same_report_again_changes_nothing(dsn):
    declared(dsn)
    dsn.send(IN_XML)
    before = [*dsn.state(), dsn.rows(sa.select(crm)), kept(dsn)]
    assert dsn.send(IN_XML).json["declarations"][0]["code"] == "deja_recue"
    assert [*dsn.state(), dsn.rows(sa.select(crm)), kept(dsn)] == before


@pytest.mark.parametrize(
    "mutation",
    [{"code": " 2 "}, {"rank": "01"}, {"rank": 1}, {"status": "EN COURS", "code": None}, {"nature": "CIBTP"}],
)
def test_spaces_numbers_and_codes_in_words_are_taken(dsn, mutation):
    declared(dsn)
    (one,) = dsn.send(b"\xef\xbb\xbf" + json.dumps(said(**mutation)).encode()).json["declarations"]
    assert (one["status"], one["siret"]) == ("OK", SIRET)


def test_the_answer_of_another_organism_does_not_count(dsn):
    declared(dsn)
    (one,) = dsn.send(lines([said(nature="11")])).json["declarations"]
    assert (one["status"], one["code"], one["siret"]) == ("WARN", "nature_crm_ignoree", None)
    assert dsn.rows(sa.select(crm)) == []


REFUSED = {
    b'<!DOCTYPE r [<!ENTITY a "b">]>' + IN_XML.split(b"\n", 1)[1]: "xml_interdit",
    IN_XML[:-9]: "xml_illisible",
    b"<?xml version='1.0'?><html/>": "format_inconnu",
}


def test_a_report_that_is_refused_keeps_nothing(dsn):
    dsn.site()
    answers = {data: dsn.send(data) for data in REFUSED}
    assert {data: one.json["code"] for data, one in answers.items()} == REFUSED
    assert {one.status for one in answers.values()} == {422}
    assert dsn.rows(sa.text("SELECT * FROM import_batch")) == []


def test_a_report_larger_than_the_limit_is_refused(dsn):
    dsn.service.wiring.replace(type(dsn.service.settings), SmallReports(dsn.service.settings))
    answer = dsn.send(IN_XML)
    assert (answer.status, answer.json["code"]) == (413, "fichier_trop_volumineux")


class SmallReports:
    """The settings, with room for a small report."""

    def __init__(self, settings) -> None:
        self.__dict__.update(settings.__dict__, report_max_bytes=500)


def test_an_answer_and_its_declaration_that_were_written_at_the_same_moment_find_each_other(dsn):
    """Neither transaction saw what the other one wrote: the job that looks at sites does."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.send(lines([said()]))
    assert [row.waiting_at is not None for row in dsn.rows(sa.select(crm.c.waiting_at))] == [True]
    unseen = sa.text("UPDATE crm SET flow_id = :flow")
    with dsn.engine.begin() as connection:
        connection.execute(unseen, {"flow": "not yet committed"})
    dsn.declare("2026-09", deposited_at=ONE.deposited_at)
    with dsn.engine.begin() as connection:
        connection.execute(unseen, {"flow": ONE.flow})
    dsn.run_job("evaluate_due_sites")
    assert [one["periode"] for one in dsn.alerts(site_id)] == ["DSN Septembre-2026: Une déclaration à rectifier"]
    assert dsn.rows(sa.select(crm.c.waiting_at)) == [(None,)]
