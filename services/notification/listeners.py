"""The bus way in: each event orders its messages, whole batches in one statement."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from backbone.events.cards import Event
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DOUBLE
from services.notification.domain import catalogue
from services.notification.use_cases import identifier_mails
from services.notification.use_cases.order_deliveries import Order, Proof, order_deliveries

Orders = Callable[[Event], list[Order]]


def _listener(*mappers: Orders) -> Callable[..., None]:
    """A batch listener that orders what each of `mappers` says of each event."""

    @batch
    def on_events(events: Sequence[Event], *, uow: UnitOfWork, proof: Proof) -> None:
        orders = [(event, order) for event in events for mapper in mappers for order in mapper(event)]
        order_deliveries(orders, uow=uow, proof=proof)

    on_events.__doc__ = mappers[0].__doc__
    return on_events


def invitation(event: Event) -> list[Order]:
    """The link to complete an account (G41–G43), or to accept with the one that the reader has (T1)."""
    data = event.data
    expires_at = data["expires_at"]
    context = {"raison_sociale": data["adherent"]["raison_sociale"], "expires_at": _iso(expires_at)}
    context |= {name: str(data[name]) for name in ("invitation_id", "delegation_id")}  # told back when it left
    kind = catalogue.DELEGATION_A_ACCEPTER if data.get("already_known") else catalogue.INVITATION
    return [Order(event.id, kind, data["email"], context, data["sealed"], expires_at)]


def completed(event: Event) -> list[Order]:
    """The demand to each administrator (G52), and word to a beneficiary who filled no form (T1)."""
    data = event.data
    beneficiary = data["beneficiary"]
    about = {
        "delegation_id": str(data["delegation_id"]),
        "beneficiaire": _name(beneficiary) or beneficiary["email"],
        "email": beneficiary["email"],
        "already_known": data["already_known"],
        "raison_sociale": data["adherent"]["raison_sociale"],
        "identifiant": data["adherent"]["identifiant"],
        "starts_on": data["starts_on"].isoformat(),
        "ends_on": data["ends_on"].isoformat() if data["ends_on"] else None,
        "administrator": data["administrator"],
    }
    orders = [
        Order(event.id, catalogue.CONFIRMATION_DEMANDEE, one["email"], {**about, "lecteur": _name(one)})
        for one in data["administrators"]
    ]
    if data["already_known"]:
        context = {name: about[name] for name in ("raison_sociale", "starts_on")}
        context["lecteur"] = _name(beneficiary)
        orders.append(Order(event.id, catalogue.DELEGATION_EN_ATTENTE, beneficiary["email"], context))
    return orders


def confirmed(event: Event) -> list[Order]:
    """Word to the beneficiary. The founder confirms nothing and waits for nothing: his end screen told him."""
    data = event.data
    if data["kind"] == "fondateur":
        return []
    dates = {
        "starts_on": data["starts_on"].isoformat(),
        "ends_on": data["ends_on"].isoformat() if data["ends_on"] else None,
    }
    return [_to_beneficiary(event, catalogue.DELEGATION_CONFIRMEE, dates)]


def refused(event: Event) -> list[Order]:
    """Word to the beneficiary that the administrator refused."""
    return [_to_beneficiary(event, catalogue.DELEGATION_REFUSEE, {})]


def closed(event: Event) -> list[Order]:
    """Word to the beneficiary that nothing is open any more (G19, G26), unless he has the same by another one; to
    each administrator when nobody asked for it (K2)."""
    data = event.data
    about = {"confirmed": data["confirmed_at"] is not None, "reason": data["reason"]}
    kept = about["confirmed"] and data["reason"] == DOUBLE
    known = {name: data["adherent"][name] for name in ("raison_sociale", "identifiant")}
    context = {**about, **known, "email": data["beneficiary"]["email"]}
    return [
        *([] if kept else [_to_beneficiary(event, catalogue.DELEGATION_FERMEE, about)]),
        *(
            Order(event.id, catalogue.DELEGATION_SANS_SUITE, one["email"], {**context, "lecteur": _name(one)})
            for one in data.get("administrators", ())
        ),
    ]


def readdressed(event: Event) -> list[Order]:
    """Word to each administrator that a beneficiary logs in with another address (G75)."""
    data = event.data
    about = {
        "beneficiaire": _name(data["beneficiary"]),
        "email": data["beneficiary"]["email"],
        "former_email": data["former_email"],
        "raison_sociale": data["adherent"]["raison_sociale"],
        "identifiant": data["adherent"]["identifiant"],
    }
    return [
        Order(event.id, catalogue.BENEFICIAIRE_READRESSE, one["email"], {**about, "lecteur": _name(one)})
        for one in data["administrators"]
    ]


def founder_replaced(event: Event) -> list[Order]:
    """Word to the founding administrator that the caisse named, and to each other administrator (T8)."""
    data = event.data
    about = {
        "ancien": _name(data["former"]) or data["former"]["email"],
        "nouveau": _name(data["founder"]) or data["founder"]["email"],
        "raison_sociale": data["adherent"]["raison_sociale"],
        "identifiant": data["adherent"]["identifiant"],
    }
    company = {name: about[name] for name in ("raison_sociale", "identifiant")}
    named = {**company, "lecteur": _name(data["founder"])}
    return [
        Order(event.id, catalogue.ADMINISTRATEUR_DESIGNE, data["founder"]["email"], named),
        *(
            Order(event.id, catalogue.ADMINISTRATEUR_REMPLACE, one["email"], {**about, "lecteur": _name(one)})
            for one in data["administrators"]
        ),
    ]


def reset_requested(event: Event) -> list[Order]:
    """The link to choose a new password (G57)."""
    data = event.data
    context = {"lecteur": data["prenom"] or "", "expires_at": _iso(data["expires_at"])}
    return [
        Order(event.id, catalogue.REINITIALISATION, data["email"], context, data["sealed"], data["expires_at"]),
    ]


def password_changed(event: Event) -> list[Order]:
    """Notice to the owner of the account (AA16)."""
    data = event.data
    context = {"lecteur": data["prenom"] or "", "changed_at": _iso(data["changed_at"])}
    return [Order(event.id, catalogue.MOT_DE_PASSE_MODIFIE, data["email"], context)]


def code_issued(event: Event) -> list[Order]:
    """The SMS that certifies a number (G50, G77, C5)."""
    data = event.data
    expires_at = data["expires_at"]
    context = {"expires_at": _iso(expires_at)}
    return [Order(event.id, catalogue.CODE_MOBILE, data["telephone_mobile"], context, data["sealed"], expires_at)]


def message_sent(event: Event) -> list[Order]:
    """The message to the caisse, with a link to its files, and the sender's acknowledgement (G79–G87)."""
    data = event.data
    sender = data["sender"]
    both = {
        "reference": data["reference"],
        "caisse_nom": data["caisse_nom"],
        "raison_sociale": data["adherent"]["raison_sociale"],
        "identifiant": data["adherent"]["identifiant"],
        "objet": data["objet"],
        "message": data["message"],
        "files": [dict(one) for one in data["files"]],
        "sent_at": _iso(data["sent_at"]),
    }
    known = {name: data[name] for name in ("telephone_fixe", "telephone_mobile")}
    to_caisse = {**both, **known, "nom": sender["nom"], "prenom": sender["prenom"], "email": sender["email"]}
    to_sender = {**both, "lecteur": _name(sender)}
    return [
        Order(
            event.id,
            catalogue.MESSAGE_CAISSE,
            data["caisse_email"],
            to_caisse,
            data["sealed"],
            reply_to=sender["email"],
        ),
        Order(event.id, catalogue.ACCUSE_RECEPTION, sender["email"], to_sender, reply_to=data["caisse_email"]),
    ]


LISTENS: Mapping[str, Callable[..., None]] = {
    "invitation.issued.v1": _listener(invitation),
    "delegation.completed.v1": _listener(completed),
    "delegation.confirmed.v1": _listener(confirmed),
    "delegation.refused.v1": _listener(refused),
    "delegation.closed.v1": _listener(closed),
    "delegation.readdressed.v1": _listener(readdressed),
    "founder.replaced.v1": _listener(founder_replaced),
    "password_reset.requested.v1": _listener(reset_requested),
    "password.changed.v1": _listener(password_changed),
    "identifier_change.requested.v1": _listener(identifier_mails.change_requested),
    "identifier.changed.v1": _listener(identifier_mails.changed),
    "identifier_change.undone.v1": _listener(identifier_mails.change_undone),
    "identifier_change.refused.v1": _listener(identifier_mails.change_refused),
    "address_certification.requested.v1": _listener(identifier_mails.certification_requested),
    "mobile_code.issued.v1": _listener(code_issued),
    "message.sent.v1": _listener(message_sent),
}


def _to_beneficiary(event: Event, kind: catalogue.MessageKind, more: Mapping[str, Any]) -> Order:
    data = event.data
    beneficiary = data["beneficiary"]
    context = {
        "lecteur": _name(beneficiary),
        "raison_sociale": data["adherent"]["raison_sociale"],
        "identifiant": data["adherent"]["identifiant"],
        **more,
    }
    return Order(event.id, kind, beneficiary["email"], context)


def _name(person: Mapping[str, Any]) -> str:
    return " ".join(part for part in (person["prenom"], person["nom"]) if part)


def _iso(instant: datetime) -> str:
    return instant.isoformat()
