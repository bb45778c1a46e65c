"""The link that proves a new address (G75)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "activation_identifiant",
    "identifier_change.requested.v1",
    Urgency.AWAITED,
    "who reads the new address (G75); nobody knows yet who that is",
    "/lien/identifiant/{token}",
)


def orders(event: Event) -> list[Order]:
    """To the new address. It is nobody's yet: what goes there names no one."""
    data = event.data
    until = data["expires_at"]
    context = {"expires_at": until.isoformat()}
    return [Order(event.id, KIND, data["new_email"], context, data["sealed_activation"], until)]
