"""Somebody who waits for a confirmation has an administrator reminded of it (G52)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import day, delegated_to, to_administrators

KIND = email(
    "relance_confirmation",
    "confirmation.awaited.v1",
    Urgency.NOTICE,
    "the administrator whom the one who waits has reminded, another one each time (decision 54)",
    "/delegations/{delegation_id}/confirmation",
    told_by="reminded_at",
)


def orders(event: Event) -> list[Order]:
    """To the administrator named. What the calendar reminds of is told in the morning (`confirmations_attendues`)."""
    data = event.data
    if not data["by_beneficiary"]:
        return []
    known = {"delegation_id": str(data["delegation_id"]), **delegated_to(data)}
    days = {"starts_on": day(data["starts_on"]), "ends_on": day(data["ends_on"])}
    waits_since = data["completed_at"].isoformat() if data["completed_at"] else None
    return to_administrators(event, KIND, {**known, **days, "attend_depuis": waits_since})
