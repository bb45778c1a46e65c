"""The smallest real service: one table, one command, one listener, one job. It shows what the backbone promises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from marshmallow import Schema, fields

from backbone.clock import Clock
from backbone.errors import Conflict
from backbone.events.cards import Event, EventCard, Registry
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import hear
from backbone.shape.config import BaseSettings
from backbone.shape.jobs import Job
from backbone.shape.service import Service
from backbone.store.engines import make_engine
from backbone.web import (
    blueprint,
    machine,
    perform,
    principal,
    public,
    query,
    require_version,
    revoke_session,
    signed_in,
)
from contracts.events.authority import IDENTITY_ALIVE, AuthorityAliveData
from contracts.events.identity import SESSION_REVOKED

METADATA = sa.MetaData()
NOTES = sa.Table("notes", METADATA, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("text", sa.String(100)))


class NoteData(Schema):
    """A note."""

    note_id = fields.UUID(required=True)
    text = fields.Str(required=True)


NOTED = EventCard(
    "note.taken.v1",
    "A note was taken.",
    "sample",
    ("sample",),
    "note_id",
    False,
    "2026-11",
    NoteData,
    {"note_id": "01930000-0000-7000-8000-000000000001", "text": "x"},
)
ALIVE = EventCard(
    "sample_authority.alive.v1",
    "The sample says how far its notes are out.",
    "sample",
    (),
    "owner",
    False,
    "2026-11",
    AuthorityAliveData,
    {"owner": "sample", "as_of": "2026-11-23T09:00:00+00:00"},
)
REGISTRY = Registry.of([NOTED, ALIVE, SESSION_REVOKED, IDENTITY_ALIVE])


class NoteRefused(Conflict):
    """That text is taken."""

    slug = "note_refusee"
    detail = "Cette note est refusée."


@dataclass(frozen=True)
class TakeNote:
    """The command."""

    note_id: UUID
    text: str


def take_note(command: TakeNote, *, uow: UnitOfWork, clock: Clock) -> dict[str, str]:
    """Insert the note and announce it."""
    if command.text == "refuse":
        raise NoteRefused
    uow.connection.execute(sa.insert(NOTES).values(id=command.note_id, text=command.text))
    uow.record(NOTED, sequence=1, data={"note_id": command.note_id, "text": command.text})
    if command.text == "fail":
        raise RuntimeError("secret content")
    return {"note_id": str(command.note_id), "at": clock.now().isoformat()}


def count_notes(connection: sa.Connection) -> int:
    """How many notes there are."""
    return connection.execute(sa.select(sa.func.count()).select_from(NOTES)).scalar_one()


def on_note(event: Event, *, uow: UnitOfWork) -> None:
    """Keep a copy under another id; « boom » always fails, after it has written and recorded."""
    uow.connection.execute(sa.insert(NOTES).values(id=event.id, text=event.data["text"]))
    if event.data["text"] == "boom":
        uow.record(NOTED, sequence=1, data=event.data)
        raise RuntimeError("boom")


def forget_notes(*, units: Callable[[], UnitOfWork]) -> int:
    """Delete all notes."""
    with units() as uow:
        done = uow.connection.execute(sa.delete(NOTES)).rowcount
        uow.commit()
    return int(done)


class TakeNoteSchema(Schema):
    """Body of POST /notes."""

    note_id = fields.UUID(required=True)
    text = fields.Str(required=True)


blp = blueprint("notes")


@blp.post("/notes")
@signed_in
@blp.arguments(TakeNoteSchema)
@blp.response(201)
def take(body: dict[str, object]) -> object:
    """Take a note."""
    return perform(take_note, TakeNote(**body))  # type: ignore[arg-type]


@blp.get("/notes")
@public
def count() -> object:
    """Count them."""
    return {"count": query(count_notes)}


@blp.put("/notes/version")
@machine("notes:write")
def version() -> object:
    """Say which version was sent, and by whom."""
    return {"version": require_version(), "client": principal().client_id}


def build(settings: BaseSettings, *, clock: Clock) -> Service:
    """The composition root."""
    return Service(
        name="sample",
        settings=settings,
        metadata=METADATA,
        registry=REGISTRY,
        engine=make_engine(settings.database_url),
        clock=clock,
        migrations=Path(__file__).parent / "migrations",
        blueprints=[blp],
        listens={NOTED.type: on_note, SESSION_REVOKED.type: revoke_session, IDENTITY_ALIVE.type: hear},
        jobs={"forget_notes": Job(timedelta(minutes=1), forget_notes)},
    )
