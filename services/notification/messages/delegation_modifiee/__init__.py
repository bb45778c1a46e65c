"""Word that what a delegation opens changed, and on which days (G19, C10)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import author_of, changed, to_beneficiary

KIND = email("delegation_modifiee", "delegation.changed.v1", Urgency.NOTICE, "the beneficiary (G19, C10)", "/connexion")


def orders(event: Event) -> list[Order]:
    """To the beneficiary, when something is not as it was."""
    what = changed(event)
    if not what:
        return []
    return [to_beneficiary(event, KIND, auteur=author_of(event.data), below=event.data.get("below", 0), **what)]
