"""A closing that is sent twice is told as what it did: when it ended one's own administration, when the day changed
in between (C3)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.gateway.portal import Portal
from tests.service.delegation.test_cut_after_commit import pressed_twice, space_of
from tests.service.delegation.world import Company, World


@pytest.fixture
def closing(company: Company, world: World) -> str:
    """The page on which the founder closes his own delegation; another administrator stays."""
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    world.under.clock.advance(timedelta(minutes=1))
    return f"{space_of(company, world)}/droits/{company.founder_delegation}/fermer"


def fields(portal: Portal, page: str) -> dict[str, str]:
    shown = portal.get(page)
    return {"version": str(shown.field("version")), "ends_on": str(shown.field("ends_on"))}


def test_one_s_own_administration_given_up_twice_is_told_as_given_up(
    portal: Portal, closing: str, company: Company, world: World
) -> None:
    typed = fields(portal, closing)
    world.events()
    pressed_twice(portal, closing, **typed)
    assert world.events() == ["delegation.closed"]
    assert company.sites_of(company.founder) == 0


def test_once_it_is_given_up_every_other_form_is_refused(portal: Portal, closing: str, world: World) -> None:
    typed = fields(portal, closing)
    portal.post(closing, cle=str(uuid4()), **typed)
    portal.post(closing, status=404, cle=str(uuid4()), **typed)
    portal.post(closing, status=404, cle="illisible", **typed)


def test_given_up_for_a_later_day_one_stays_where_one_was(
    portal: Portal, closing: str, company: Company, world: World
) -> None:
    typed = fields(portal, closing) | {"ends_on": "31/12/2026"}
    location = portal.post(closing, cle=str(uuid4()), **typed).location
    assert location == f"{space_of(company, world)}/droits"


def test_a_closing_of_today_sent_again_after_midnight_is_told_as_done(
    portal: Portal, company: Company, world: World
) -> None:
    page = f"{space_of(company, world)}/droits/{company.confirmed()}/fermer"
    typed, key, told = fields(portal, page), str(uuid4()), []
    for _ in range(2):
        portal.post(page, cle=key, **typed)
        told.append(portal.get("/aide").text.count("La délégation est fermée."))
        world.under.clock.advance(timedelta(hours=15))
    assert told == [1, 1]


def test_a_closing_of_today_that_comes_after_midnight_alone_closes_nothing(
    portal: Portal, company: Company, world: World
) -> None:
    delegation = company.confirmed()
    page = f"{space_of(company, world)}/droits/{delegation}/fermer"
    typed = fields(portal, page)
    world.under.clock.advance(timedelta(hours=15))
    assert "La date de fin est déjà passée." in portal.post(page, status=422, cle=str(uuid4()), **typed).text
    assert company.see(UUID(delegation)).json["statut"] == "Actif"
