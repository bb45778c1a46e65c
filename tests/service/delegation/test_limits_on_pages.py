"""Over a limit the page stays where it was, keeps what was typed, and says until when (M6, K6, K12)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backbone.testing import ServiceUnderTest
from services.delegation.app import build
from services.delegation.settings import Settings
from tests.gateway.portal import Portal
from tests.service.delegation.test_cut_after_commit import opening, space_of
from tests.service.delegation.world import Company, World

M6 = "Trop de tentatives. Réessayez plus tard."


@pytest.fixture
def under(database_url, clock):
    """The service, with a limit that a test reaches at once."""
    settings = Settings.of(database_url=database_url, broker_url="embedded:", new_addresses_per_hour=1)
    service = ServiceUnderTest(build, settings, clock=clock)
    yield service
    service.close()


def test_one_new_address_too_many_is_told_on_the_opening_page(portal: Portal, company: Company, world: World) -> None:
    company.opened("premier@example.com")
    page, fields = opening(company, world)
    world.events()
    refused = portal.post(page, status=429, cle=str(uuid4()), **fields)
    assert M6 in refused.text and "à 11 h 00" in refused.text
    assert refused.field("email") == "comptable@example.com"
    assert world.events() == []
    world.under.clock.advance(timedelta(hours=1))
    portal.post(page, cle=str(uuid4()), **fields)
    assert world.events() == ["delegation.opened"]


def test_a_link_asked_again_too_soon_is_told_on_the_page_of_the_delegation(
    portal: Portal, company: Company, world: World
) -> None:
    page = f"{space_of(company, world)}/droits/{company.opened()}"
    for status in (303, 429):
        world.under.clock.advance(timedelta(minutes=2) if status == 303 else timedelta(seconds=1))
        version = portal.get(page).field("version")
        told = portal.post(f"{page}/invitation", status=status, version=version, cle=str(uuid4()))
    assert M6 in told.text and "Nouvel envoi possible" in told.text and "Envoyer un nouveau lien" in told.text
