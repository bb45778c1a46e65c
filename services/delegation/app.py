"""The composition root of delegation: everything it is made of, named once."""

from pathlib import Path

from backbone.clock import Clock
from backbone.database_clock import DatabaseClock
from backbone.engines import make_engine
from backbone.service import Service
from contracts import REGISTRY
from contracts.authority import ACCESS, SESSIONS
from services.delegation.api import BLUEPRINTS
from services.delegation.jobs import JOBS
from services.delegation.listeners import LISTENS
from services.delegation.settings import Settings
from services.delegation.storage.tables import metadata


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
        follows=(SESSIONS,),
    )
