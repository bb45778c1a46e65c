"""The composition root of delegation: everything it is made of, named once."""

from pathlib import Path

from backbone.clock import Clock
from backbone.messaging.announcing import Announcement
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.stated import DELEGATION_STATE_ANNOUNCED
from services.delegation.api import BLUEPRINTS
from services.delegation.jobs import JOBS
from services.delegation.listeners import LISTENS
from services.delegation.settings import Settings
from services.delegation.storage.tables import metadata
from services.delegation.use_cases.say_again import say_adherents, say_delegations


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The service, ready to be served, listened with and run."""
    return Service(
        name="delegation",
        settings=settings,
        metadata=metadata,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, pool=settings.database_pool, seconds=settings.database_seconds),
        clock=clock or DatabaseClock(),
        migrations=Path(__file__).parent / "migrations",
        blueprints=BLUEPRINTS,
        listens=LISTENS,
        jobs=JOBS,
        attests=ACCESS,
        announces=Announcement(
            DELEGATION_STATE_ANNOUNCED, {"adherents": say_adherents, "delegations": say_delegations}
        ),
        follows=(SESSIONS,),
    )
