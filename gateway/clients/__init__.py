"""One thin client per service. `clients()` gives a page those of its application."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import httpx
from flask import current_app

from gateway.clients.contact import ContactClient
from gateway.clients.delegation import DelegationClient
from gateway.clients.dsn import DsnClient
from gateway.clients.identity import IdentityClient
from gateway.clients.notification import NotificationClient
from gateway.settings import Settings


@dataclass(frozen=True)
class Clients:
    """The services a page may ask."""

    identity: IdentityClient
    delegation: DelegationClient
    notification: NotificationClient
    dsn: DsnClient
    contact: ContactClient

    @classmethod
    def of(cls, settings: Settings, transports: Mapping[str, httpx.BaseTransport]) -> "Clients":
        """Clients at the settings' addresses, through `transports` where one is given."""
        timeout = settings.service_timeout
        return cls(
            IdentityClient(settings.identity_url, timeout=timeout, transport=transports.get("identity")),
            DelegationClient(settings.delegation_url, timeout=timeout, transport=transports.get("delegation")),
            NotificationClient(settings.notification_url, timeout=timeout, transport=transports.get("notification")),
            DsnClient(settings.dsn_url, timeout=timeout, transport=transports.get("dsn")),
            ContactClient(settings.contact_url, timeout=timeout, transport=transports.get("contact")),
        )


def clients() -> Clients:
    """The clients of the current application."""
    return cast(Clients, current_app.extensions["clients"])
