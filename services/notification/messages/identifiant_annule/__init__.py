"""Word that a change of address was undone, with a link to a new password (T5)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import reset_link, undone

KIND = email(
    "identifiant_annule",
    "identifier_change.undone.v1",
    Urgency.AWAITED,
    "the owner of the account, who undid the change and has no password any more (T5)",
    "/lien/reinitialisation/{token}",
)


def orders(event: Event) -> list[Order]:
    """To the owner, when there is a link. It leaves even when that is dead: that the change was undone is news all the
    same."""
    data = event.data
    if not reset_link(data):
        return []
    shown = {name: value for name, value in undone(data).items() if name != "reason"}
    context = {**shown, "expires_at": data["reset_expires_at"].isoformat()}
    return [Order(event.id, KIND, data["email"], context, data["sealed"])]
