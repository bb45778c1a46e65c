"""What the notification service can be told, beside what every service can."""

from dataclasses import dataclass

from backbone.shape.config import BaseSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Settings of notification."""

    mail_url: str = setting(
        "Where e-mails go: smtp://user:password@host:port (?tls=starttls), smtps://… or maildir:FOLDER.", secret=True
    )
    sms_url: str = setting("Where SMS go: files:FOLDER or smpp://system_id:password@host:port.", secret=True)
    mail_from: str = setting(
        "Sender of the e-mails, a name and an address.", default="Votre caisse CIBTP <ne-pas-repondre@example.com>"
    )
    contact_url: str = setting("Address behind « Contactez-nous » in e-mails; empty: the page of help.", default="")
    sealing_private_key: str = setting(
        "Private JSON Web Key that opens the link tokens and codes sealed for this service.", secret=True
    )
    smtp_helo: str = setting(
        "Name we give in EHLO, a host that leads back to us; empty: the host of the public address.", default=""
    )
    smtp_timeout: float = setting("Seconds to wait for an answer of the mail server.", default=20.0)
    smpp_timeout: float = setting("Seconds to wait for an answer of the SMS provider.", default=20.0)
    message_seconds: float = setting(
        "Seconds for one message, from the connection to the last answer; then the line is hung up.",
        default=60.0,
    )
    mail_senders: int = setting("E-mails on their way at once in one worker, each over its own connection.", default=4)
    retry_hours: int = setting("Hours during which a message is tried again before it is a final failure.", default=72)
    delivery_days: int = setting("Days a finished delivery is kept for operators.", default=90)
