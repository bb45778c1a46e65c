"""Word that a delegation is confirmed (G52)."""

from backbone.clock import paris_day
from backbone.events.cards import Event
from contracts.words.kinds import Kind
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import day, to_beneficiary

KIND = email(
    "delegation_confirmee",
    "delegation.confirmed.v1",
    Urgency.NOTICE,
    "the beneficiary (G52)",
    "/connexion",
    gained={"a_venir": False},
)


def orders(event: Event) -> list[Order]:
    """To the beneficiary. The founder confirms nothing and waits for nothing: his end screen told him."""
    data = event.data
    if data["kind"] == Kind.FONDATEUR:
        return []
    days = {"starts_on": day(data["starts_on"]), "ends_on": day(data["ends_on"])}
    return [to_beneficiary(event, KIND, **days, a_venir=data["starts_on"] > paris_day(event.time))]
