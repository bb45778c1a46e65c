"""The SMS that certifies a number (G50, G77, C5)."""

from datetime import timedelta

from backbone.events.cards import Event
from services.notification.domain.kinds import Medium, MessageKind, Urgency
from services.notification.domain.orders import Order

KIND = MessageKind(
    "code_mobile",
    Medium.SMS,
    "mobile_code.issued.v1",
    Urgency.AWAITED,
    "the owner of the number (G50, G77)",
    margin=timedelta(minutes=1),
)


def orders(event: Event) -> list[Order]:
    """To the number."""
    data = event.data
    until = data["expires_at"]
    context = {"expires_at": until.isoformat()}
    return [Order(event.id, KIND, data["telephone_mobile"], context, data["sealed"], until)]
