"""Word to every administrator of a company that one of them asked to give new bank details (G78)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import bank_request, to_administrators

KIND = email(
    "coordonnees_bancaires_demandees",
    "bank_details.asked.v1",
    Urgency.LINK,
    "each administrator of the company, who asked among them (G78)",
    "/coordonnees-bancaires/{adherent_id}",
)


def orders(event: Event) -> list[Order]:
    """To each administrator whom the event names."""
    when = {name: event.data[name].isoformat() for name in ("asked_at", "opens_at", "closes_at")}
    return to_administrators(event, KIND, {**bank_request(event.data), **when})
