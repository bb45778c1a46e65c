"""What leaves in an administrator's name is bounded: twenty new addresses an hour, then M6 with its time."""

from datetime import timedelta

import pytest

from backbone.testing import ServiceUnderTest
from services.delegation.app import build
from services.delegation.settings import Settings
from tests.service.delegation.test_races import at_once
from tests.service.delegation.world import Company, World, line

MOST = 3


@pytest.fixture
def under(database_url, clock):
    """The service, with a limit that a test reaches soon."""
    settings = Settings.of(database_url=database_url, broker_url="embedded:", new_addresses_per_hour=MOST)
    service = ServiceUnderTest(build, settings, clock=clock)
    yield service
    service.close()


def opened(company: Company, count: int, first: int = 0, **changes) -> list[int]:
    """The statuses of delegations to so many new addresses."""
    numbers = range(first, first + count)
    return [company.ask(f"nouveau{n}@example.com", kind="collaborateur", **changes).status for n in numbers]


def test_twenty_an_hour_is_what_is_given() -> None:
    assert Settings.of(database_url="sqlite://", broker_url="embedded:").new_addresses_per_hour == 20


def test_one_more_new_address_is_m6_with_its_time(company: Company, world: World) -> None:
    assert opened(company, MOST) == [201] * MOST
    world.under.clock.advance(timedelta(minutes=20))
    world.events()
    answer = company.ask("encore@example.com")
    assert (answer.status, answer.headers["Retry-After"]) == (429, str(40 * 60))
    assert answer.json["detail"].startswith("Trop de tentatives. Réessayez plus tard.")
    assert "à 11\u00a0h\u00a000" in answer.json["detail"]
    assert answer.json["errors"][0]["field"] == "email"
    assert world.events() == []


def test_the_window_slides(company: Company, world: World) -> None:
    opened(company, 1)
    world.under.clock.advance(timedelta(minutes=30))
    opened(company, MOST - 1, first=1)
    assert opened(company, 1, first=10) == [429]
    world.under.clock.advance(timedelta(minutes=30))
    assert opened(company, 2, first=10) == [201, 429]


def test_who_was_delegated_to_before_is_not_new(company: Company, world: World) -> None:
    delegation_id = company.opened("ancien@example.com", ends_on="2026-11-23")
    company.act(delegation_id, "closing")
    opened(company, MOST - 1)
    assert company.ask("ancien@example.com").status == 201
    assert company.ask("Ancien@Example.com", starts_on="2027-06-01").status == 409


def test_a_firm_brings_its_people_into_another_company(world: World) -> None:
    first, second = world.company(1), world.company(2)
    for company in (first, second):
        delegation_id = company.opened("cabinet@example.com", administrator=True)
        world.identify(delegation_id, "cabinet@example.com")
        company.act(delegation_id, "confirmation")
    firm = world.account("cabinet@example.com")
    assert opened(first, MOST, as_=firm) == [201] * MOST
    assert opened(second, MOST, as_=firm) == [201] * MOST
    assert opened(second, 1, first=20, as_=firm) == [429]


def test_a_refused_delegation_does_not_count(company: Company) -> None:
    assert [company.ask(f"x{n}@example.com", colleges=[]).status for n in range(5)] == [422] * 5
    assert opened(company, MOST) == [201] * MOST


def test_another_administrator_has_his_own_count(company: Company, world: World) -> None:
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    assert opened(company, MOST) == [201] * (MOST - 1) + [429]
    assert opened(company, MOST, first=10, as_=world.account("adjoint@example.com")) == [201] * MOST


def test_many_at_once_pass_no_more(company: Company) -> None:
    asks = [lambda n=n: company.ask(f"nouveau{n}@example.com").status for n in range(8)]
    assert sorted(at_once(asks)) == [201] * MOST + [429] * (8 - MOST)


def test_the_caisse_s_import_is_not_limited(world: World) -> None:
    assert world.send(*(line(number) for number in range(1, 9))).json["created"] == 8
