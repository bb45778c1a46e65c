"""The one composition root of notification."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from backbone.clock import Clock
from backbone.sealing import Opener
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from services.notification import api, jobs, listeners, storage
from services.notification.adapters.files import Maildir, SmsFiles
from services.notification.adapters.mime import Sender
from services.notification.adapters.smpp import Smpp, SmppServer
from services.notification.adapters.smtp import Smtp, SmtpServer, greeting
from services.notification.adapters.templates import Templates
from services.notification.adapters.writer import MessageWriter
from services.notification.domain.catalogue import Medium
from services.notification.domain.lanes import Lanes
from services.notification.settings import Settings
from services.notification.use_cases.order_deliveries import Proof
from services.notification.use_cases.send_deliveries import Channel, EmailPost, Post, SmsPost

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ports:
    """What notification's functions are given, each by its type."""

    emails: EmailPost
    sms: SmsPost
    proof: Proof


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The notification service. SettingsError when an address, a key or a number cannot be used."""
    try:
        ports = _ports(settings)
    except (ValueError, KeyError) as error:
        raise SettingsError(f"Settings of notification: {error}.") from error
    return Service(
        name="notification",
        settings=settings,
        metadata=storage.metadata,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, pool=settings.database_pool, seconds=settings.database_seconds),
        clock=clock or DatabaseClock(),
        migrations=HERE / "migrations",
        blueprints=(api.blp,),
        listens=listeners.LISTENS,
        jobs=jobs.with_senders(settings.mail_senders),
        ports=ports,
    )


def _ports(settings: Settings) -> Ports:
    if settings.mail_senders < 1:
        raise ValueError("ESPACE_MAIL_SENDERS is at least 1")
    templates = Templates(public_url=settings.public_url, contact_url=settings.contact_url)
    writer = MessageWriter(templates, Opener(settings.sealing_private_key), Sender(settings.mail_from))
    patience = timedelta(hours=settings.retry_hours)
    return Ports(
        emails=EmailPost(Post(Medium.EMAIL, email_channel(settings), writer, patience, Lanes(settings.mail_senders))),
        sms=SmsPost(Post(Medium.SMS, sms_channel(settings), writer, patience)),
        proof=writer,
    )


def email_channel(settings: Settings) -> Channel:
    """The way for e-mails that `mail_url` names."""
    if urlsplit(settings.mail_url).scheme == "maildir":
        return Maildir(Path(settings.mail_url.removeprefix("maildir:")))
    helo = greeting(settings.smtp_helo or urlsplit(settings.public_url).hostname or "localhost")
    return Smtp(
        SmtpServer.of(settings.mail_url), helo=helo, timeout=settings.smtp_timeout, whole=settings.message_seconds
    )


def sms_channel(settings: Settings) -> Channel:
    """The way for SMS that `sms_url` names."""
    scheme = urlsplit(settings.sms_url).scheme
    if scheme not in SMS:
        raise ValueError("an SMS address reads files:FOLDER or smpp://system_id:password@host:port")
    return SMS[scheme](settings)


SMS: dict[str, Callable[[Settings], Channel]] = {
    "files": lambda settings: SmsFiles(Path(settings.sms_url.removeprefix("files:"))),
    "smpp": lambda settings: Smpp(
        SmppServer.of(settings.sms_url), timeout=settings.smpp_timeout, whole=settings.message_seconds
    ),
}
