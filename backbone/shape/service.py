"""What one service is made of, as its composition root puts it together. The table of contents is data."""

from collections.abc import Callable, Mapping, Sequence
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
from backbone.rights.authority import Authority, attest
from backbone.shape import housekeeping
from backbone.shape.config import BaseSettings
from backbone.shape.jobs import Job
from backbone.store.database_clock import DatabaseClock
from backbone.store.tables import tables


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service: its ways in (blueprints, listeners, jobs), its ports, its database.

    `attests`: what it owns and others decide by. `follows`: whose projections it decides by itself. `announces`: what
    it says again after its database was restored.
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
    ports: Mapping[str, Any] = field(default_factory=dict)
    attests: Authority | None = None
    announces: Announcement | None = None
    follows: Sequence[Authority] = ()
    background: Sequence[Callable[[], Any]] = ()

    def __post_init__(self) -> None:
        tables(self.metadata)
        if isinstance(self.clock, DatabaseClock):
            self.clock.follow(self.engine)

    def unit(self) -> UnitOfWork:
        """A new unit of work on this service's database."""
        return UnitOfWork(self.engine, source=self.name, clock=self.clock)

    def all_ports(self) -> dict[str, Any]:
        """The service's own ports and those every service has: units, clock, settings, engine."""
        common = {"units": self.unit, "clock": self.clock, "settings": self.settings, "engine": self.engine}
        return {**common, **self.ports}

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
