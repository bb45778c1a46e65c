"""Which of a person's delegations end soon: one mail a person and day, for all his companies (decision 54)."""

from collections.abc import Sequence

from backbone.events.cards import Event
from backbone.ids import new_id
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.nights import Line, What, said, without_side
from services.notification.domain.orders import Order
from services.notification.messages.parts import line_of

KIND = email(
    "delegations_bientot_finies",
    None,
    Urgency.COPY,
    "each whose delegation ends in 30 or in 7 days (decision 54)",
    "/mon-compte/delegations",
)


def order(lines: Sequence[Line]) -> Order:
    """To the one person of these lines."""
    return Order(new_id(), KIND, lines[0].recipient, without_side(said(lines), "suivies"))


def ending(event: Event) -> list[Line]:
    """The line of a delegation that ends soon (`delegation.ending`)."""
    data = event.data
    if data["ends_on"] is None:
        return []
    fact = f"{What.ENDS_SOON}:{data['delegation_id']}:{data['ends_on']}:{data['days']}"
    return [line_of(data["beneficiary"], data, fact, What.ENDS_SOON, data["ends_on"])]
