"""The caisse's answers as JSON lines: what is one, and what is not."""

import json

import pytest

from services.dsn.domain.crm import Answer, CrmStatus, answer
from services.dsn.domain.crm_lines import crm_of
from tests.unit.dsn.facts import at, crm

GOOD = {
    "flow_id": "abc",
    "rank": "1",
    "organism": "CIBTP",
    "status": "ANO",
    "published_at": "2026-11-20T18:00:00+01:00",
}


def test_an_answer_is_read_and_its_code_implied():
    read = crm_of(json.dumps(GOOD))
    assert (read.status, read.code, read.errors) == (CrmStatus.ANO, 1, 0)
    assert read.published_at == at("2026-11-20T17:00")


@pytest.mark.parametrize(
    "change",
    [
        {"status": "PEUT-ÊTRE"},
        {"code": 4},
        {"code": True},
        {"code": "1"},
        {"flow_id": ""},
        {"flow_id": "x" * 65},
        {"flow_id": "\ud800"},
        {"rank": 1},
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


def test_the_worst_organism_decides_and_one_that_is_late_leaves_it_open():
    first, second = crm("x", 0, organism="A"), crm("x", 2, organism="B")
    assert answer([first, second]).code == 2
    assert answer([first, crm("x", None, organism="B")]) == Answer(None, 0, 0)


def test_of_two_answers_of_one_instant_the_worse_counts():
    assert answer([crm("x", 1), crm("x", 0)]) == answer([crm("x", 0), crm("x", 1)]) == Answer(1, 1, 0)
