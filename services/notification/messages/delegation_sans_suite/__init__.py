"""Word that the system itself ended a delegation (K2)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import company_of, to_administrators

KIND = email(
    "delegation_sans_suite",
    "delegation.closed.v1",
    Urgency.NOTICE,
    "each administrator, when the system itself ends a delegation: a person's second one, or an address left (K2)",
)


def orders(event: Event) -> list[Order]:
    """To each administrator, when nobody asked for it: the event then names them."""
    data = event.data
    context = {
        "confirmed": data["confirmed_at"] is not None,
        "reason": data["reason"],
        **company_of(data),
        "email": data["beneficiary"]["email"],
    }
    return to_administrators(event, KIND, context)
