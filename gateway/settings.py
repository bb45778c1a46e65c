"""What the gateway can be told: where the services answer, and the key that signs its cookies."""

from dataclasses import dataclass

from backbone.shape.config import BaseSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """The gateway's settings, read from ESPACE_* like those of the services."""

    database_url: str = setting("Not used: the gateway owns no table.", default="", secret=True)
    broker_url: str = setting("Not used: the gateway hears no event.", default="", secret=True)
    secret_key: str = setting("Signs the page cookies (CSRF, notices, link of the mail).", secret=True)
    identity_url: str = setting("Address of the identity service.", default="http://identity:8000")
    delegation_url: str = setting("Address of the delegation service.", default="http://delegation:8000")
    notification_url: str = setting("Address of the notification service.", default="http://notification:8000")
    dsn_url: str = setting("Address of the dsn service.", default="http://dsn:8000")
    contact_url: str = setting("Address of the contact service.", default="http://contact:8000")
    service_timeout: float = setting("Seconds a service has to answer a page, for the whole.", default=10.0)
    link_minutes: int = setting("Minutes the form behind a mail link stays open in the browser.", default=60)
    max_upload_bytes: int = setting("Bytes one request may carry, attachments included.", default=42 * 1024 * 1024)
    elsewhere_file: str = setting(
        "CSV of the functions that a caisse serves on its own website (caisse;fonction;adresse, https only).",
        default="",
    )
