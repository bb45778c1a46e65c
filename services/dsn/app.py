"""The one composition root of dsn."""

from dataclasses import dataclass
from pathlib import Path

from backbone.clock import Clock
from backbone.messaging.announcing import Announcement
from backbone.rights.uses import Told
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.dsn import DSN_STATE_ANNOUNCED
from contracts.events.reconciled import reconcile_access
from services.dsn.adapters.report_xml import XmlReports
from services.dsn.api import BLUEPRINTS
from services.dsn.commands import COMMANDS
from services.dsn.domain.reports import Reports
from services.dsn.domain.site import Patience
from services.dsn.jobs import JOBS
from services.dsn.listeners import LISTENS
from services.dsn.queries.alert_history import alert_history
from services.dsn.queries.alerts_board import alerts_board
from services.dsn.queries.due_dates import due_dates
from services.dsn.queries.establishment_explained import establishment_explained
from services.dsn.queries.import_report import import_report
from services.dsn.queries.measures import measures
from services.dsn.queries.month_explained import month_explained
from services.dsn.queries.quarantine import quarantine
from services.dsn.queries.site_alerts import site_alerts
from services.dsn.queries.site_list import site_list
from services.dsn.queries.suivi import suivi
from services.dsn.settings import Settings
from services.dsn.storage.tables import METADATA
from services.dsn.use_cases.evaluate_due_sites import evaluate_due_sites
from services.dsn.use_cases.forget_told_facts import forget_told_facts
from services.dsn.use_cases.import_file import import_file
from services.dsn.use_cases.leave_alert import leave_alert
from services.dsn.use_cases.purge_facts import purge_facts
from services.dsn.use_cases.record_facts import record_facts
from services.dsn.use_cases.record_use import record_use
from services.dsn.use_cases.replay_quarantine import replay_quarantine
from services.dsn.use_cases.say_alerts import say_alerts
from services.dsn.use_cases.see_alert import see_alert
from services.dsn.use_cases.set_due_dates import set_due_dates
from services.dsn.use_cases.sweep_sites import sweep_sites
from services.dsn.use_cases.take_alert import take_alert
from services.dsn.use_cases.tell_untold_alerts import tell_untold_alerts

USE_CASES = (
    import_file,
    record_facts,
    forget_told_facts,
    evaluate_due_sites,
    sweep_sites,
    set_due_dates,
    purge_facts,
    replay_quarantine,
    tell_untold_alerts,
    say_alerts,
    see_alert,
    take_alert,
    leave_alert,
    record_use,
)
QUERIES = (
    site_list,
    site_alerts,
    alerts_board,
    alert_history,
    suivi,
    month_explained,
    establishment_explained,
    import_report,
    due_dates,
    quarantine,
)

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ports:
    """What dsn's functions are given, each by its type."""

    patience: Patience
    reports: Reports
    told: Told


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The dsn service. SettingsError when the codes of the caisses cannot be read."""
    return Service(
        name="dsn",
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
        jobs=JOBS,
        announces=Announcement(DSN_STATE_ANNOUNCED, {"alerts": say_alerts}),
        follows=(SESSIONS, ACCESS),
        measures=measures,
        reconciles=reconcile_access,
        commands=COMMANDS,
        ports=Ports(settings.patience(), XmlReports(), Told()),
    )
