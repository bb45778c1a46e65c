"""The one composition root of notification."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from backbone.clock import Clock
from backbone.sealing import Opener
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.reconciled import reconcile_access
from services.notification.adapters.channels import email_channel, sms_channel
from services.notification.adapters.mime import Sender
from services.notification.adapters.templates import Templates
from services.notification.adapters.writer import MessageWriter
from services.notification.api import BLUEPRINTS
from services.notification.domain.kinds import Medium
from services.notification.domain.lanes import Lanes
from services.notification.domain.stopping import Stops
from services.notification.jobs import JOBS, with_senders
from services.notification.listeners import LISTENS
from services.notification.queries.deliveries import deliveries
from services.notification.queries.my_preferences import my_preferences
from services.notification.queries.stopped_mails import stopped_mails
from services.notification.settings import Settings
from services.notification.steps.order_messages import Proof
from services.notification.storage.tables import METADATA
from services.notification.use_cases.choose_preferences import choose_preferences
from services.notification.use_cases.order_deliveries import order_deliveries
from services.notification.use_cases.order_digests import order_digests
from services.notification.use_cases.order_nights import order_nights
from services.notification.use_cases.order_notices import order_notices
from services.notification.use_cases.purge_deliveries import purge_deliveries
from services.notification.use_cases.purge_digests import purge_digests
from services.notification.use_cases.send_deliveries import EmailPost, Post, SmsPost, send_deliveries
from services.notification.use_cases.stop_mails import stop_mails

USE_CASES = (
    order_deliveries,
    order_digests,
    order_nights,
    order_notices,
    send_deliveries,
    purge_deliveries,
    purge_digests,
    choose_preferences,
    stop_mails,
)
QUERIES = (
    deliveries,
    my_preferences,
    stopped_mails,
)

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ports:
    """What notification's functions are given, each by its type."""

    emails: EmailPost
    sms: SmsPost
    proof: Proof
    stops: Stops


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The notification service. SettingsError when an address, a key or a number cannot be used."""
    try:
        ports = _ports(settings)
    except (ValueError, KeyError) as error:
        raise SettingsError(f"Settings of notification: {error}.") from error
    return Service(
        name="notification",
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
        jobs=with_senders(JOBS, settings.mail_senders),
        follows=(SESSIONS, ACCESS),
        reconciles=reconcile_access,
        ports=ports,
    )


def _ports(settings: Settings) -> Ports:
    if settings.mail_senders < 1:
        raise ValueError("ESPACE_MAIL_SENDERS is at least 1")
    templates = Templates(public_url=settings.public_url, contact_url=settings.contact_url)
    opener = Opener(settings.sealing_private_key)
    stops = Stops(opener.derived("stop mails"))
    writer = MessageWriter(templates, opener, Sender(settings.mail_from), stops)
    patience = timedelta(hours=settings.retry_hours)
    return Ports(
        emails=EmailPost(Post(Medium.EMAIL, email_channel(settings), writer, patience, Lanes(settings.mail_senders))),
        sms=SmsPost(Post(Medium.SMS, sms_channel(settings), writer, patience)),
        proof=writer,
        stops=stops,
    )
