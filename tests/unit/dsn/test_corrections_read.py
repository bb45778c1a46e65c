"""What a declaration says of earlier months, read from its bases and contributions (S21.G00.78, S21.G00.82)."""

from dataclasses import replace
from datetime import date

import pytest

from services.dsn.domain.deposit import Correction
from services.dsn.domain.neodes.header import deposit_of
from services.dsn.domain.neodes.lines import lines
from services.dsn.domain.neodes.scan import Wrapper, scan
from services.dsn.domain.periods import Period
from tools.dsn_synth.monthly import Monthly, closed, render, rubrics

ONE = Monthly(siret="73282932000074", period="2026-09", people=1)
JULY, AUGUST = Period(2026, 7), Period(2026, 8)


def corrections(*added):
    """Those of a declaration with these rubrics more, before its place of work."""
    body = rubrics(ONE)[:-2]
    at = next(at for at, line in enumerate(body) if line[0].startswith("S21.G00.86"))
    (found,) = scan(lines([render(closed([*body[:at], *added, *body[at:]]))]), Wrapper())
    return deposit_of(found, date(2026, 11, 23)).corrections


def base(code="20", first="01072026", last="31072026", quote=None):
    known = [("S21.G00.78.001", code), ("S21.G00.78.002", first), ("S21.G00.78.003", last), ("S21.G00.78.004", "1.00")]
    return [*known, ("S21.G00.78.007", quote)] if quote else known


@pytest.mark.parametrize(
    "added, expected",
    [
        (base(), [Correction(JULY)]),
        (base(quote="abc"), [Correction(JULY, "abc")]),
        (base(last="31082026"), [Correction(JULY), Correction(AUGUST)]),
        (base(last="30092026"), [Correction(JULY)]),
        (base(first="01092026", last="30092026", quote="abc"), [Correction(None, "abc")]),
        (base(code="03"), []),
        (base(first="01092026", last="30092026"), []),
        (base(first="01102026", last="31102026"), []),
        (base(first="31022026"), []),
        ([*base(quote="abc"), *base("21", "01082026", "31082026")], [Correction(JULY, "abc"), Correction(AUGUST)]),
    ],
)
def test_a_base_of_an_earlier_month(added, expected):
    assert corrections(*added) == tuple(sorted(expected, key=str))


def test_the_order_of_the_bases_changes_nothing():
    first, second = base(quote="abc"), base("21", "01082026", "31082026", "def")
    assert corrections(*first, *second) == corrections(*second, *first)


def test_a_contribution_corrects_when_it_names_an_answer():
    lines_of = [("S21.G00.82.001", "1.00"), ("S21.G00.82.003", "01072026"), ("S21.G00.82.004", "31072026")]
    assert read_contribution(lines_of) == ()
    assert read_contribution([*lines_of, ("S21.G00.82.006", "abc")]) == (Correction(JULY, "abc"),)


def read_contribution(added):
    """The corrections of a declaration with this contribution of its establishment."""
    body = rubrics(ONE)[:-2]
    at = next(at for at, line in enumerate(body) if line[0].startswith("S21.G00.30"))
    (found,) = scan(lines([render(closed([*body[:at], *added, *body[at:]]))]), Wrapper())
    return deposit_of(found, date(2026, 11, 23)).corrections


def test_too_many_are_said():
    added = [line for number in range(80) for line in base(quote=f"flow{number}")]
    body = rubrics(ONE)[:-2]
    at = next(at for at, line in enumerate(body) if line[0].startswith("S21.G00.86"))
    (found,) = scan(lines([render(closed([*body[:at], *added, *body[at:]]))]), Wrapper())
    assert len(deposit_of(found, date(2026, 11, 23)).corrections) == 64
    assert [one.control.code for one in found.faults] == ["trop_de_corrections"]


def test_ranks_are_written_with_zeros_or_not():
    made = [render(rubrics(replace(ONE, rank=rank))) for rank in ("1", "01")]
    deposits = [deposit_of(next(iter(scan(lines([one]), Wrapper()))), date(2026, 11, 23)) for one in made]
    assert deposits[0].identity == deposits[1].identity and deposits[1].flow_rank == "1"
