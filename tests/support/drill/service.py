"""The two services of the drill: commands, listeners, jobs, composition.

`DRILL_*` variables only make a handler slow or tell where to write that it is at work; they change no promise.
"""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from marshmallow import Schema, fields

from backbone.clock import Clock, SystemClock
from backbone.events.cards import Event
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.tokens import PublicKeys
from backbone.shape.config import BaseSettings
from backbone.shape.jobs import Job
from backbone.shape.service import Service
from backbone.store.database import upsert_newer
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from backbone.testing import tokens
from backbone.web import blueprint, perform, public
from tests.support.drill import tables
from tests.support.drill.cards import DONE, REGISTRY

MIGRATIONS = Path(__file__).parent / "migrations"
BULK = "/bulk"
blp = blueprint("drill")


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Nothing beyond the backbone's."""


class ShiftedClock:
    """The right clock, moved by DRILL_CLOCK_SHIFT seconds: a process started "three hours later"."""

    def now(self) -> datetime:
        """The shifted instant."""
        return SystemClock().now() + timedelta(seconds=float(os.environ.get("DRILL_CLOCK_SHIFT", "0")))


@contextmanager
def at_work(kind: str) -> Any:
    """Leave a file while something is under way, for whoever wants to strike at that moment."""
    folder = os.environ.get("DRILL_FOLDER")
    mark = Path(folder) / f"{kind}.{os.getpid()}" if folder else None
    if mark:
        mark.touch()
    try:
        yield
    finally:
        if mark:
            mark.unlink(missing_ok=True)


class CommandSchema(Schema):
    """A command: its marker."""

    marker = fields.String(required=True)


@blp.post("/commands")
@public
@blp.arguments(CommandSchema)
@blp.response(201, CommandSchema)
def post_command(body: Mapping[str, Any]) -> Any:
    """Carry out a command; one whose marker ends with BULK in that lane."""
    with in_lane(Lane.BULK if body["marker"].endswith(BULK) else Lane.URGENT):
        return perform(carry_out, body["marker"])


class LinkSchema(Schema):
    """What a link is worth now."""

    live = fields.Boolean(required=True)


@blp.get("/links/<string:code>")
@public
@blp.response(200, LinkSchema)
def get_link(code: str) -> Any:
    """Say whether a link is live."""
    return perform(look_up, code, idempotent=False)


def look_up(code: str, *, uow: UnitOfWork) -> dict[str, bool]:
    """A link is live until its time is over, by the service's one clock."""
    expires_at = uow.connection.scalar(sa.select(tables.links.c.expires_at).where(tables.links.c.code == code))
    return {"live": expires_at is not None and expires_at > uow.now}


def carry_out(marker: str, *, uow: UnitOfWork) -> dict[str, str]:
    """Keep the command and announce it, in one transaction."""
    uow.connection.execute(sa.insert(tables.commands).values(marker=marker))
    uow.record(DONE, sequence=1, data={"deed_id": new_id(), "marker": marker, "place": ""})
    return {"marker": marker}


def on_done(event: Event, *, uow: UnitOfWork) -> None:
    """One row for each event applied, and the newest place of its deed."""
    marker = event.data["marker"]
    with at_work("handling"):
        time.sleep(float(os.environ.get("DRILL_SLOW", "0")))
        if marker.startswith("fatal"):
            os._exit(1)
        if marker.startswith("poison") and not Path(os.environ.get("DRILL_FOLDER", "/"), "antidote").exists():
            raise RuntimeError("this event cannot be handled")
        row = {"event_id": event.id, "marker": marker, "process": os.getpid()}
        uow.connection.execute(sa.insert(tables.effects).values(row))
        place = {"deed_id": event.data["deed_id"], "sequence": event.sequence, "place": event.data["place"]}
        upsert_newer(uow.connection, tables.places, [place], key=("deed_id",))


def close_due(*, units: Callable[[], UnitOfWork], clock: Clock) -> int:
    """Close what is due, oldest first, and announce it. It relies on being the only one at work."""
    closed = 0
    with units() as uow:
        due = tables.dues.c.due_at <= clock.now()
        query = sa.select(tables.dues.c.name).where(due, tables.dues.c.closed_at.is_(None))
        names = uow.connection.execute(query.order_by(tables.dues.c.due_at)).scalars().all()
    for name in names:
        with units() as uow:
            time.sleep(float(os.environ.get("DRILL_SLOW", "0")))
            uow.connection.execute(sa.update(tables.dues).where(tables.dues.c.name == name).values(closed_at=uow.now))
            uow.record(DONE, sequence=1, data={"deed_id": new_id(), "marker": name, "place": ""})
            uow.commit()
        closed += 1
    return closed


@dataclass(frozen=True)
class Ports:
    """What both are given."""

    keys: PublicKeys


def build(name: str, settings: Settings, *, clock: Clock | None = None) -> Service:
    """The composition root of `maker` or `taker`."""
    leader = "DRILL_NO_LEADER" not in os.environ
    maker = name == "maker"
    return Service(
        name=name,
        settings=settings,
        metadata=tables.METADATA,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, seconds=settings.database_seconds),
        clock=clock or (ShiftedClock() if "DRILL_CLOCK_SHIFT" in os.environ else DatabaseClock()),
        migrations=MIGRATIONS,
        blueprints=[blp] if maker else [],
        listens={} if maker else {DONE.type: on_done},
        jobs={"close_due": Job(timedelta(seconds=0.3), close_due, leader=leader)} if maker else {},
        ports=Ports(tokens.jwks),
    )
