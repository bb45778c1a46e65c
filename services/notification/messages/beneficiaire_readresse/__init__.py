"""Word that a beneficiary logs in with another address (G75)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import company_of, full_name, to_administrators

KIND = email(
    "beneficiaire_readresse",
    "delegation.readdressed.v1",
    Urgency.NOTICE,
    "each administrator of an adhérent who delegated to the account (G75)",
)


def orders(event: Event) -> list[Order]:
    """To each administrator."""
    data = event.data
    context = {
        "beneficiaire": full_name(data["beneficiary"]),
        "email": data["beneficiary"]["email"],
        "former_email": data["former_email"],
        **company_of(data),
    }
    return to_administrators(event, KIND, context)
