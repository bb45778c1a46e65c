"""Who sees and touches which delegation, and who is named to whom (T8, K10, G19, G52)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from contracts.words.actions import Action
from contracts.words.kinds import Kind
from services.delegation.domain.authority import actions, author_shown, may_manage, may_see
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.doubles import is_own, same_days
from services.delegation.domain.grant import Grant, ensure_owns_days
from services.delegation.domain.period import Period
from services.delegation.domain.refusals import MoreThanOwnedRefused
from services.delegation.domain.rights import everything
from services.delegation.domain.status import Facts
from tests.unit.delegation.strategies import TODAY

IN_FORCE = Facts(TODAY, TODAY, TODAY)
TO_CONFIRM = Facts(TODAY, TODAY)
ADHERENT = UUID(int=99)


def one(number: int, kind: Kind = Kind.CABINET, *, facts: Facts = IN_FORCE, period: Period | None = None) -> Delegation:
    """A delegation of somebody: number and account alike."""
    grant = Grant(period or Period(TODAY), everything())
    who = Beneficiary(f"p{number}@example.com", UUID(int=number))
    return Delegation(UUID(int=number), ADHERENT, kind, who, grant, grant, datetime(2026, 11, 23, tzinfo=UTC), facts)


FOUNDER, FIRM, OTHER = one(1, Kind.FONDATEUR), one(2), one(3)
SUSPENDED = OTHER.suspended(TODAY + timedelta(days=3), None)


def test_the_firm_sees_its_own_and_what_is_under_it_and_the_company_sees_all() -> None:
    assert may_see(FIRM, FIRM, []) and may_see(FIRM, OTHER, [FIRM.id]) and may_see(FOUNDER, OTHER, [])
    assert not may_see(FIRM, OTHER, []) and not may_see(FIRM, FOUNDER, [OTHER.id])


def test_nobody_but_himself_touches_the_founder() -> None:
    assert may_manage(FOUNDER, FOUNDER) and may_manage(FIRM, OTHER)
    assert not may_manage(FIRM, FOUNDER)


def test_an_author_is_named_to_who_may_see_him_and_what_the_system_did_to_everybody() -> None:
    somebody, nobody = UUID(int=1), None
    assert author_shown("Claire Martin", somebody, None) == "Claire Martin"
    assert author_shown("Claire Martin", somebody, {somebody}) == "Claire Martin"
    assert author_shown("Claire Martin", somebody, {UUID(int=2)}) == "Un administrateur de l'entreprise"
    assert author_shown("Date de fin atteinte", nobody, {UUID(int=2)}) == "Date de fin atteinte"


def test_a_grantor_gives_his_own_last_day_and_none_after_it() -> None:
    last = TODAY + timedelta(days=30)
    bound = Grant(Period(TODAY, last), everything())
    ensure_owns_days(Period(TODAY, last), bound)
    for asked in (Period(TODAY, last + timedelta(days=1)), Period(TODAY)):
        with pytest.raises(MoreThanOwnedRefused):
            ensure_owns_days(asked, bound)


@pytest.mark.parametrize(
    ("actor", "target", "offered"),
    [
        (FOUNDER, OTHER, "voir modifier suspendre fermer"),
        (FOUNDER, SUSPENDED, "voir reprendre fermer"),
        (FOUNDER, FOUNDER, "voir fermer"),
        (FIRM, FOUNDER, "voir"),
        (FOUNDER, replace(OTHER, facts=TO_CONFIRM), "voir fermer confirmer"),
        (FOUNDER, replace(FOUNDER, facts=TO_CONFIRM), "voir fermer"),
        (FOUNDER, replace(OTHER, facts=Facts(TODAY)), "voir fermer"),
        (FOUNDER, replace(OTHER, facts=replace(IN_FORCE, closed_on=TODAY)), "voir"),
        (FOUNDER, replace(OTHER, facts=replace(TO_CONFIRM, refused_on=TODAY)), "voir"),
    ],
)
def test_what_the_list_offers_on_a_line_g19_g52(actor: Delegation, target: Delegation, offered: str) -> None:
    assert actions(actor, target, TODAY) == [Action(word) for word in offered.split()]


def test_a_person_holds_twice_what_is_of_one_company_on_some_day_beside_itself() -> None:
    friday = date(2026, 11, 27)
    mine = one(4, period=Period(TODAY, friday))
    elsewhere = replace(one(5), adherent_id=UUID(int=98))
    later = one(6, period=Period(friday + timedelta(days=1)))
    same = one(7, period=Period(friday))
    assert same_days(mine, [mine, elsewhere, later, same]) == [same]


def test_a_delegation_is_ones_own_grant_only_when_somebody_granted_it_and_is_known() -> None:
    unknown = replace(FIRM, beneficiary=Beneficiary("p2@example.com"))
    assert is_own(OTHER, UUID(int=2), FIRM)
    assert not is_own(OTHER, UUID(int=3), FIRM)
    assert not is_own(OTHER, None, unknown) and not is_own(OTHER, UUID(int=2), None)
