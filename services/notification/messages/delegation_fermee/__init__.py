"""Word that nothing is open any more (G19, G26)."""

from backbone.events.cards import Event
from contracts.words.reasons import Closed
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.delegations_du_jour import at_its_date
from services.notification.messages.parts import to_beneficiary

KIND = email(
    "delegation_fermee",
    "delegation.closed.v1",
    Urgency.NOTICE,
    "the beneficiary (G19, G26), who may have given it up himself",
    gained={"renounced": False},
)


def orders(event: Event) -> list[Order]:
    """To the beneficiary, unless he keeps the same access by another delegation. What ended at its date de fin is told
    with all that began or ended in that night (`delegations_du_jour`)."""
    data = event.data
    if at_its_date(data):
        return []
    confirmed = data["confirmed_at"] is not None
    if confirmed and data["reason"] == Closed.DOUBLE:
        return []
    given_up = data.get("renounced", False)
    return [to_beneficiary(event, KIND, confirmed=confirmed, reason=data["reason"], renounced=given_up)]
