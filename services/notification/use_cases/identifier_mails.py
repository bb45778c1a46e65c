"""The mails about the address one logs in with: another one (G75, T5, AA18), certified again (G54).

The new address is nobody's yet: what goes there names no one.
"""

from typing import Any

from backbone.events.cards import Event
from services.notification.domain import catalogue
from services.notification.use_cases.order_deliveries import Order


def change_requested(event: Event) -> list[Order]:
    """The link that proves the new address, and the one that undoes it from the former."""
    data = event.data
    until, undo_until = data["expires_at"], data["undo_expires_at"]
    context = {
        "lecteur": data["prenom"] or "",
        "nouvelle_adresse": data["new_email"],
        "requested_at": data["requested_at"].isoformat(),
        "expires_at": until.isoformat(),
        "undo_expires_at": undo_until.isoformat(),
    }
    activation, notice = catalogue.ACTIVATION_IDENTIFIANT, catalogue.MODIFICATION_IDENTIFIANT
    to_new = {"expires_at": until.isoformat()}
    return [
        Order(event.id, activation, data["new_email"], to_new, data["sealed_activation"], until),
        Order(event.id, notice, data["email"], context, data["sealed_undo"], undo_until),
    ]


def changed(event: Event) -> list[Order]:
    """Notice to the former address that it is the identifiant no longer (ASVS 6.3.7)."""
    data = event.data
    context = {
        "lecteur": data["prenom"] or "",
        "nouvelle_adresse": data["new_email"],
        "changed_at": data["changed_at"].isoformat(),
        "undo_expires_at": data["undo_expires_at"].isoformat(),
    }
    return [Order(event.id, catalogue.IDENTIFIANT_MODIFIE, data["email"], context)]


def change_undone(event: Event) -> list[Order]:
    """Word to the owner that his address stays, with a link to a new password when the change was undone; to the other
    address too, without the link, once it had been proved."""
    data = event.data
    context = {
        "lecteur": data["prenom"] or "",
        "adresse": data["email"],
        "nouvelle_adresse": data["new_email"],
        "reason": data["reason"],
        "undone_at": data["undone_at"].isoformat(),
    }
    proved = [Order(event.id, catalogue.IDENTIFIANT_RETABLI, data["new_email"], context)] if data["proved"] else []
    return [_to_owner(event, context), *proved]


def _to_owner(event: Event, context: dict[str, Any]) -> Order:
    """It leaves even when its link is dead: that the change was undone is news all the same. Events of before have no
    link."""
    sealed, until = event.data.get("sealed"), event.data.get("reset_expires_at")
    if not sealed or not until:
        return Order(event.id, catalogue.IDENTIFIANT_RETABLI, event.data["email"], context)
    shown = {name: value for name, value in context.items() if name != "reason"} | {"expires_at": until.isoformat()}
    return Order(event.id, catalogue.IDENTIFIANT_ANNULE, event.data["email"], shown, sealed)


def change_refused(event: Event) -> list[Order]:
    """Word to whose address it is, and nothing about who asked (AA18)."""
    context = {"attempted_at": event.data["attempted_at"].isoformat()}
    return [Order(event.id, catalogue.ADRESSE_DEJA_UTILISEE, event.data["email"], context)]


def certification_requested(event: Event) -> list[Order]:
    """The link that certifies the address again (G54)."""
    data = event.data
    until = data["expires_at"]
    context = {
        "lecteur": data["prenom"] or "",
        "suspended": data["suspended"],
        "ends_at": data["ends_at"].isoformat(),
        "expires_at": until.isoformat(),
    }
    return [Order(event.id, catalogue.CERTIFICATION_ADRESSE, data["email"], context, data["sealed"], until)]
