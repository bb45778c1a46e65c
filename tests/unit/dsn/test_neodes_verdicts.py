"""Each damaged file of the generator gets the verdict it announces, and spoils no neighbour (docs/dsn.md, Files)."""

from datetime import date

import pytest

from services.dsn.domain.neodes.faults import Level
from services.dsn.domain.neodes.header import deposit_of
from services.dsn.domain.neodes.lines import lines
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.neodes.scan import Wrapper, scan
from tools.dsn_synth.monthly import Monthly, render, rubrics
from tools.dsn_synth.mutations import ALL, DAMAGED, FUND

TODAY = date(2026, 11, 23)
ONE = Monthly(siret="73282932000074", period="2026-09")
NEIGHBOUR = Monthly(siret="73282932000074", period="2026-10")


def read(data):
    """(deposit or None, codes of what failed) of each declaration or junk of `data`."""
    found = []
    for one in scan(lines([data[at : at + 997] for at in range(0, len(data), 997)]), Wrapper()):
        deposit = deposit_of(one, TODAY) if isinstance(one, Reading) else None
        found.append((deposit, [fault.control for fault in one.faults]))
    return found


@pytest.mark.parametrize("mutation", [one for one in ALL if one not in FUND], ids=lambda one: one.name)
def test_verdict_is_the_expected_one(mutation):
    deposit, controls = read(mutation.make(ONE))[0]
    assert any(one.rejects for one in controls) == (mutation.status == "REJECTED")
    assert deposit is None or mutation.status != "REJECTED"
    assert [one.code for one in controls][:1] == ([mutation.code] if mutation.code else [])


@pytest.mark.parametrize("mutation", DAMAGED, ids=lambda one: one.name)
def test_neighbours_of_a_bad_declaration_are_read(mutation):
    ok = render(rubrics(NEIGHBOUR))
    deposits = [
        deposit for deposit, _ in read(ok + mutation.make(ONE) + b"\r\n" * (mutation.name[:9] == "truncated") + ok)
    ]
    assert str(deposits[0].period) == str(deposits[-1].period) == "2026-10"


def test_header_is_read_whole():
    deposit, _ = read(render(rubrics(ONE)))[0]
    assert (deposit.siret, str(deposit.period), deposit.individuals) == ("73282932000074", "2026-09", 3)
    assert deposit.fund_codes == {"BTPIDF": 3}
    assert deposit.deposited_at.isoformat() == "2026-10-04T07:30:00+00:00"


def test_no_nir_name_or_amount_leaves_the_reader():
    """docs/dsn.md, Privacy."""
    deposit, _ = read(render(rubrics(ONE)))[0]
    told = repr(deposit)
    assert "NOM0001" not in told and "99999" not in told and "MAÇONNERIE" not in told


def test_line_ends_do_not_change_what_is_read():
    bare = Monthly(siret=ONE.siret, period=ONE.period, service_blocks=False)
    (crlf, _), (lf, _) = read(render(rubrics(bare)))[0], read(render(rubrics(bare), "\n"))[0]
    assert crlf == lf


def test_identity_is_the_flow_and_its_rank_when_the_platform_gave_them():
    corrected = render(rubrics(ONE)).replace(b"SYNTHPAIE", b"SYNTHPAYE")
    (first, _), (second, _) = read(render(rubrics(ONE)))[0], read(corrected)[0]
    assert first.identity == second.identity and first.digest != second.digest


def test_every_level_is_controlled():
    assert {
        control.level
        for mutation in DAMAGED
        if mutation not in FUND
        for _, found in read(mutation.make(ONE))
        for control in found
    } == set(Level) - {Level.FUND}
