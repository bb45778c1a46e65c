"""One service is put back to yesterday's copy, and says everything again: the others then know what it knows.

The five services, real, with a bus carried by hand. Nobody is written to because of it.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.messaging import announcing, outbox
from backbone.messaging.projections import Projection
from backbone.messaging.retrying import Retrying
from backbone.serving.worker import listening_of
from services.contact import listeners as contact
from services.delegation.storage import accounts, invitations
from services.dsn.storage import sites
from services.identity.storage import delegations as awaited
from services.notification.storage import accounts as told
from tests.service.together.copies import copied, restore
from tests.service.together.projections import PROJECTIONS
from tests.service.together.system import NAMES, Together

BOSS, KEPT, CLOSED, LATE = (f"{name}@example.com" for name in ("patron", "garde", "ferme", "tardif"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def all_five(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator["Restored"]:
    """All services: a company, and one whose delegation stays, another's that will be closed."""
    made = Restored(request, tmp_path, clock)
    yield made
    made.close()


class Restored(Together):
    """The five services, and what each grants."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path, clock: FixedClock) -> None:
        server = request.getfixturevalue("postgres") if request.param == "postgresql" else None

        def url(name: str) -> str:
            return server.create_database() if server else f"sqlite:///{folder / name}.db"

        super().__init__(url, folder, clock, (*NAMES, "dsn", "contact"))
        self.adherent, self.boss = self.founded(BOSS)
        self.people = {email: self.granted(email) for email in (KEPT, CLOSED)}

    def granted(self, email: str) -> UUID:
        """Delegated to, completed, confirmed: the account."""
        assert self.delegate(self.adherent, self.boss, email).status == 201
        self.settle()
        assert self.complete(self.link("invitation", email)).status == 200
        self.settle()
        self.act(email, "confirmation")
        return self.account_of(email)

    def decide(self, email: str, what: str) -> None:
        """The founder acts on what he sees of `email`; what it records has not left yet."""
        (row,) = [one for one in self.rows(self.adherent) if one["email"] == email and not one["closed_at"]]
        path = f"/v1/adherents/{self.adherent}/delegations/{row['id']}/{what}"
        body = {"json": {}} if what == "closing" else {}
        answer = self.delegation.post(path, as_=self.boss, headers={"If-Match": f'"{row["sequence"]}"'}, **body)
        assert answer.status < 300, answer.json

    def act(self, email: str, what: str) -> None:
        """He acts, and everybody hears of it."""
        self.decide(email, what)
        self.settle()

    def opens(self, account: UUID) -> dict[str, bool]:
        """Whether the company is open to the account, by service."""
        form = self.services["contact"].get(f"/v1/adherents/{self.adherent}/form", as_=account)
        lists = {name: self.services[name].get("/v1/sites", as_=account).json for name in ("delegation", "dsn")}
        return {"contact": form.status == 200, **{name: bool(list["items"]) for name, list in lists.items()}}

    def announce(self, name: str) -> None:
        """`entrypoint.sh announce` in one service."""
        service = self.services[name].service
        announcing.announce(service.unit, service.announces)
        self.settle()

    def written(self) -> int:
        """How many mails were sent so far."""
        self.settle()
        self.services["notification"].run_job("send_emails")
        self.settle()
        return len(list(self._mailbox.emails()))

    def held(self, name: str, projection: Projection) -> list[dict[str, Any]]:
        """What a service holds by a projection."""
        with self.services[name].engine.connect() as connection:
            rows = connection.execute(sa.select(projection.table).order_by(projection.table.c[projection.key]))
            return [dict(row) for row in rows.mappings()]


def everywhere(open: bool) -> dict[str, bool]:
    return dict.fromkeys(("delegation", "contact", "dsn"), open)


def go_back(system: Restored) -> UUID:
    """A copy of delegation, a day that goes on without it, and back to the copy. Who was delegated meanwhile."""
    copy = copied(system.delegation)
    system.act(CLOSED, "closing")
    late = system.granted(LATE)
    assert (system.opens(system.people[CLOSED]), system.opens(late)) == (everywhere(False), everywhere(True))
    restore(system.delegation, copy)
    return late


def test_everybody_grants_and_refuses_what_the_owner_does(all_five: Restored) -> None:
    late, mails = go_back(all_five), all_five.written()
    assert all_five.opens(late)["dsn"] and not all_five.opens(all_five.people[CLOSED])["dsn"]
    all_five.announce("delegation")
    for email in (KEPT, CLOSED):
        assert all_five.opens(all_five.people[email]) == everywhere(True), email
    assert all_five.opens(late) == everywhere(False)
    assert all_five.written() == mails


def test_what_the_owner_decides_afterwards_is_heard(all_five: Restored) -> None:
    go_back(all_five)
    all_five.announce("delegation")
    all_five.act(KEPT, "closing")
    all_five.act(CLOSED, "closing")
    assert [all_five.opens(all_five.people[one]) for one in (KEPT, CLOSED)] == [everywhere(False)] * 2
    assert all_five.opens(all_five.granted("encore@example.com")) == everywhere(True)


def test_an_event_of_the_day_that_was_lost_opens_nothing_whenever_it_comes(all_five: Restored) -> None:
    copy = copied(all_five.delegation)
    assert all_five.delegate(all_five.adherent, all_five.boss, LATE).status == 201
    all_five.collect()
    (opened,) = [one for one in all_five.waiting if one[0] == "identity"]
    all_five.settle()
    assert all_five.complete(all_five.link("invitation", LATE)).status == 200
    all_five.settle()
    all_five.decide(LATE, "confirmation")
    all_five.collect()
    lost, all_five.waiting = all_five.waiting, []
    restore(all_five.delegation, copy)
    all_five.announce("delegation")
    all_five.waiting = [opened, *lost]
    all_five.settle()
    assert all_five.opens(all_five.account_of(LATE)) == everywhere(False)


def test_what_was_put_aside_before_an_announcement_and_replayed_after_it_opens_nothing(all_five: Restored) -> None:
    assert all_five.delegate(all_five.adherent, all_five.boss, LATE).status == 201
    all_five.settle()
    assert all_five.complete(all_five.link("invitation", LATE)).status == 200
    all_five.settle()
    all_five.decide(LATE, "confirmation")
    with all_five.delegation.unit() as uow:
        for position in uow.connection.execute(sa.select(outbox.table().c.position)).scalars().all():
            outbox.park(uow.connection, position, "406", uow.now)
        uow.commit()
    all_five.act(LATE, "closing")
    all_five.announce("delegation")
    with all_five.delegation.unit() as uow:
        assert outbox.replay(uow.connection) == 1
        uow.commit()
    all_five.settle()
    assert all_five.opens(all_five.account_of(LATE)) == everywhere(False)


def test_whom_the_copy_does_not_know_as_identified_is_identified_again(all_five: Restored) -> None:
    assert all_five.delegate(all_five.adherent, all_five.boss, LATE).status == 201
    all_five.settle()
    copy = copied(all_five.delegation)
    assert all_five.complete(all_five.link("invitation", LATE)).status == 200
    all_five.settle()
    all_five.act(LATE, "confirmation")
    restore(all_five.delegation, copy)
    all_five.announce("delegation")
    all_five.announce("identity")
    all_five.act(LATE, "confirmation")
    assert all_five.opens(all_five.account_of(LATE)) == everywhere(True)


def test_who_has_an_account_and_did_not_accept_is_asked_still(all_five: Restored) -> None:
    other, chief = all_five.founded("autre@example.com", 2)
    assert all_five.delegate(other, chief, KEPT).status == 201
    mails = all_five.written()
    all_five.announce("delegation")
    (row,) = [one for one in all_five.rows(other) if one["email"] == KEPT]
    assert (row["completed_at"], row["account_id"], row["nom"]) == (None, None, None)
    assert all_five.written() == mails
    assert all_five.accept(KEPT) == [204]


def test_companies_and_sites_that_the_referential_lost_are_gone(all_five: Restored) -> None:
    copy = copied(all_five.delegation)
    other, _ = all_five.founded("autre@example.com", 2)
    restore(all_five.delegation, copy)
    all_five.announce("delegation")
    assert {row["adherent_id"] for row in all_five.held("contact", contact.ADHERENTS)} == {all_five.adherent}
    withdrawn = {row["adherent_id"]: row["withdrawn"] for row in all_five.held("dsn", sites.SITES)}
    assert withdrawn == {all_five.adherent: False, other: True}
    states = {row["adherent_id"]: row["state"] for row in all_five.held("identity", awaited.AWAITED)}
    assert states == {all_five.adherent: "confirmed", other: "over"}


def test_accounts_that_identity_lost_are_gone_and_its_word_counts_again(all_five: Restored) -> None:
    copy, mails = copied(all_five.identity), all_five.written()
    late = all_five.granted(LATE)
    more = all_five.written()
    assert more > mails
    restore(all_five.identity, copy)
    all_five.announce("identity")
    for name, kept in (
        ("delegation", accounts.ACCOUNTS),
        ("contact", contact.ACCOUNTS),
        ("notification", told.ACCOUNTS),
    ):
        assert late not in {row["account_id"] for row in all_five.held(name, kept)}
    assert not [row for row in all_five.held("delegation", invitations.STANDINGS) if row["epoch"] == 0]
    assert all_five.written() == more


@pytest.mark.parametrize("owner", ["delegation", "identity"])
def test_said_again_for_nothing_it_changes_nothing(all_five: Restored, owner: str) -> None:
    def held() -> list[Any]:
        ordered = ("epoch", "sequence", "next_eval_at")
        return [
            {name: value for name, value in row.items() if name not in ordered}
            for service, projections in PROJECTIONS.items()
            for one in projections
            for row in all_five.held(service, one)
        ]

    mails, before = all_five.written(), held()
    all_five.announce(owner)
    all_five.announce(owner)
    if owner == "identity":  # where an invitation stands is kept for those that wait alone, and here nobody does
        before = [row for row in before if "issued_at" not in row]
    assert held() == before
    assert all_five.written() == mails


def test_an_end_that_comes_first_waits_for_what_it_counts(all_five: Restored) -> None:
    go_back(all_five)
    service = all_five.delegation.service
    announcing.announce(service.unit, service.announces)
    all_five.collect()
    ends = [one for one in all_five.waiting if one[1].routing_key == "delegation_state.announced.v1"]
    for name, end in ends:
        assert all_five.services[name].take([end]).failed == 1
        all_five.waiting.remove((name, end))
    all_five.settle()
    assert all_five.opens(all_five.people[CLOSED]) == everywhere(True)


def retried(system: Restored, name: str) -> int:
    """Time passes, and what waits in the inbox of `name` is tried again; how much of it still fails."""
    system.clock.advance(timedelta(hours=1))
    service = system.services[name].service
    return Retrying(listening_of(service), service.unit).round().failed


@pytest.mark.parametrize("late", ["on its way", "waiting for a try"])
def test_what_ordinary_events_bring_meanwhile_stands_for_nothing_that_was_said(all_five: Restored, late: str) -> None:
    """One state is late in each service, and a new delegation brings a row of the new epoch in its place."""
    service, kept = all_five.delegation.service, str(all_five.people[KEPT]).encode()
    announcing.announce(service.unit, service.announces)
    all_five.collect()
    held = [one for one in all_five.waiting if "stated" in one[1].routing_key and kept in one[1].body]
    ends = [one for one in all_five.waiting if one[1].routing_key == "delegation_state.announced.v1"]
    assert len(held) == len(ends) == 4
    all_five.waiting = [one for one in all_five.waiting if one not in [*held, *ends]]
    all_five.granted(LATE)
    if late == "waiting for a try":  # it came back three times: the inbox keeps it and tries it by itself
        for name, one in held:
            again = one._replace(redelivered=True, headers={**one.headers, "x-delivery-count": 3})
            assert all_five.services[name].take([again]).failed == 1
    for name, end in ends:
        assert all_five.services[name].take([end]).failed == 1, name
    assert all_five.opens(all_five.people[KEPT]) == everywhere(True)
    all_five.waiting = held
    all_five.settle()
    assert [retried(all_five, name) for name, _ in ends] == [0, 0, 0, 0]
    assert [all_five.opens(all_five.people[one]) for one in (KEPT, CLOSED)] == [everywhere(True)] * 2


def test_an_end_in_one_batch_with_what_it_counts_comes_after_it(all_five: Restored) -> None:
    assert all_five.delegate(all_five.adherent, all_five.boss, LATE).status == 201
    all_five.settle()
    link, service = all_five.link("invitation", LATE), all_five.delegation.service
    announcing.announce(service.unit, service.announces)
    all_five.collect()
    told = [one for name, one in all_five.waiting if name == "identity"]
    told.sort(key=lambda one: one.routing_key != "delegation_state.announced.v1")
    assert all_five.identity.take(told).failed == 0
    assert all_five.complete(link).status == 200
