"""What identity said of an address that its account left since: the newest word of an account counts (K1).

Whichever event comes first, and whichever transaction: a person who left the address before anybody confirmed has
nothing of what was sent to it.
"""

import logging
from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from contracts.events.identity import ACCOUNT_UPDATED, BENEFICIARY_IDENTIFIED
from contracts.words.reasons import Closed
from services.delegation.domain.delegation import Beneficiary
from services.delegation.storage.tables import delegations
from services.delegation.use_cases.follow_accounts import follow_accounts
from services.delegation.use_cases.identify_beneficiaries import Identified, identify_beneficiaries
from tests.service.delegation.world import Company, World, line

ASKED, AFTER = "avant@example.com", "parti@example.com"
FOUNDER = "patron1@example.com"


def founder_of(world: World) -> UUID:
    """The delegation of a founder who was just named."""
    world.send(line())
    return UUID(str(world.event("delegation.opened")["delegation_id"]))


def row(world: World, delegation_id: UUID | str) -> Any:
    """What is stored of a delegation."""
    with world.under.engine.connect() as connection:
        return connection.execute(sa.select(delegations).where(delegations.c.id == UUID(str(delegation_id)))).one()


def test_a_founder_who_left_before_his_identification_arrives_is_not_confirmed(world: World) -> None:
    founder = founder_of(world)
    world.rename(FOUNDER, sequence=5, email=AFTER)
    world.identify(founder, FOUNDER, version=3)
    account = world.account(FOUNDER)
    assert "delegation.confirmed" not in world.events()
    assert world.under.get("/v1/sites", as_=account).json["total"] == 0
    assert row(world, founder).account_id is None


def test_the_founder_of_that_address_is_awaited_again(world: World) -> None:
    founder = founder_of(world)
    world.rename(FOUNDER, sequence=5, email=AFTER)
    world.identify(founder, FOUNDER, version=3)
    closed, opened = world.under.recorded()
    assert (closed.type, closed.data["reason"]) == ("delegation.closed.v1", Closed.LEFT)
    assert (opened.type, opened.data["beneficiary"]["email"]) == ("delegation.opened.v1", FOUNDER)
    world.accounts.pop(FOUNDER)
    successor = world.identify(opened.data["delegation_id"], FOUNDER)
    assert world.under.get("/v1/sites", as_=successor).json["total"] == 1


def test_a_founder_confirmed_before_he_leaves_stays_one(company: Company, world: World) -> None:
    world.move(FOUNDER, AFTER, sequence=5)
    assert company.sites_of(company.founder) == 1


def test_whom_the_caisse_named_at_an_address_he_left_keeps_what_he_had(company: Company, world: World) -> None:
    had, founder = company.confirmed(AFTER), company.opened(ASKED)
    world.execute(sa.update(delegations).where(delegations.c.id == UUID(founder)).values(kind="fondateur"))
    world.accounts[ASKED] = world.account(AFTER)
    world.identify(founder, ASKED, version=1)
    assert (row(world, had).closed_at, row(world, founder).account_id) == (None, None)


@pytest.mark.parametrize("overtaken", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_both_orders_end_alike(company: Company, world: World, overtaken: bool, known: bool) -> None:
    delegation_id = company.opened(ASKED)
    world.events()
    acts: list[Callable[[], Any]] = [
        lambda: world.identify(delegation_id, ASKED, known=known, version=3),
        lambda: world.rename(ASKED, sequence=5, email=AFTER),
    ]
    for act in reversed(acts) if overtaken else acts:
        act()
    told = [one for one in world.under.recorded() if one.type == "delegation.closed.v1"][-1]
    assert (told.data["reason"], [one["email"] for one in told.data["administrators"]]) == (Closed.LEFT, [FOUNDER])
    assert told.data["beneficiary"]["email"] == ASKED and AFTER not in str(told.data)
    assert company.see(delegation_id).json["statut"] == "Inactif"
    assert AFTER not in str(company.list("page_size=50").json)


def test_an_identification_says_where_the_account_is_before_its_own_event_does(company: Company, world: World) -> None:
    first = company.opened(AFTER)
    world.identify(first, AFTER)
    world.accounts[ASKED] = world.account(AFTER)
    second = company.opened(ASKED)
    world.events()
    world.identify(second, ASKED)
    assert row(world, first).closed_at and company.act(second, "confirmation").status == 204


def test_what_is_late_is_counted_and_logged_without_an_address(
    company: Company, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    delegation_id = company.opened(ASKED)
    world.rename(ASKED, sequence=5, email=AFTER)
    with caplog.at_level(logging.WARNING, logger="security"):
        world.identify(delegation_id, ASKED, version=3)
    (noted,) = [record for record in caplog.records if record.name == "security"]
    assert (noted.getMessage(), noted.__dict__["delegation"]) == ("authz_late", delegation_id)
    assert "@" not in str(noted.__dict__)


def test_an_identification_of_the_version_before_names_no_version_of_the_account(
    company: Company, world: World
) -> None:
    taken, late = company.opened(), company.opened(ASKED)
    world.rename(ASKED, sequence=5, email=AFTER)
    for delegation_id, email in ((taken, "comptable@example.com"), (late, ASKED)):
        told = {"email": email, "account_id": world.account(email), "delegation_id": UUID(delegation_id)}
        world.under.deliver(BENEFICIARY_IDENTIFIED, {"nom": "A", "prenom": "B", "already_known": False, **told})
    assert company.act(taken, "confirmation").status == 204
    assert row(world, late).account_id is None


class Crossing:
    """Two transactions of the service: one has done its work, the other begins, and only then does the first commit."""

    def __init__(self, world: World, delegation_id: UUID, *, known: bool) -> None:
        self.world, self.account = world, world.account(FOUNDER)
        if known:
            world.rename(FOUNDER, sequence=3)
        who = Beneficiary(FOUNDER, self.account, "Durand", "Paul")
        self.identified = [Identified(delegation_id, who, already_known=False, version=3)]
        state = {**ACCOUNT_UPDATED.load(ACCOUNT_UPDATED.example), "account_id": self.account, "email": AFTER}
        told = {name: state[name] for name in ("account_id", "email", "nom", "prenom")}
        self.moved = [{"epoch": 0, "sequence": 5, **told}]

    def identify(self, uow: Any) -> None:
        """Identity's older word."""
        identify_beneficiaries(self.identified, uow=uow)

    def follow(self, uow: Any) -> None:
        """Identity's newer word."""
        follow_accounts(self.moved, uow=uow)

    def run(self, first: Callable[[Any], None], second: Callable[[Any], None]) -> None:
        """`second` begins while `first` has not committed."""

        def other() -> None:
            with self.world.under.unit() as uow:
                second(uow)
                uow.commit()

        thread = Thread(target=other)
        with self.world.under.unit() as uow:
            first(uow)
            thread.start()
            thread.join(0.7)  # it is over, or it waits for this transaction
            uow.commit()
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("founder", [False, True])
@pytest.mark.parametrize("order", ["identified first", "moved first"])
def test_two_transactions_that_cross_leave_nothing_to_who_left(
    world: World, order: str, founder: bool, known: bool
) -> None:
    delegation_id = founder_of(world)
    if not founder:
        query = sa.update(delegations).where(delegations.c.id == delegation_id)
        world.execute(query.values(kind="collaborateur"))
    crossing = Crossing(world, delegation_id, known=known)
    acts = [crossing.identify, crossing.follow]
    crossing.run(*(acts if order == "identified first" else reversed(acts)))
    left = row(world, delegation_id)
    if founder and order == "identified first":
        assert (left.email, left.confirmed_at is None) == (AFTER, False)  # he had the address when he was let in
    else:
        assert left.closed_at and not left.confirmed_at
        assert world.under.get("/v1/sites", as_=crossing.account).json["total"] == 0
