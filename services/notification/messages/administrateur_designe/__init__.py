"""Word to whom the caisse names founding administrator (T8)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import company_of, full_name

KIND = email(
    "administrateur_designe",
    "founder.replaced.v1",
    Urgency.NOTICE,
    "who the caisse names founding administrator, whether or not he has an account (T8)",
    "/connexion",
)


def orders(event: Event) -> list[Order]:
    """To the new founding administrator."""
    founder = event.data["founder"]
    context = {**company_of(event.data), "lecteur": full_name(founder)}
    return [Order(event.id, KIND, founder["email"], context)]
