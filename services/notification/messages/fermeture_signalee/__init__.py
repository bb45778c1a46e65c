"""Word to the other administrators that somebody closed a delegation (G19)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.delegations_du_jour import at_its_date
from services.notification.messages.parts import delegated_to, to_told

KIND = email(
    "fermeture_signalee",
    "delegation.closed.v1",
    Urgency.NOTICE,
    "each other administrator of a delegation that a person closed (G19)",
    gained={"renounced": False},
)


def orders(event: Event) -> list[Order]:
    """To each other administrator, but for what no administrator was ever asked to confirm, and for what ended at its
    date de fin (`delegations_du_jour`)."""
    data = event.data
    if data["completed_at"] is None or at_its_date(data):
        return []
    confirmed = data["confirmed_at"] is not None
    said = {"confirmed": confirmed, "below": data.get("below", 0), "renounced": data.get("renounced", False)}
    return to_told(event, KIND, {**delegated_to(data), **said})
