"""Word that more days are refused, and why."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import author_of, day, to_beneficiary

KIND = email(
    "prolongation_refusee",
    "prolongation.refused.v1",
    Urgency.NOTICE,
    "the beneficiary who asked for more days",
    "/mon-compte/delegations",
)


def orders(event: Event) -> list[Order]:
    """To the beneficiary."""
    data = event.data
    days = {"ends_on": day(data["ends_on"]), "wanted_on": day(data["wanted_on"])}
    return [to_beneficiary(event, KIND, **days, motif=data.get("reason", ""), auteur=author_of(data))]
