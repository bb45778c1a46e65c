"""The HTTP way in: operators see what became of every message."""

from services.notification.api import deliveries

BLUEPRINTS = (deliveries.blp,)
