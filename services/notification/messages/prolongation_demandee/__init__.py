"""The demand for more days of somebody whose delegation ends soon."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import day, delegated_to, to_administrators

KIND = email(
    "prolongation_demandee",
    "prolongation.requested.v1",
    Urgency.NOTICE,
    "each administrator of a delegation for which more days are asked (decision 54)",
    "/delegations/{delegation_id}/prolongation",
)


def orders(event: Event) -> list[Order]:
    """To each administrator."""
    data = event.data
    days = {"ends_on": day(data["ends_on"]), "wanted_on": day(data["wanted_on"])}
    known = {"delegation_id": str(data["delegation_id"]), **delegated_to(data), **days}
    return to_administrators(event, KIND, known)
