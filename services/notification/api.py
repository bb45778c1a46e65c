"""The HTTP way in: operators see what became of every message."""

from typing import Any

from backbone.web import blueprint, machine, query
from services.notification import queries
from services.notification.api_schemas import DeliveriesArgs, DeliveryPage

blp = blueprint("deliveries")


@blp.get("/deliveries")
@machine("notification:read")
@blp.arguments(DeliveriesArgs, location="query")
@blp.response(200, DeliveryPage)
def deliveries(args: dict[str, Any]) -> dict[str, Any]:
    """Deliveries, the newest first, of one status or of all."""
    return dict(query(queries.deliveries, **args))
