"""Word that a delegation is confirmed (G52)."""

from backbone.events.cards import Event
from contracts.words.kinds import Kind
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import day, to_beneficiary

KIND = email("delegation_confirmee", "delegation.confirmed.v1", Urgency.NOTICE, "the beneficiary (G52)", "/connexion")


def orders(event: Event) -> list[Order]:
    """To the beneficiary. The founder confirms nothing and waits for nothing: his end screen told him."""
    data = event.data
    if data["kind"] == Kind.FONDATEUR:
        return []
    return [to_beneficiary(event, KIND, starts_on=data["starts_on"].isoformat(), ends_on=day(data["ends_on"]))]
