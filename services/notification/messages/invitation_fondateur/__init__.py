"""The link by which a founding administrator, whom the caisse names, completes his account (G5, G41–G43)."""

from backbone.events.cards import Event
from contracts.words.kinds import Kind
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import full_name, invite

KIND = email(
    "invitation_fondateur",
    "invitation.issued.v1",
    Urgency.LINK,
    "who the caisse names founding administrator (G5)",
    "/lien/invitation/{token}",
)


def orders(event: Event) -> list[Order]:
    """To the founder, unless he has an account already."""
    data = event.data
    if data.get("already_known") or data.get("kind") != Kind.FONDATEUR:
        return []
    named = {part: data.get(part) for part in ("nom", "prenom")}
    return [invite(event, KIND, lecteur=full_name(named), identifiant=data["adherent"]["identifiant"])]
