"""A file that went through other hands says what it said: damage to what is not read leaves the facts as they were."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dsn.domain.neodes import tree
from services.dsn.domain.neodes.header import deposit_of
from services.dsn.domain.neodes.lines import lines
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.neodes.scan import Wrapper, scan
from tools.dsn_synth.monthly import Monthly, render, rubrics
from tools.dsn_synth.mutations import HARMLESS

TODAY = date(2026, 11, 23)
ONE = Monthly(siret="73282932000074", period="2026-09", corrects="2026-07", quotes="flow")
WHOLE = render(rubrics(ONE)).split(b"\r\n")[:-1]
# What is read only to warn may be spoilt, too.
FREE = [at for at, line in enumerate(WHOLE) if (line[:10].decode(), int(line[11:14])) not in tree.DECISIVE]
FOREIGN = [b"\x92", b"\x80", b"\xc3\x89", b"\xef\xbf\xbd", b"\xe2\x80\x99"]


def read(data: bytes) -> Reading:
    """The one declaration of `data`."""
    (found,) = scan(lines([data]), Wrapper())
    assert isinstance(found, Reading)
    return found


def facts(data: bytes) -> tuple[object, set[str]]:
    """What is known from `data`, but for its text, and what is said against it."""
    reading = read(data)
    deposit = deposit_of(reading, TODAY)
    assert deposit, reading.faults
    return replace(deposit, digest="", identity=""), {one.control.code for one in reading.faults}


@st.composite
def damages(draw: st.DrawFn) -> bytes:
    """The file with spaces around some lines, curly quotes, blank lines, a byte order mark, foreign letters."""
    damaged = list(WHOLE)
    for at in draw(st.sets(st.sampled_from(FREE), max_size=4)):
        before, quote, value = damaged[at].partition(b"'")
        damaged[at] = before + quote + draw(st.sampled_from(FOREIGN)) + value
    for at in draw(st.sets(st.integers(0, len(WHOLE) - 1), max_size=6)):
        around = st.sampled_from([b"", b" ", b"\t", b"  \xa0"])
        damaged[at] = draw(around) + damaged[at] + draw(around)
    for at in draw(st.sets(st.integers(0, len(WHOLE) - 1), max_size=4)):
        left, right = draw(st.sampled_from([(b"\x91", b"\x92"), (b"\xe2\x80\x98", b"\xe2\x80\x99"), (b"`", b"\xb4")]))
        first, last = damaged[at].index(b"'"), damaged[at].rindex(b"'")
        damaged[at] = damaged[at][:first] + left + damaged[at][first + 1 : last] + right + damaged[at][last + 1 :]
    for at in sorted(draw(st.sets(st.integers(0, len(WHOLE) - 1), max_size=3)), reverse=True):
        damaged.insert(at, draw(st.sampled_from([b"", b"  ", b"\t"])))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + draw(st.sampled_from([b"\r\n", b"\n"])).join(damaged)


@given(damages())
def test_harmless_damage_changes_no_fact(damaged: bytes) -> None:
    assert facts(damaged)[0] == facts(render(rubrics(ONE)))[0]


@pytest.mark.parametrize("mutation", HARMLESS, ids=lambda one: one.name)
def test_each_is_said(mutation) -> None:
    assert facts(mutation.make(ONE)) == (facts(render(rubrics(ONE)))[0], {mutation.code})


@pytest.mark.parametrize(
    "mutation", [one for one in HARMLESS if one.code != "libelle_etranger"], ids=lambda one: one.name
)
def test_what_is_passed_over_does_not_make_another_declaration_of_a_bare_file(mutation) -> None:
    bare = replace(ONE, service_blocks=False)
    assert read(mutation.make(bare)).digest == read(render(rubrics(bare))).digest


WRITTEN = sorted({line[:14].decode() for line in WHOLE} & {f"{block}.{number:03d}" for block, number in tree.DECISIVE})


@pytest.mark.parametrize("code", WRITTEN)
def test_foreign_letters_in_what_is_read_refuse(code: str) -> None:
    spoilt = b"\r\n".join(WHOLE).replace(f"{code},'".encode(), f"{code},'".encode() + b"\x92", 1)
    assert "encodage" in {one.control.code for one in read(spoilt).faults}
