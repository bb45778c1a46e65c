"""Word that somebody asked for an address that is taken (AA18)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "adresse_deja_utilisee",
    "identifier_change.refused.v1",
    Urgency.NOTICE,
    "who has the address (AA18)",
    told_by="attempted_at",
)


def orders(event: Event) -> list[Order]:
    """To whose address it is, and nothing about who asked."""
    context = {"attempted_at": event.data["attempted_at"].isoformat()}
    return [Order(event.id, KIND, event.data["email"], context)]
