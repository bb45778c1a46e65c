"""The caisse's answers as JSON lines: what is one, and what is not."""

import json
from dataclasses import replace

import pytest

from contracts.words.facts import CrmStatus, Severity
from services.dsn.domain.crm import Answer, answer
from services.dsn.domain.crm_lines import crm_of
from services.dsn.domain.crm_returns import Return
from tests.unit.dsn.facts import at, crm

GOOD = {
    "flow_id": "abc",
    "rank": "1",
    "organism": "CIBTP",
    "status": "ANO",
    "published_at": "2026-11-20T18:00:00+01:00",
}


def test_an_answer_is_read_and_its_code_implied():
    read = crm_of(json.dumps(GOOD)).crm
    assert (read.status, read.code, read.errors) == (CrmStatus.ANO, 1, 0)
    assert read.published_at == at("2026-11-20T17:00")


@pytest.mark.parametrize(
    "change",
    [
        {"status": "PEUT-ÊTRE"},
        {"code": 4},
        {"code": True},
        {"code": "4"},
        {"code": "PARTIEL"},
        {"code": "KO"},  # and the status says ANO
        {"code": 1.0},
        {"flow_id": ""},
        {"flow_id": "x" * 65},
        {"flow_id": "\ud800"},
        {"rank": 1.0},
        {"rank": True},
        {"rank": " "},
        {"nature": ""},
        {"organism": None},
        {"published_at": "2026-11-20"},
        {"published_at": "hier"},
        {"published_at": None},
        {"errors": -1},
        {"nir": "1"},
    ],
)
def test_anything_else_is_refused(change):
    with pytest.raises(ValueError):
        crm_of(json.dumps({**GOOD, **change}))


@pytest.mark.parametrize("line", ["", "{", "[]", "null", "1", '{"a": NaN}', "[" * 100_000])
def test_a_line_that_is_no_object_is_refused(line):
    with pytest.raises(ValueError):
        crm_of(line)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": " 2 "}, CrmStatus.ANO, 2),
        ({"code": 2}, CrmStatus.ANO, 2),
        ({"code": "ANO"}, CrmStatus.ANO, 1),
        ({"status": " ko "}, CrmStatus.KO, 3),
        ({"status": None, "code": "KO"}, CrmStatus.KO, 3),
        ({"status": None, "code": "0"}, CrmStatus.OK, 0),
        ({"status": None, "code": "2"}, CrmStatus.ANO, 2),
        ({"status": "EN COURS"}, CrmStatus.PENDING, None),
        ({"status": None, "code": "en cours"}, CrmStatus.PENDING, None),
        ({"status": "EN_COURS", "code": ""}, CrmStatus.PENDING, None),
        ({"status": "OK", "code": ""}, CrmStatus.OK, 0),
    ],
)
def test_codes_in_words_and_with_spaces_are_read_as_what_they_mean(change, status, code):
    read = crm_of(json.dumps({**GOOD, **change})).crm
    assert (read.status, read.code) == (status, code)


def test_spaces_around_and_zeros_before_name_the_same_declaration():
    told = {"flow_id": " abc ", "rank": " 01 ", "organism": "CIBTP ", "published_at": " 2026-11-20T18:00:00+01:00 "}
    assert crm_of(json.dumps({**GOOD, **told})) == crm_of(json.dumps({**GOOD, "rank": 1})) == crm_of(json.dumps(GOOD))


def test_the_returns_are_counted_by_code_severity_and_rubric_and_add_up_to_the_errors():
    told = [
        {"code": "E0101", "rubric": "S21.G00.40.022", "similar_count": 3},
        {"code": " e0101 ", "rubric": "S21.G00.40.022", "severity": "non bloquant", "count": " 2 "},
        {"code": "CCH-11", "severity": "KO"},
        {"code": "I0201", "rubric": None},
    ]
    read = crm_of(json.dumps({**GOOD, "returns": told}))
    assert read.warnings == () and read.crm.errors == 7
    assert read.crm.returns == (
        Return("CCH-11", Severity.BLOCKING, None, 1),
        Return("E0101", Severity.ANOMALY, "S21.G00.40.022", 5),
        Return("I0201", Severity.INFORMATION, None, 1),
    )


NIR, NAME, AMOUNT = "1850699999123", "DUPONT Jeanne", "1234.56"


@pytest.mark.parametrize(
    "told",
    [
        {"code": NIR},
        {"code": NAME},
        {"code": AMOUNT},
        {"code": "E0101", "rubric": NIR},
        {"code": "E0101", "severity": NAME},
        {"code": "E0101", "count": NIR},
        {"code": "E0101", "count": 0},
        {"code": ["E0101"]},
        NIR,
        None,
    ],
)
def test_a_return_that_holds_something_else_where_its_code_should_be_is_left_out_and_the_answer_stays(told):
    read = crm_of(json.dumps({**GOOD, "code": 2, "returns": [told, {"code": "E0101", "message": NIR, "value": NAME}]}))
    assert read.warnings == ("retours_incomplets",) and read.crm.code == 2
    assert [one.code for one in read.crm.returns] == ["E0101"]
    assert not any(secret in repr(read) for secret in (NIR, NAME, AMOUNT))


def test_two_thousand_different_returns_are_kept_and_more_are_said():
    many = [{"code": f"E{number}"} for number in range(2_001)]
    read = crm_of(json.dumps({**GOOD, "returns": many}))
    assert (len(read.crm.returns), read.warnings) == (2_000, ("retours_incomplets",))


@pytest.mark.parametrize("nature", ["10", 11, " 92 "])
def test_what_another_organism_answers_is_not_the_caisses(nature):
    read = crm_of(json.dumps({**GOOD, "nature": nature}))
    assert (read.crm.is_ours, read.warnings) == (False, ("nature_crm_ignoree",))
    assert crm_of(json.dumps({**GOOD, "nature": "CIBTP"})).crm.is_ours


def test_two_natures_of_one_organism_do_not_hide_each_other():
    one, other = crm("x", 0), replace(crm("x", 2), nature="CIBTP-CP")
    assert answer([other, one]).code == answer([one, other]).code == 2


def test_the_worst_organism_decides_and_one_that_is_late_leaves_it_open():
    first, second = crm("x", 0, organism="A"), crm("x", 2, organism="B")
    assert answer([first, second]).code == 2
    assert answer([first, crm("x", None, organism="B")]) == Answer(None, 0, 0)


def test_of_two_answers_of_one_instant_the_worse_counts():
    assert answer([crm("x", 1), crm("x", 0)]) == answer([crm("x", 0), crm("x", 1)]) == Answer(1, 1, 0)
