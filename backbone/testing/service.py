"""One real service on a real database: its API called in process, its listeners fed through the real inbox."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from backbone.bus.port import Delivery
from backbone.clock import FixedClock
from backbone.events.cards import Event, EventCard
from backbone.events.context import Trace
from backbone.events.envelope import body_of, decode, headers_of
from backbone.ids import new_id
from backbone.messaging import outbox
from backbone.messaging.listening import Listening, Outcome
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import Authority
from backbone.rights.standing import asking
from backbone.rights.tokens import Principal, PublicKeys
from backbone.shape.jobs import JobRunner
from backbone.shape.service import Service
from backbone.testing import tokens
from backbone.testing.contract import contract
from backbone.testing.migrated import migrate
from backbone.web import make_api
from backbone.web.watch import Looked, Owners, Watch


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status, its JSON (or None), its headers, its bytes."""

    status: int
    json: Any
    headers: Mapping[str, str]
    body: bytes


ALONE = asking(())


class Believing:
    """Believes every projection: for a service under test that has no owners beside it."""

    def look(self, connection: sa.Connection, session_id: UUID) -> Looked:
        """The session as it is."""
        return Looked(ALONE(connection, session_id, datetime.max).revoked, ())

    def ask(self, authority: Authority, caller: Principal, token: str) -> None:
        """Never asked."""


class ServiceUnderTest:
    """`build(settings, clock=clock)` made ready: migrated, served, listening. One per test.

    Its projections are believed whatever their age, unless `owners` are there to be asked.
    """

    def __init__(
        self, build: Callable[..., Service], settings: Any, *, clock: FixedClock, owners: Owners | None = None
    ) -> None:
        self.clock = clock
        self.service = build(settings, clock=clock)
        self.engine = self.service.engine
        migrate(self.engine, self.service.migrations)
        watch = Watch(self.service, owners) if owners else Believing()
        self.app: Flask = make_api(self.service, self.service.wiring.get(PublicKeys) or tokens.jwks, watch)
        self._client = self.app.test_client()
        self._listening = Listening(self.service.registry, self.service.listens, self.service.wiring)
        self._runner = JobRunner(self.engine, clock, self.service.all_jobs(), self.service.wiring)
        self.sessions: dict[UUID, UUID] = {}
        self.proved_at: datetime | None = None  # when people last gave their password; None: just now

    # HTTP

    def call(
        self,
        method: str,
        path: str,
        *,
        as_: UUID | str | None = None,
        machine: Iterable[str] | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """Call `path`: as the account `as_`, as a machine with scopes, with a given token, or as nobody."""
        sent = dict(headers or {})
        bearer = token or self._token(as_, machine)
        if bearer:
            sent["Authorization"] = f"Bearer {bearer}"
        answer: TestResponse = self._client.open(path, method=method, headers=sent, **options)
        parsed = json.loads(answer.data) if answer.data and "json" in (answer.mimetype or "") else None
        self._hold(method, path, answer, parsed)
        return Answer(answer.status_code, parsed, dict(answer.headers), answer.data)

    def get(self, path: str, **options: Any) -> Answer:
        """GET."""
        return self.call("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        """POST."""
        return self.call("POST", path, **options)

    def put(self, path: str, **options: Any) -> Answer:
        """PUT."""
        return self.call("PUT", path, **options)

    # events

    def deliver(
        self, card: EventCard, data: Mapping[str, Any] | None = None, *, sequence: int = 1, twice: bool = True
    ) -> Outcome:
        """Give the service an event (the card's example by default) through its inbox, twice as a bus may."""
        delivery = self.delivery(card, data or card.load(card.example), sequence)
        outcome = self.take([delivery])
        if outcome.failed or outcome.parked:
            raise AssertionError(f"{card.type} was not applied: {outcome} {self.errors()}")
        if twice:
            assert self.take([delivery]).applied == 0
        return outcome

    def delivery(self, card: EventCard, data: Mapping[str, Any], sequence: int = 1) -> Delivery:
        """`data` as it comes from the bus."""
        payload = card.dump(data)
        headers = headers_of(
            card,
            id=new_id(),
            source=card.producer,
            subject=str(payload[card.key]),
            at=self.clock.now(),
            sequence=sequence,
            trace=Trace("test"),
        )
        return Delivery(headers, body_of(payload).encode(), card.type, card.producer, False, None)

    def take(self, deliveries: list[Delivery]) -> Outcome:
        """Apply deliveries as the worker does."""
        with self.unit() as uow:
            outcome = self.apply(deliveries, uow)
            uow.commit()
        return outcome

    def apply(self, deliveries: list[Delivery], uow: UnitOfWork) -> Outcome:
        """Apply deliveries in a unit that the caller commits."""
        return self._listening.apply([self._listening.read(one) for one in deliveries], uow)

    def errors(self) -> list[str]:
        """What the inbox says of the events that failed."""
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text("SELECT error FROM inbox WHERE error IS NOT NULL")).scalars())

    def recorded(self) -> list[Event]:
        """The events in the outbox, in the order they were recorded."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(outbox.table()).order_by(outbox.table().c.position)).all()
        return [decode(self.service.registry, json.loads(row.headers), row.body.encode()) for row in rows]

    def clear(self) -> None:
        """Empty the outbox, to look at what comes next."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(outbox.table()))

    # the rest

    def unit(self) -> UnitOfWork:
        """A unit of work of the service."""
        return self.service.unit()

    def run_job(self, name: str) -> int:
        """Run a job now; what it did."""
        return self._runner.run(name)

    def close(self) -> None:
        """Give the database back."""
        self.engine.dispose()

    def _hold(self, method: str, path: str, answer: TestResponse, parsed: Any) -> None:
        """AssertionError when the service answers what its committed document does not say."""
        said = contract(self.service.name)
        operation = said.find(method, path.partition("?")[0]) if said else None
        if said and operation and answer.status_code != 500:  # that is a fault that the test itself puts in
            kind = (answer.mimetype or "") if answer.data else ""
            faults = list(said.faults(operation, answer.status_code, kind, dict(answer.headers), parsed))
            assert not faults, f"{self.service.name} {method} {path}: {faults}; make docs, or mend the answer."

    def _token(self, as_: UUID | str | None, machine: Iterable[str] | None) -> str | None:
        if machine is not None:
            return tokens.machine_token(machine, self.clock.now(), aud=[self.service.name])
        if as_ is None:
            return None
        account = UUID(str(as_))
        proved: dict[str, Any] = {"auth_time": int(self.proved_at.timestamp())} if self.proved_at else {}
        proved["aud"] = [self.service.name, *(one.owner for one in self.service.follows)]
        return tokens.user_token(account, self.sessions.setdefault(account, new_id()), self.clock.now(), **proved)
