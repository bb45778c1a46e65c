"""What the embedded system tells each service: files of its folder, the bus in the process, and the demo's choices."""

from typing import Any

import gateway.settings
from backbone.shape.config import BaseSettings
from embedded import keys
from embedded.folder import Folder
from services.contact.settings import Settings as Contact
from services.delegation.settings import Settings as Delegation
from services.dsn.settings import Settings as Dsn
from services.identity.settings import Settings as Identity
from services.notification.settings import Settings as Notification


def service_settings(folder: Folder, public_url: str) -> dict[str, BaseSettings]:
    """The settings of each service by name."""
    sealing = keys.read(folder, "sealing_public.json")
    return {
        "identity": Identity.of(
            **_common(folder, "identity", public_url),
            signing_keys=keys.read(folder, "signing_keys.json"),
            notification_public_key=sealing,
            machine_clients_file=str(folder.secret("machine_clients.json")),
            fiction_mobiles=True,
        ),
        "delegation": Delegation.of(**_common(folder, "delegation", public_url)),
        "notification": Notification.of(
            **_common(folder, "notification", public_url),
            mail_url=f"maildir:{folder.path / 'mailbox'}",
            sms_url=f"files:{folder.path / 'sms'}",
            sealing_private_key=keys.read(folder, "sealing_private.json"),
        ),
        # A site that enters today is told at once of its past months, those of the guide's pictures among them.
        "dsn": Dsn.of(**_common(folder, "dsn", public_url), opening_grace_days=0, retention_years=30),
        "contact": Contact.of(
            **_common(folder, "contact", public_url),
            sealing_public_key=sealing,
            files_folder=str(folder.path / "files"),
        ),
    }


def gateway_settings(folder: Folder, public_url: str) -> gateway.settings.Settings:
    """The gateway's: nothing stands in front of it, and the services are in the same process."""
    return gateway.settings.Settings.of(
        secret_key=keys.read(folder, "page_key"), public_url=public_url, trusted_proxies=0
    )


def _common(folder: Folder, service: str, public_url: str) -> dict[str, Any]:
    return {
        "database_url": folder.database_url(service),
        "broker_url": f"embedded:{folder.path}",
        "public_url": public_url,
    }
