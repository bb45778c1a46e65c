"""The one composition root of contact."""

from dataclasses import dataclass
from pathlib import Path

from backbone.clock import Clock
from backbone.rights.uses import Told
from backbone.sealing import Sealer
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.reconciled import reconcile_access
from services.contact.adapters.blobs import LocalBlobs
from services.contact.adapters.clamd import Clamd
from services.contact.adapters.detection import detect
from services.contact.api import BLUEPRINTS
from services.contact.domain.caisses import Caisses
from services.contact.domain.draft import DraftRules
from services.contact.domain.files import Limits
from services.contact.domain.ports import Antivirus, Blobs, Detect
from services.contact.domain.quota import Quota
from services.contact.domain.rules import Rules
from services.contact.jobs import JOBS, SCANS
from services.contact.listeners import LISTENS
from services.contact.queries.dossier import dossier
from services.contact.queries.dossier_file import dossier_file
from services.contact.queries.form import form
from services.contact.queries.my_message import my_message
from services.contact.queries.my_messages import my_messages
from services.contact.settings import Settings
from services.contact.storage.tables import METADATA
from services.contact.use_cases.add_draft_files import add_draft_files
from services.contact.use_cases.forget_draft import forget_draft
from services.contact.use_cases.forget_draft_file import forget_draft_file
from services.contact.use_cases.purge_drafts import purge_drafts
from services.contact.use_cases.purge_files import purge_files
from services.contact.use_cases.record_use import record_use
from services.contact.use_cases.scan_files import scan_files
from services.contact.use_cases.send_message import send_message
from services.contact.use_cases.store_files import store_files
from services.contact.use_cases.sweep_files import sweep_files
from services.contact.use_cases.withdraw_consent import withdraw_consent
from services.contact.use_cases.write_draft import write_draft

USE_CASES = (
    store_files,
    send_message,
    write_draft,
    add_draft_files,
    forget_draft_file,
    forget_draft,
    withdraw_consent,
    scan_files,
    sweep_files,
    purge_files,
    purge_drafts,
    record_use,
)
QUERIES = (
    form,
    my_messages,
    my_message,
    dossier,
    dossier_file,
)

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ports:
    """What contact's functions are given, each by its type."""

    sealer: Sealer
    blobs: Blobs
    detect: Detect
    antivirus: Antivirus | None
    caisses: Caisses
    rules: Rules
    told: Told


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The contact service. SettingsError when the key, an address or the file of caisses cannot be used."""
    try:
        ports = _ports(settings)
    except (ValueError, OSError) as error:
        raise SettingsError(f"Settings of contact: {error}.") from error
    return Service(
        name="contact",
        settings=settings,
        metadata=METADATA,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, pool=settings.database_pool, seconds=settings.database_seconds),
        clock=clock or DatabaseClock(),
        migrations=HERE / "migrations",
        blueprints=BLUEPRINTS,
        use_cases=USE_CASES,
        queries=QUERIES,
        listens=LISTENS,
        jobs={**JOBS, **(SCANS if ports.antivirus else {})},
        follows=(SESSIONS, ACCESS),
        reconciles=reconcile_access,
        ports=ports,
    )


def _ports(settings: Settings) -> Ports:
    path = Path(settings.caisses_file) if settings.caisses_file else HERE / "data" / "caisses.csv"
    return Ports(
        sealer=Sealer(settings.sealing_public_key),
        blobs=LocalBlobs(Path(settings.files_folder)),
        detect=detect,
        antivirus=Clamd.of(settings.antivirus_url) if settings.antivirus_url else None,
        caisses=Caisses.read(path.read_text(encoding="utf-8").splitlines(keepends=True)),
        rules=Rules(
            limits=Limits(settings.max_files, settings.max_bytes),
            quota=Quota(settings.quota_messages, settings.quota_bytes),
            dossier_days=settings.dossier_days,
            draft=DraftRules(settings.draft_days, settings.draft_bytes),
        ),
        told=Told(),
    )
