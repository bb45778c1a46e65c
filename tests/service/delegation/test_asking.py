"""What a refusal tells of what its reader may not see is asked a bounded number of times, refused or not (K10, K12)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from backbone.testing import Answer, ServiceUnderTest
from services.delegation.app import build
from services.delegation.settings import Settings
from services.delegation.storage.tables import newcomers
from tests.service.delegation.test_races import at_once
from tests.service.delegation.test_sub_delegation import STAFF, Firm
from tests.service.delegation.test_unseen import bytes_of
from tests.service.delegation.world import READ, TODAY, Company, World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NEW, REFUSED = 6, 3
HIDDEN = [f"secret{n}@example.com" for n in range(8)]


@pytest.fixture
def under(database_url, clock):
    """The service, with limits that a test reaches soon."""
    most = {"new_addresses_per_hour": NEW, "hidden_clashes_per_hour": REFUSED}
    service = ServiceUnderTest(
        build, Settings.of(database_url=database_url, broker_url="embedded:", **most), clock=clock
    )
    yield service
    service.close()


@pytest.fixture
def firm(company: Company, world: World) -> Firm:
    """A firm in a company that delegated to others, which the firm does not see. Some time ago: all may ask again."""
    firm = Firm(company, world)
    for email in HIDDEN:
        company.opened(email, starts_on="2027-01-01", ends_on="2027-06-30")
        world.under.clock.advance(HOUR)
    return firm


def asked(firm: Firm, email: str, **days: object) -> Answer:
    return firm.company.ask(email, as_=firm.account, **days)


def test_given_are_twenty_new_addresses_and_ten_refusals() -> None:
    given = Settings.of(database_url="sqlite://", broker_url="embedded:")
    assert (given.new_addresses_per_hour, given.hidden_clashes_per_hour) == (20, 10)


def test_a_refused_address_counts_as_a_granted_one(firm: Firm, world: World) -> None:
    statuses = [asked(firm, email).status for email in HIDDEN[:REFUSED]]
    world.execute(sa.update(newcomers).values(refusals=None))
    statuses += [asked(firm, f"nouveau{n}@example.com").status for n in range(NEW)]
    assert statuses == [409] * REFUSED + [201] * (NEW - REFUSED) + [429] * REFUSED


def test_over_the_limit_all_new_addresses_get_the_same_bytes(firm: Firm) -> None:
    for n in range(NEW):
        assert asked(firm, f"nouveau{n}@example.com").status == 201
    answers = [asked(firm, email) for email in (HIDDEN[0], "inconnu@example.com", "patron1@example.com")]
    assert {one.status for one in answers} == {429}
    assert len({bytes_of(one) for one in answers}) == 1
    assert len({one.headers["Retry-After"] for one in answers}) == 1


def test_what_the_company_delegated_to_is_new_to_the_firm(firm: Firm, world: World) -> None:
    # To be told 429 for one address and not for another is to be told who is in the company.
    for n in range(NEW - 1):
        asked(firm, f"nouveau{n}@example.com")
    assert asked(firm, HIDDEN[0], starts_on="2028-01-01").status == 201
    answers = [asked(firm, email, starts_on="2028-01-01") for email in (HIDDEN[1], "inconnu@example.com")]
    assert [one.status for one in answers] == [429, 429]
    assert bytes_of(answers[0]) == bytes_of(answers[1])


def test_the_firms_own_and_the_companys_for_the_company_are_known(firm: Firm) -> None:
    asked(firm, "nouveau0@example.com", ends_on="2026-12-31")
    for n in range(1, NEW):
        asked(firm, f"nouveau{n}@example.com")
    assert asked(firm, "nouveau0@example.com", starts_on="2027-01-01").status == 201
    for n in range(NEW):
        firm.company.ask(f"autre{n}@example.com")
    assert firm.company.ask(HIDDEN[0], starts_on="2028-01-01").status == 201


def test_asking_for_the_days_of_one_address_again_and_again_ends(firm: Firm, world: World) -> None:
    days = [f"2027-0{month}-01" for month in range(1, 7)]
    answers = [asked(firm, HIDDEN[0], starts_on=day, ends_on=day) for day in days]
    assert [one.status for one in answers] == [409] * REFUSED + [429] * (len(days) - REFUSED)
    assert answers[-1].headers["Retry-After"] == "3600"
    assert answers[-1].json["detail"].startswith("Trop de tentatives. Réessayez plus tard : vous le pourrez à")
    free = asked(firm, HIDDEN[0], starts_on="2028-01-01")
    assert bytes_of(free) == bytes_of(answers[-1])
    world.under.clock.advance(HOUR)
    assert asked(firm, HIDDEN[0], starts_on="2028-01-01").status == 201


def test_moving_the_days_of_a_delegation_ends_too(firm: Firm) -> None:
    mine = firm.delegate(HIDDEN[0], starts_on="2026-11-25", ends_on="2026-12-01")
    days = [f"2027-0{month}-01" for month in range(1, 7)]
    answers = [firm.company.change(mine, as_=firm.account, ends_on=day) for day in days]
    assert [one.status for one in answers] == [409] * REFUSED + [429] * (len(days) - REFUSED)
    assert asked(firm, HIDDEN[0], starts_on="2027-02-01").status == 429
    harmless = firm.company.change(mine, as_=firm.account, ends_on="2026-12-15")
    assert bytes_of(harmless) == bytes_of(answers[-1])


def test_fewer_days_other_rights_and_a_closing_are_never_held_back(firm: Firm) -> None:
    mine = firm.delegate(HIDDEN[0], starts_on="2026-11-25", ends_on="2026-12-20")
    for _ in range(REFUSED):
        assert firm.company.change(mine, as_=firm.account, ends_on="2027-02-01").status == 409
    assert firm.company.change(mine, as_=firm.account, ends_on="2026-12-19").status == 204
    assert firm.company.change(mine, as_=firm.account, colleges=["etam"]).status == 204
    assert firm.company.act(mine, "closing", as_=firm.account).status == 204


def test_what_a_wider_parent_gives_back_is_counted_too(firm: Firm, world: World) -> None:
    chief = firm.delegate("chef@comptagestion.example.com", administrator=True)
    below = firm.company.opened(STAFF, as_=world.account("chef@comptagestion.example.com"))
    world.identify(below, STAFF)
    assert firm.company.change(chief, as_=firm.account, ends_on="2026-12-31").status == 204
    firm.company.confirmed(STAFF, starts_on="2027-01-01", kind="collaborateur")
    statuses = [firm.company.change(chief, as_=firm.account, ends_on=None).status for _ in range(REFUSED + 1)]
    assert statuses == [409] * REFUSED + [429]


def test_what_is_granted_or_refused_for_another_reason_costs_no_refusal(firm: Firm) -> None:
    for _ in range(REFUSED + 1):
        assert asked(firm, STAFF, administrator=True, colleges=["etam"]).status == 422
    for n in range(NEW - 1):
        assert asked(firm, f"nouveau{n}@example.com").status == 201
    for _ in range(REFUSED + 1):
        assert asked(firm, "nouveau0@example.com").json["code"] == "delegation_existante"
    assert asked(firm, HIDDEN[0]).status == 409


def test_many_at_once_learn_no_more(firm: Firm) -> None:
    asks = [lambda email=email: asked(firm, email).status for email in HIDDEN]
    assert sorted(at_once(asks)) == [409] * REFUSED + [429] * (len(HIDDEN) - REFUSED)


def test_pressed_twice_it_is_one_attempt_and_one_answer(firm: Firm) -> None:
    for n in range(NEW - 1):
        asked(firm, f"nouveau{n}@example.com")
    body = {
        "email": "dernier@example.com",
        "kind": "cabinet",
        "starts_on": TODAY.isoformat(),
        "ends_on": None,
        "administrator": False,
        "colleges": ["etam"],
        "rights": READ,
    }
    headers = {"Idempotency-Key": str(uuid4())}
    path, post = f"{firm.company.path}/delegations", firm.world.under.post
    first, second = (post(path, json=body, headers=headers, as_=firm.account) for _ in range(2))
    assert (first.status, second.status, first.body) == (201, 201, second.body)


def test_a_password_asked_for_meanwhile_costs_no_second_address(firm: Firm, world: World) -> None:
    for n in range(NEW - 1):
        asked(firm, f"nouveau{n}@example.com")
    path = f"{firm.company.path}/delegations"
    body = {"email": "chef@example.com", "kind": "cabinet", "starts_on": TODAY.isoformat(), "ends_on": None}
    body |= {"administrator": True, "colleges": ["ouvriers", "etam", "cadres"], "rights": {}}
    world.under.proved_at = world.under.clock.now() - HOUR
    stale = world.under.post(path, json=body, as_=firm.account)
    assert stale.json["code"] == "reauthentification_requise"
    world.under.proved_at = None
    assert firm.company.ask("chef@example.com", as_=firm.account, administrator=True).status == 201


def test_a_new_link_is_refused_for_what_was_asked_where_it_is_seen_alone(company: Company, world: World) -> None:
    firm = Firm(company, world)
    theirs = company.opened(STAFF, starts_on="2027-01-01", ends_on="2027-06-30")
    for _ in range(2):
        world.under.clock.advance(2 * MINUTE)
        assert company.act(theirs, "invitation").status == 202
    mine = company.opened(STAFF, as_=firm.account, starts_on="2027-07-01")
    world.under.clock.advance(2 * MINUTE)
    assert company.act(theirs, "invitation").status == 429
    assert company.act(mine, "invitation", as_=firm.account).status == 202
    assert company.act(UUID(mine), "invitation", as_=firm.account).status == 429
