"""What one service is made of, as its composition root puts it together. The table of contents is data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask_smorest import Blueprint
from sqlalchemy import MetaData
from sqlalchemy.engine import Engine

from backbone.clock import Clock
from backbone.events.cards import Registry
from backbone.messaging.announcing import Announcement
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.ports import P, Wiring
from backbone.rights.authority import Authority, attest
from backbone.shape import housekeeping
from backbone.shape.config import BaseSettings
from backbone.shape.jobs import Job
from backbone.shape.measures import Measures
from backbone.shape.verdict import Verifies
from backbone.store.database_clock import DatabaseClock
from backbone.store.tables import tables


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service: what it can do (use cases, queries), its ways in (blueprints, listeners, jobs), its database.

    `ports`: a dataclass that says, type by type, what its functions are given (`backbone.ports`). TypeError, before the
    service is made, when one of its functions asks for what no port is, or two ports are of one type.

    `attests`: what it owns and others decide by. `follows`: whose projections it decides by itself. `announces`: what
    it says again after its database was restored. `measures`: gauges of its own tables, for an operator. `verifies`:
    whether what it may never change says what it said. `reconciles`: what it holds of another's, compared with what
    that one says (lines) and repaired. `commands`: what an operator may ask of it alone, by its words; what each says
    is lines.
    """

    name: str
    settings: BaseSettings
    metadata: MetaData
    registry: Registry
    engine: Engine
    clock: Clock
    migrations: Path
    blueprints: Sequence[Blueprint] = ()
    listens: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    use_cases: Sequence[Callable[..., Any]] = ()
    queries: Sequence[Callable[..., Any]] = ()
    ports: Any = None
    attests: Authority | None = None
    announces: Announcement | None = None
    follows: Sequence[Authority] = ()
    measures: Measures | None = None
    verifies: Verifies | None = None
    reconciles: Callable[..., Iterable[Mapping[str, Any]]] | None = None
    commands: Mapping[str, Callable[..., Iterable[Mapping[str, Any]]]] = field(default_factory=dict)
    background: Sequence[Callable[[], Any]] = ()
    wiring: Wiring = field(init=False)

    def __post_init__(self) -> None:
        tables(self.metadata)
        if isinstance(self.clock, DatabaseClock):
            self.clock.follow(self.engine)
        object.__setattr__(self, "wiring", self._wired())

    def unit(self) -> UnitOfWork:
        """A new unit of work on this service's database."""
        return UnitOfWork(self.engine, source=self.name, clock=self.clock)

    def port(self, kind: type[P]) -> P:
        """The port of that type. KeyError when there is none."""
        return self.wiring[kind]

    def _wired(self) -> Wiring:
        """The service's own ports and those every service has; every function that it names, tried on them."""
        wiring = Wiring() if self.ports is None else Wiring(self.ports)
        wiring.provide(Callable[[], UnitOfWork], self.unit)
        wiring.provide(Clock, self.clock)
        wiring.provide(Engine, self.engine)
        for kind in type(self.settings).__mro__:
            if issubclass(kind, BaseSettings):  # the backbone asks for these, a service for its own
                wiring.provide(kind, self.settings)
        for function in (*self.use_cases, *self.queries):
            wiring.call(function)
        for listener in self.listens.values():
            wiring.bind(listener, given=("uow",))
        for run in (*(job.run for job in self.all_jobs().values()), *self.commands.values()):
            wiring.bind(run)
        if self.reconciles:
            wiring.bind(self.reconciles, given=("repair",))
        return wiring

    def all_jobs(self) -> dict[str, Job]:
        """The service's own jobs, the backbone's housekeeping, and the sign of life of an owner."""
        common = {"purge_backbone": Job(timedelta(hours=1), housekeeping.purge_backbone)}
        if self.listens:
            hear = partial(housekeeping.hear_at_last, types=tuple(self.listens))
            common["hear_at_last"] = Job(timedelta(minutes=1), hear)
        if self.attests:
            every = timedelta(seconds=self.settings.authority_seconds)
            common["attest"] = Job(every, partial(attest, authority=self.attests))
        return {**common, **self.jobs}
