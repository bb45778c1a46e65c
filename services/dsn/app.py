"""The one composition root of dsn."""

from dataclasses import dataclass
from pathlib import Path

from backbone.clock import Clock
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS
from services.dsn import api
from services.dsn.domain.site import Patience
from services.dsn.jobs import JOBS
from services.dsn.listeners import LISTENS
from services.dsn.settings import Settings
from services.dsn.storage.tables import metadata

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ports:
    """What dsn's functions are given, each by its type."""

    patience: Patience


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The dsn service. SettingsError when the codes of the caisses cannot be read."""
    return Service(
        name="dsn",
        settings=settings,
        metadata=metadata,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, pool=settings.database_pool, seconds=settings.database_seconds),
        clock=clock or DatabaseClock(),
        migrations=HERE / "migrations",
        blueprints=(api.blp,),
        listens=LISTENS,
        jobs=JOBS,
        follows=(SESSIONS, ACCESS),
        ports=Ports(settings.patience()),
    )
