"""Reports in XML: what the published schema takes is read, and nothing else gets in."""

import itertools
import tracemalloc
from pathlib import Path

import pytest
from lxml import etree

from contracts.words.facts import CrmStatus, Severity
from services.dsn.adapters.report_xml import XmlReports
from services.dsn.domain.crm_returns import Return
from services.dsn.domain.refusals import UnknownFormat, XmlForbidden, XmlUnreadable
from services.dsn.domain.reports import crm_reported
from tests.unit.dsn.facts import at
from tools.dsn_synth.report import Anomaly, ReportedAnswer, report

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[3] / "docs" / "rapport-dsn.xsd"))
NIR = "1850699999123"
PARTIAL = ReportedAnswer.of(2, at("2026-11-20T17:00"), Anomaly(message=f"NIR {NIR}", value=NIR, count=3), Anomaly())
WHOLE = report("flux-1", [PARTIAL, ReportedAnswer(rank="02", status="EN COURS")])


def read(data: bytes, size: int = 7):
    """What is read of `data`, which comes a few bytes at a time."""
    return list(XmlReports().read(data[at : at + size] for at in range(0, len(data), size)))


def valid(data: bytes) -> bool:
    return SCHEMA.validate(etree.fromstring(data))


def test_a_report_of_the_schema_is_read():
    assert valid(WHOLE), SCHEMA.error_log
    first, second = map(crm_reported, read(WHOLE))
    assert (first.crm.flow_id, first.crm.flow_rank, first.crm.code) == ("flux-1", "1", 2)
    assert first.crm.published_at == at("2026-11-20T17:00") and first.warnings == ()
    assert first.crm.returns == (Return("E0101", Severity.ANOMALY, "S21.G00.40.022", 4),)
    assert (second.crm.flow_rank, second.crm.status, second.crm.code) == ("2", CrmStatus.PENDING, None)


@pytest.mark.parametrize("status", ["OK", "ANO", "KO", "EN COURS"])
@pytest.mark.parametrize("code", [None, 0, 1, 2, 3])
def test_whatever_the_schema_takes_is_an_answer(status, code):
    data = report("f", [ReportedAnswer(status=status, code=code, anomalies=[Anomaly(category="BLOQUANT")])])
    assert valid(data)
    assert crm_reported(read(data)[0]).warnings == ()


WRONG = {
    "a status of no one": (b"<etat>ANO</etat>", b"<etat>BIEN</etat>"),
    "no status and no code": (b"<etat>ANO</etat>\n    <code_retour>2</code_retour>", b""),
    "a code that is none": (b"<code_retour>2<", b"<code_retour>7<"),
    "no day": (b"<date_publication>2026-11-20T17:00:00+00:00</date_publication>", b""),
    "a day without its zone": (b"2026-11-20T17:00:00+00:00", b"2026-11-20T17:00:00"),
    "no flow": (b"<idflux>flux-1</idflux>", b""),
    "two statuses": (b"<etat>ANO</etat>", b"<etat>ANO</etat><etat>KO</etat>"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_schema_refuses_is_no_answer_and_its_neighbour_is(wrong):
    before, after = WRONG[wrong]
    data = WHOLE.replace(before, after, 1)
    assert data != WHOLE and not valid(data)
    pieces = read(data)
    with pytest.raises(ValueError):
        crm_reported(pieces[0])
    assert wrong == "no flow" or crm_reported(pieces[1]).crm.flow_rank == "2"


def test_messages_and_values_are_not_kept_even_for_a_moment():
    assert NIR.encode() in WHOLE and NIR not in repr(read(WHOLE))


def test_the_lines_of_a_declaration_are_said():
    first, second = read(WHOLE)
    assert b"<declaration>" in WHOLE.splitlines()[first.line_from - 1]
    assert first.line_to + 1 == second.line_from


@pytest.mark.parametrize("type", ["AEE", "ARE", "CCO", "BAN"])
def test_a_report_of_the_platform_is_not_the_caisses(type):
    data = report("f", [ReportedAnswer(status="KO")], type=type)
    assert valid(data) and not crm_reported(read(data)[0]).crm.is_ours


DOCTYPE = b'<!DOCTYPE rapport [<!ENTITY a "b">]>'
FETCH = b'<!DOCTYPE rapport SYSTEM "http://127.0.0.1:1/x.dtd">'
LAUGH = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50_000 + b'">]>'


@pytest.mark.parametrize("before", [DOCTYPE, FETCH, LAUGH, b"<!DOCTYPE rapport>"])
def test_a_document_type_is_refused(before):
    with pytest.raises(XmlForbidden):
        XmlReports().check([WHOLE.replace(b"<rapport", before + b"<rapport", 1)])


@pytest.mark.parametrize(
    "data",
    [
        WHOLE[:-5],
        WHOLE + b"<",
        WHOLE.replace(b"flux-1", b"&lol;"),
        WHOLE.replace(b"flux-1", b"\xff"),
        WHOLE.replace(b"UTF-8", b"NO-SUCH"),
        WHOLE.replace(b"<declaration>", b"<x>" * 20 + b"<declaration>", 1),
        WHOLE.replace(b"<declaration>", b'<x y="' + b"z" * 3_000_000 + b'"/><declaration>', 1),
        b"<",
    ],
)
def test_what_is_not_well_formed_or_without_measure_is_refused(data):
    with pytest.raises(XmlUnreadable):
        XmlReports().check([data])


@pytest.mark.parametrize("data", [b"<rapport type='CRM'/>", b"<html/>", WHOLE.replace(b"rapport:1", b"rapport:2")])
def test_another_document_is_no_report(data):
    with pytest.raises(UnknownFormat):
        XmlReports().check([data])


def test_memory_does_not_grow_with_the_report():
    head, rest = WHOLE.split(b"  <declaration>", 1)
    one = b"  <declaration>" + rest.split(b"  <declaration>")[0]
    tail = b" </envoi>\n</rapport>"
    tracemalloc.start()
    count = sum(1 for _ in XmlReports().read(itertools.chain([head], itertools.repeat(one, 3_000), [tail])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000 and peak < 2_000_000
