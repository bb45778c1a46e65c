"""What all measurements share: the servers, one event of 600 bytes, its projection, and rows to start from."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from marshmallow import Schema, fields, validate

from backbone.bus import Topology, make_bus
from backbone.clock import SystemClock
from backbone.events.cards import Event, EventCard, Registry
from backbone.events.context import Trace
from backbone.events.envelope import body_of, headers_of
from backbone.ids import new_id
from backbone.messaging import outbox
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.serving.worker import batch
from backbone.shape.config import BaseSettings
from backbone.shape.service import Service
from backbone.store.database import upsert_newer
from backbone.store.engines import make_engine
from backbone.store.tables import tables
from tests.support.postgres import LocalPostgres, start_postgres
from tests.support.rabbitmq import LocalRabbit, start_rabbitmq

FILLER = "Entreprise de maçonnerie générale, délégation de droits au cabinet comptable. " * 4
METADATA = sa.MetaData()
places = sa.Table(
    "places",
    METADATA,
    sa.Column("deed_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("place", sa.String(60), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)
tables(METADATA)


class MovedSchema(Schema):
    """A state-carrying event of about 600 bytes."""

    deed_id = fields.UUID(required=True)
    place = fields.String(required=True, validate=validate.Length(max=60))
    note = fields.String(required=True, validate=validate.Length(max=1000))
    on = fields.Date(required=True)


EXAMPLE = {"deed_id": "0190b5a8-0000-7000-8000-000000000001", "place": "here", "note": FILLER, "on": "2026-11-23"}
MOVED = EventCard(
    "bench.moved.v1", "Something moved.", "bench", ("mirror",), "deed_id", False, "0.1", MovedSchema, EXAMPLE
)
REGISTRY = Registry.of([MOVED])
TOPOLOGY = Topology.of(REGISTRY)


@batch
def on_moved(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """The projection: one upsert for many."""
    rows = [
        {
            "deed_id": event.data["deed_id"],
            "sequence": event.sequence,
            "place": event.data["place"],
            "note": event.data["note"],
        }
        for event in events
    ]
    upsert_newer(uow.connection, places, rows, key=("deed_id",))


@dataclass(frozen=True)
class World:
    """The servers and the database of one run."""

    postgres: LocalPostgres
    rabbitmq: LocalRabbit
    database: str

    @property
    def url(self) -> str:
        """The database, for SQLAlchemy."""
        return self.postgres.url(self.database)

    @property
    def dsn(self) -> str:
        """The database, for psycopg."""
        return f"host=127.0.0.1 port={self.postgres.port} user=postgres dbname={self.database}"

    @property
    def broker(self) -> str:
        """The broker."""
        return self.rabbitmq.url()

    def sql(self, *statements: str) -> None:
        """Run `statements` by a bare client."""
        with self.postgres.connect(self.database) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[arg-type]

    def clean(self) -> None:
        """Empty tables, fresh statistics, empty queue."""
        self.sql("TRUNCATE outbox, inbox, places", "VACUUM ANALYZE")
        self.rabbitmq.ctl("purge_queue", "mirror")


@contextmanager
def open_world() -> Iterator[World]:
    """Start the servers; end them."""
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-"))
    postgres, rabbitmq = start_postgres(folder / "postgres"), start_rabbitmq(folder / "rabbitmq")
    try:
        postgres.create_database("bench")
        engine = make_engine(postgres.url("bench"))
        METADATA.create_all(engine)
        engine.dispose()
        bus = make_bus(rabbitmq.url(), "bench", TOPOLOGY)
        bus.declare(timeout=60)
        bus.close()
        yield World(postgres, rabbitmq, "bench")
    finally:
        rabbitmq.close()
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def service(world_url: str, broker: str, name: str = "mirror") -> Service:
    """The producing (`bench`) or consuming (`mirror`) service, as a composition root would build it."""
    return Service(
        name=name,
        settings=BaseSettings.of(database_url=world_url, broker_url=broker),
        metadata=METADATA,
        registry=REGISTRY,
        engine=make_engine(world_url),
        clock=SystemClock(),
        migrations=Path(__file__).parent,
        listens={MOVED.type: on_moved} if name == "mirror" else {},
    )


def event_row(deed: Any = None) -> outbox.Row:
    """One event as the unit of work would write it."""
    id_, deed, now = new_id(), deed or new_id(), SystemClock().now()
    headers = headers_of(
        MOVED, id=id_, source="bench", subject=str(deed), at=now, sequence=1, trace=Trace(str(new_id()))
    )
    return outbox.Row(id_, MOVED.type, headers, body_of({**EXAMPLE, "deed_id": str(deed)}), now)


def fill_outbox(world: World, count: int) -> None:
    """`count` unsent events."""
    engine = make_engine(world.url)
    with engine.begin() as connection:
        outbox.write(connection, [event_row() for _ in range(count)])
    engine.dispose()
    world.sql("ANALYZE outbox")


def wire(row: outbox.Row) -> tuple[str, dict[str, str], bytes]:
    """A row as the raw client sends it."""
    return str(row.id), dict(row.headers), row.body.encode()


def loads(headers: str) -> Mapping[str, str]:
    """The headers of a row."""
    parsed: Mapping[str, str] = json.loads(headers)
    return parsed
