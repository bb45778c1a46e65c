"""What several messages read alike in their events, as `parts.html` is what several templates say alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backbone.clock import paris_day
from backbone.events.cards import Event
from contracts.words.bank_details import CodeFor
from contracts.words.changes import SOMEBODY, Cause, differences
from services.notification.domain.kinds import MessageKind
from services.notification.domain.nights import Line, What
from services.notification.domain.orders import Order

Data = Mapping[str, Any]
SUSPENDING = (Cause.SUSPENSION, Cause.REPRISE)


def full_name(person: Data) -> str:
    """« Claire Martin »; « » of whom nobody knows the name yet."""
    return " ".join(part for part in (person["prenom"], person["nom"]) if part)


def day(value: date | None) -> str | None:
    """A day as the templates read it."""
    return value.isoformat() if value else None


def company_of(data: Data) -> dict[str, str]:
    """The company that the event is about."""
    return {name: data["adherent"][name] for name in ("raison_sociale", "identifiant")}


def invite(event: Event, kind: MessageKind, **more: Any) -> Order:
    """The order of a link to accept a delegation; its ids are told back when it left."""
    data = event.data
    context: dict[str, Any] = {
        "raison_sociale": data["adherent"]["raison_sociale"],
        "expires_at": data["expires_at"].isoformat(),
    }
    context |= {name: str(data[name]) for name in ("invitation_id", "delegation_id")}
    starts_on = data.get("starts_on")
    context["effet"] = day(starts_on) if starts_on and starts_on > paris_day(event.time) else None
    return Order(event.id, kind, data["email"], context | more, data["sealed"], data["expires_at"])


def code_of(event: Event, kind: MessageKind, purpose: CodeFor) -> list[Order]:
    """The order of an SMS code to its number, if it is for that; events of before certify."""
    data = event.data
    if data.get("purpose", CodeFor.CERTIFICATION) != purpose:
        return []
    until = data["expires_at"]
    context = {"expires_at": until.isoformat()}
    return [Order(event.id, kind, data["telephone_mobile"], context, data["sealed"], until)]


def bank_request(data: Data) -> dict[str, str]:
    """Who asked for new bank details, of which company."""
    who, of = data["asker"], {"adherent_id": str(data["adherent"]["adherent_id"])}
    return {"demandeur": full_name(who) or who["email"], "email": who["email"], **of, **company_of(data)}


def to_beneficiary(event: Event, kind: MessageKind, **more: Any) -> Order:
    """The order of word to the beneficiary of a delegation."""
    person = event.data["beneficiary"]
    context = {"lecteur": full_name(person), **company_of(event.data), **more}
    return Order(event.id, kind, person["email"], context)


def to_administrators(event: Event, kind: MessageKind, context: Data) -> list[Order]:
    """The orders of word to each administrator whom the event names; none where it names nobody."""
    return [
        Order(event.id, kind, person["email"], {**context, "lecteur": full_name(person)})
        for person in event.data.get("administrators", ())
    ]


def to_told(event: Event, kind: MessageKind, context: Data) -> list[Order]:
    """The orders of word to each other administrator whom the event names, with the name of who acted as he may read
    it (K10); none where it names nobody, as an event of before does."""
    return [
        Order(event.id, kind, one["email"], {**context, "lecteur": full_name(one), "auteur": author_of(one)})
        for one in event.data.get("told", ())
    ]


def author_of(said: Data) -> str:
    """Who acted, as the reader of `said` may read him (K10)."""
    return said.get("author") or SOMEBODY


def delegated_to(data: Data) -> dict[str, str]:
    """Whose delegation it is, for who administers it."""
    who = data["beneficiary"]
    return {"beneficiaire": full_name(who) or who["email"], "email": who["email"], **company_of(data)}


def changed(event: Event) -> dict[str, Any]:
    """What a change of a delegation is told by: each thing that is not as it was, when, and from which day it counts
    (none: at once). Empty where nothing is, or where the event of before does not say what was; a
    suspension has its own words."""
    data, before = event.data, event.data.get("before")
    found = differences(before, data) if before and data.get("cause") not in SUSPENDING else []
    if not found:
        return {}
    over = data["ends_on"] is not None and data["ends_on"] < data["starts_on"]
    return {
        "changements": [{"quoi": one.label, "avant": one.before, "desormais": one.after} for one in found],
        "change_at": event.time.isoformat(),
        "cause": data.get("cause", Cause.MODIFICATION),
        "effet": day(data["starts_on"]) if data["starts_on"] > paris_day(event.time) else None,
        "sans_jour": over,
    }


def suspension(event: Event) -> dict[str, Any]:
    """What a suspension, or its early end, is told by: its last day (none: it ended), when it was decided, from which
    day the rights count (none: at once), and what follows it. Empty of another change."""
    data = event.data
    if data.get("cause") not in SUSPENDING:
        return {}
    return {
        "jusqu_au": day(data.get("suspended_until")),
        "change_at": event.time.isoformat(),
        "effet": day(data["starts_on"]) if data["starts_on"] > paris_day(event.time) else None,
        "below": data.get("below", 0),
    }


def line_of(reader: Data, data: Data, fact: str, what: What, day: date, followed: str = "") -> Line:
    """The line of one delegation in the mail that a morning brings its reader."""
    of = data["adherent"]
    company = (of["adherent_id"], of["raison_sociale"], of["identifiant"])
    return Line(fact, reader["email"], full_name(reader), followed, *company, what, day)


def undone(data: Data) -> dict[str, Any]:
    """What is said of a change of address that will not be."""
    return {
        "lecteur": data["prenom"] or "",
        "adresse": data["email"],
        "nouvelle_adresse": data["new_email"],
        "reason": data["reason"],
        "undone_at": data["undone_at"].isoformat(),
    }


def reset_link(data: Data) -> bool:
    """Whether the event of a change undone brings a link to a new password. Those of before have none."""
    return bool(data.get("sealed") and data.get("reset_expires_at"))


def as_sent(data: Data) -> dict[str, Any]:
    """A message to the caisse as it was sent, for who wrote it and for who reads it."""
    return {**_named(data), "message": data["message"]}


def as_withdrawn(data: Data) -> dict[str, Any]:
    """A message whose consent was withdrawn, for the same two; its text is not said again."""
    return {**_named(data), "withdrawn_at": data["withdrawn_at"].isoformat()}


def _named(data: Data) -> dict[str, Any]:
    return {
        "reference": data["reference"],
        "caisse_nom": data["caisse_nom"],
        **company_of(data),
        "objet": data["objet"],
        "files": [dict(file) for file in data["files"]],
        "sent_at": data["sent_at"].isoformat(),
    }
