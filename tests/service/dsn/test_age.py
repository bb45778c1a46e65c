"""A right taken while the bus is down: dsn asks the real delegation and identity; both away, it refuses (K9)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from joserfc.jwk import KeySet

from backbone.clock import FixedClock
from backbone.rights.access import table
from backbone.rights.revocation import revoke
from backbone.sealing import generate_keypair
from backbone.testing import ServiceUnderTest, tokens
from backbone.web import watch
from contracts.events import delegation
from contracts.events.authority import DELEGATION_ALIVE, IDENTITY_ALIVE
from services.delegation import app as delegations
from services.dsn.app import build
from services.dsn.settings import Settings
from services.identity import app as identities
from tests.service.delegation.world import Company, World
from tests.service.dsn.system import Dsn

FOUNDER = "patron1@example.com"


class Owners:
    """The real owners in this process; `away` names those that do not answer. It counts what is asked."""

    def __init__(self, services: dict[str, ServiceUnderTest], clock: FixedClock) -> None:
        self.services, self.away, self.asked = services, set[str](), list[str]()
        self.clock, self.told = clock, dict[str, float]()

    def ask(self, owner: str, path: str, token: str) -> tuple[int, bytes]:
        self.asked.append(owner)
        if owner in self.away:
            raise TimeoutError
        answer = self.services[owner].get(path, token=token)
        if "X-Clock" in answer.headers:  # as backbone.web.watch.HttpOwners does
            told = datetime.fromisoformat(answer.headers["X-Clock"])
            self.told[owner] = (told - self.clock.now()).total_seconds()
        return answer.status, answer.body

    def ahead(self, owner: str) -> float:
        return self.told.get(owner, 0.0)


class Apart(FixedClock):
    """The clock of other databases, which is not ours."""

    def __init__(self, ours: FixedClock, ahead: float) -> None:
        self._ours, self._ahead = ours, timedelta(seconds=ahead)

    def now(self) -> datetime:
        return self._ours.now() + self._ahead


@pytest.fixture
def ahead() -> float:
    """By how many seconds the clocks of the owners' databases are ahead of ours."""
    return 0.0


@pytest.fixture
def owners(tmp_path: Path, clock: FixedClock, ahead: float) -> Iterator[Owners]:
    """delegation and identity, which trusts the tokens of the tests."""
    common = {"broker_url": "embedded:"}
    keys = json.dumps(KeySet([tokens.KEY]).as_dict(private=True))
    made = {
        "delegation": (delegations, common),
        "identity": (identities, {**common, "signing_keys": keys, "notification_public_key": generate_keypair()[1]}),
    }
    services = {
        name: ServiceUnderTest(
            module.build,
            module.Settings.of(database_url=f"sqlite:///{tmp_path}/{name}.db", **settings),
            clock=Apart(clock, ahead) if ahead else clock,
        )
        for name, (module, settings) in made.items()
    }
    yield Owners(services, clock)
    for one in services.values():
        one.close()


@pytest.fixture
def dsn(
    database_url: str, clock: FixedClock, owners: Owners, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Dsn, Company]]:
    """dsn beside them, with the site of a company whose founder is an administrator; all was heard just now."""
    monkeypatch.setattr(watch, "TOLD_SECONDS", 0.0)
    monkeypatch.setattr(watch, "AWAY_SECONDS", 0.0)
    settings = Settings.of(database_url=database_url, broker_url="embedded:", opening_grace_days=0)
    service = Dsn(build, settings, clock=clock, owners=owners)
    company = World(owners.services["delegation"]).company()
    _introduce(owners.services["identity"], company.founder)
    for event in owners.services["delegation"].recorded():
        if event.type in service.service.listens:
            service.deliver(service.service.registry.cards[event.type], event.data, sequence=event.sequence)
    _alive(service, owners)
    yield service, company
    service.close()


def _introduce(identity: ServiceUnderTest, account_id: UUID) -> None:
    known = {"account_id": account_id, "email": FOUNDER, "email_key": FOUNDER, "status": "invite"}
    rest = {"nom": "Martin", "prenom": "Claire", "newsletter": False, "version": 1, "created_at": identity.clock.now()}
    with identity.engine.begin() as connection:
        connection.execute(sa.insert(identity.service.metadata.tables["accounts"]).values({**known, **rest}))


def _alive(service: ServiceUnderTest, owners: Owners) -> None:
    for card in (DELEGATION_ALIVE, IDENTITY_ALIVE):
        as_of = owners.services[card.producer].clock.now()
        service.deliver(card, {"owner": card.producer, "as_of": as_of}, twice=False)


def _silence(clock: FixedClock) -> None:
    clock.advance(timedelta(seconds=46))


def sites(service: Dsn, company: Company) -> int:
    answer = service.get("/v1/sites", as_=company.founder)
    return len(answer.json["items"]) if answer.status == 200 else answer.status


def close(company: Company, owners: Owners) -> None:
    """The founder's delegation is over, and nobody hears of it."""
    table = owners.services["delegation"].service.metadata.tables["delegations"]
    company.world.execute(
        sa.update(table)
        .where(table.c.id == company.founder_delegation)
        .values(closed_at=company.world.under.clock.now(), sequence=table.c.sequence + 1)
    )


def test_a_young_projection_decides_alone(dsn: tuple[Dsn, Company], owners: Owners) -> None:
    close(dsn[1], owners)
    assert sites(*dsn) == 1 and owners.asked == []


def test_an_old_one_asks_and_what_was_taken_is_refused(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock
) -> None:
    close(dsn[1], owners)
    _silence(clock)
    assert sites(*dsn) == 0
    assert owners.asked == ["identity", "delegation"]
    _alive(dsn[0], owners)
    assert sites(*dsn) == 0 and len(owners.asked) == 2


@pytest.mark.parametrize("ahead", [-60.0, -10.0, 10.0, 60.0, 290.0])
def test_a_database_whose_clock_differs_is_asked_once_and_believed_by_its_own(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock
) -> None:
    assert sites(*dsn) == 1
    owners.asked.clear()
    _alive(dsn[0], owners)
    close(dsn[1], owners)
    assert sites(*dsn) == 1 and owners.asked == []  # what it knows is young, whatever the two clocks say
    _silence(clock)
    assert sites(*dsn) == 0 and owners.asked == ["identity", "delegation"]


def test_what_is_still_granted_goes_on(dsn: tuple[Dsn, Company], clock: FixedClock) -> None:
    _silence(clock)
    assert sites(*dsn) == 1


def test_what_was_granted_meanwhile_opens(dsn: tuple[Dsn, Company], clock: FixedClock) -> None:
    with dsn[0].engine.begin() as connection:
        connection.execute(sa.delete(table()))
    assert sites(*dsn) == 0
    _silence(clock)
    assert sites(*dsn) == 1


@pytest.mark.parametrize("away", ["delegation", "identity"])
def test_with_the_owner_away_too_it_is_503_and_nothing_changes(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock, away: str
) -> None:
    service, company = dsn
    _silence(clock)
    owners.away.add(away)
    before = service.rows(sa.select(table()))
    answer = service.get("/v1/sites", as_=company.founder)
    assert (answer.status, answer.json["code"], answer.headers["Retry-After"]) == (503, "service_indisponible", "5")
    assert answer.json["detail"].startswith("Service momentanément indisponible")
    assert service.rows(sa.select(table())) == before


def test_a_session_that_ended_is_dead_as_soon_as_identity_is_asked(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock
) -> None:
    service, company = dsn
    assert sites(*dsn) == 1
    identity = owners.services["identity"]
    with identity.engine.begin() as connection:
        revoke(connection, [service.sessions[company.founder]], clock.now())
    assert sites(*dsn) == 1
    _silence(clock)
    assert sites(*dsn) == 401


def test_one_answer_counts_for_a_few_seconds(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "TOLD_SECONDS", 60.0)
    _silence(clock)
    assert [sites(*dsn) for _ in range(3)] == [1, 1, 1]
    assert owners.asked == ["identity", "delegation"]


def test_an_event_on_its_way_is_not_undone_by_an_answer(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock
) -> None:
    service, company = dsn
    card = delegation.DELEGATION_CLOSED
    (row,) = service.rows(sa.select(table()))
    state = {**card.load(card.example), "delegation_id": row.grant_id, "closed_at": clock.now()}
    state["adherent"] = {**state["adherent"], "adherent_id": row.tenant_id}
    service.deliver(card, state, sequence=row.sequence + 5)
    _silence(clock)
    assert sites(*dsn) == 0


def test_an_answer_that_cannot_be_read_is_no_answer(
    dsn: tuple[Dsn, Company], owners: Owners, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _silence(clock)
    for body in (b"<html>", b"{}", b'{"items": [{"delegation_id": 1}]}', b"[]", b'{"items": null}'):
        monkeypatch.setattr(owners, "ask", lambda *_, answer=body: (200, answer))
        assert sites(*dsn) == 503
