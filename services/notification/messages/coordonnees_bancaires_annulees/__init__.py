"""Word to every administrator of a company that a request for new bank details was cancelled (G78)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import bank_request, to_administrators

KIND = email(
    "coordonnees_bancaires_annulees",
    "bank_details.cancelled.v1",
    Urgency.NOTICE,
    "each administrator of the company, who had asked among them (G78)",
    "/coordonnees-bancaires/{adherent_id}",
)


def orders(event: Event) -> list[Order]:
    """To each administrator whom the event names."""
    data = event.data
    what = {"auteur": data["author"], "cancelled_at": data["cancelled_at"].isoformat()}
    return to_administrators(event, KIND, {**bank_request(data), **what})
