"""The demand to review who has which right in a company."""

from backbone.events.cards import Event
from contracts.words.review import Due
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import company_of, to_administrators

KIND = email(
    "revue_demandee",
    "review.asked.v1",
    Urgency.NOTICE,
    "each administrator of the company for whom delegations are to be reviewed, once",
    "/choix",
)


def orders(event: Event) -> list[Order]:
    """To each administrator whom the event names."""
    data = event.data
    context = {"depart": data["reason"] == Due.DEPART, "partis": list(data["left"]), **company_of(data)}
    return to_administrators(event, KIND, context)
