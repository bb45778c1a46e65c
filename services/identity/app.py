"""The composition root of identity: the only place that knows which adapter is behind which port."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backbone.clock import Clock
from backbone.messaging.announcing import Announcement
from backbone.rights.tokens import PublicKeys
from backbone.sealing import Sealer
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.audiences import SCOPES
from contracts.events.authority import SESSIONS
from contracts.events.stated import IDENTITY_STATE_ANNOUNCED
from services.identity.adapters.hashing import Argon2Hasher
from services.identity.adapters.keys import SigningKeys
from services.identity.adapters.phones import FrenchPhones
from services.identity.adapters.strength import strength
from services.identity.api import BLUEPRINTS
from services.identity.domain import ports
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.machine import MachineClient, read_clients
from services.identity.domain.password import Strength
from services.identity.domain.person import Phones
from services.identity.domain.ports import Hasher, Signer
from services.identity.jobs import JOBS
from services.identity.listeners import LISTENS
from services.identity.settings import Settings
from services.identity.steps.brake_sms import SmsFloor
from services.identity.storage.tables import METADATA
from services.identity.use_cases.say_again import say_accounts, say_invitations

__all__ = ["Settings", "build"]


@dataclass(frozen=True)
class Ports:
    """What identity's functions are given, each by its type."""

    hasher: Hasher
    strength: Strength
    phones: Phones
    sealer: ports.Sealer
    signer: Signer
    jwks: PublicKeys
    clients: Mapping[str, MachineClient]
    lifetimes: Lifetimes
    sms_floor: SmsFloor


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The service, ready to be served, listened with and migrated. SettingsError when a key or client is unusable."""
    return Service(
        name="identity",
        settings=settings,
        metadata=METADATA,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, pool=settings.database_pool, seconds=settings.database_seconds),
        clock=clock or DatabaseClock(),
        migrations=Path(__file__).parent / "migrations",
        blueprints=BLUEPRINTS,
        listens=LISTENS,
        jobs=JOBS,
        attests=SESSIONS,
        announces=Announcement(IDENTITY_STATE_ANNOUNCED, {"accounts": say_accounts, "invitations": say_invitations}),
        ports=_ports(settings),
    )


def _ports(settings: Settings) -> Ports:
    hasher = Argon2Hasher(
        memory_kib=settings.hashing_memory_kib, time_cost=settings.hashing_passes, slots=settings.hashing_slots
    )
    try:
        keys = SigningKeys(settings.signing_keys)
        sealer = Sealer(settings.notification_public_key)
        clients = _clients(settings.machine_clients_file)
    except (ValueError, KeyError, OSError) as error:
        raise SettingsError(f"Settings of identity: {error}.") from error
    return Ports(
        hasher=hasher,
        strength=strength,
        phones=FrenchPhones(fiction=settings.fiction_mobiles),
        sealer=sealer,
        signer=keys,
        jwks=keys.jwks,
        clients=clients,
        lifetimes=settings.lifetimes(),
        sms_floor=SmsFloor(settings.sms_hourly_floor),
    )


def _clients(path: str) -> dict[str, MachineClient]:
    clients = dict(read_clients(Path(path).read_text(encoding="utf-8"))) if path else {}
    strange = sorted({scope for client in clients.values() for scope in client.scopes} - SCOPES.keys())
    if strange:
        raise ValueError(f"no service knows the scope {strange[0]}")
    return clients
