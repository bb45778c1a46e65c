"""The HTTP way in: operators see what became of every message, people choose what they are written about."""

from services.notification.api import deliveries, preferences

BLUEPRINTS = (deliveries.blp, preferences.blp)
