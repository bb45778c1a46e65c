"""Word that a delegation was suspended, or opens again before its day (decision 62)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import author_of, suspension, to_beneficiary

KIND = email("delegation_suspendue", "delegation.changed.v1", Urgency.NOTICE, "the beneficiary", "/connexion")


def orders(event: Event) -> list[Order]:
    """To the beneficiary, of a suspension and of its early end; of another change, to nobody."""
    what = suspension(event)
    return [to_beneficiary(event, KIND, auteur=author_of(event.data), **what)] if what else []
