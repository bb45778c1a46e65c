"""Word that the caisse replaced the founding administrator (T8)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import company_of, full_name, to_administrators

KIND = email(
    "administrateur_remplace",
    "founder.replaced.v1",
    Urgency.NOTICE,
    "each other administrator of the adhérent whose founding administrator the caisse replaced (T8)",
)


def orders(event: Event) -> list[Order]:
    """To each other administrator."""
    data = event.data
    context = {
        "ancien": full_name(data["former"]) or data["former"]["email"],
        "nouveau": full_name(data["founder"]) or data["founder"]["email"],
        **company_of(data),
    }
    return to_administrators(event, KIND, context)
