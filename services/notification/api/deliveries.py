"""The HTTP way in: operators see what became of every message."""

from typing import Any

from backbone.web import blueprint, machine, query
from contracts.words.services import NOTIFICATION_READ
from services.notification.api.schemas import DeliveriesArgs, DeliveryPage
from services.notification.queries.deliveries import deliveries

blp = blueprint("deliveries")


@blp.get("/deliveries")
@machine(NOTIFICATION_READ)
@blp.arguments(DeliveriesArgs, location="query")
@blp.response(200, DeliveryPage)
def list_deliveries(args: dict[str, Any]) -> dict[str, Any]:
    """Deliveries, the newest first, of one status or of all."""
    return dict(query(deliveries, **args))
