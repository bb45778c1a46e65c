"""The way out that a setting names."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from services.notification.adapters.files import Maildir, SmsFiles
from services.notification.adapters.smpp import Smpp, SmppServer
from services.notification.adapters.smtp import Smtp, SmtpServer, greeting
from services.notification.settings import Settings
from services.notification.use_cases.send_deliveries import Channel


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
