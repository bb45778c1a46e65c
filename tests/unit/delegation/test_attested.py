"""What the number of an attestation says on each day, through a suspension (decisions 61, 62)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.words.attested import Attested
from contracts.words.kinds import Role
from services.delegation.domain.attestation import Attestation, Parties, ensure_attestable
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.period import Period
from services.delegation.domain.refusals import NothingToAttestRefused
from tests.unit.delegation.strategies import TODAY
from tests.unit.delegation.test_who_sees_what import OTHER, one

SIREN = "732829320"
UNTIL = TODAY + timedelta(days=3)
SUSPENDED = OTHER.suspended(UNTIL, None)
days = st.integers(0, 12).map(lambda n: TODAY + timedelta(days=n))


def attested(held: Delegation) -> Attestation:
    """Issued today for `held`."""
    return Attestation(
        number="",
        delegation_id=held.id,
        version=held.sequence,
        issued_at=held.opened_at,
        parties=Parties("DURAND", SIREN, "0412345", None, None, held.beneficiary.email),
        kind=held.kind,
        role=Role.UTILISATEUR,
        grant=held.effective,
        in_force=held.usable_on(TODAY),
        **dict.fromkeys(("opened_at", "completed_at", "confirmed_at"), held.opened_at),
        closed_at=None,
        opened_by=None,
        confirmed_by=None,
        texts={},
    )


@given(until=days, last=st.none() | days, day=days)
def test_it_is_valid_on_no_day_on_which_nothing_is_usable(until: date, last: date | None, day: date) -> None:
    held = one(4, period=Period(TODAY, last and max(last, until + timedelta(days=1))))
    of, suspended = attested(held), held.suspended(until, None)
    for now in (suspended, suspended.resumed(None)):
        if of.standing(now, SIREN, day) is Attested.VALID:
            assert now.usable_on(day)
    assert of.standing(suspended, SIREN, day) is Attested.ENDED  # its first day is no more what was said


def test_taken_up_it_is_what_was_attested() -> None:
    of, again = attested(OTHER), SUSPENDED.resumed(None)
    assert [of.standing(one, SIREN, TODAY) for one in (OTHER, SUSPENDED, again)] == [
        Attested.VALID,
        Attested.ENDED,
        Attested.VALID,
    ]


@pytest.mark.parametrize("ahead", range(4))
def test_nothing_is_attested_while_it_is_suspended(ahead: int) -> None:
    with pytest.raises(NothingToAttestRefused):
        ensure_attestable(SUSPENDED, TODAY + timedelta(days=ahead))


def test_it_is_attested_anew_from_the_day_on_which_it_opens_again() -> None:
    day = UNTIL + timedelta(days=1)
    ensure_attestable(SUSPENDED, day)
    of = replace(attested(SUSPENDED), in_force=SUSPENDED.usable_on(day))
    assert (of.in_force, of.grant.period.starts_on, of.standing(SUSPENDED, SIREN, day)) == (True, day, Attested.VALID)
