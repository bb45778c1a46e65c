"""What delegation answers in page tests about the history of a delegation and of an adhérent."""

from collections.abc import Sequence
from typing import Any


def entry(act: str, at: str, author: str, behalf: str | None, *changes: tuple[str, str | None, str]) -> dict[str, Any]:
    """A line of the journal of a delegation."""
    names = ("field", "label", "before", "after")
    told = [dict(zip(names, ("champ", *one), strict=True)) for one in changes]
    return {
        **{"at": at, "act": act, "author": author, "on_behalf_of": behalf, "reason": None},
        **{"changes": told, "scope": {}},
    }


HISTORY = [
    entry(
        "ouverture",
        "2026-07-01T22:30:00+00:00",
        "Paul Durand",
        "entreprise",
        ("Date d'effet", None, "02/07/2026"),
        ("Collèges", None, "Ouvriers"),
    ),
    entry("identification", "2026-07-02T09:00:00+00:00", "Anne Lefèvre", "cabinet"),
    {**entry("remplacement_par_la_caisse", "2026-11-02T09:00:00+00:00", "Caisse (crm)", None), "reason": "Départ"},
    entry(
        "modification",
        "2026-11-20T09:00:00+00:00",
        "Luc <b>Petit</b>",
        "cabinet",
        ("Date de fin", "aucune", "31/12/2027"),
    ),
]


def about(entry: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    """A line of the journal of the adhérent: about the delegation of `person`."""
    told = {name: value for name, value in entry.items() if name != "scope"}
    return {**told, **{name: person[name] or None for name in ("delegation_id", "nom", "prenom", "email")}}


def held(person: dict[str, Any], *parts: dict[str, Any]) -> dict[str, Any]:
    """What `person` could do on a past day."""
    whose = {name: person[name] or None for name in ("delegation_id", "nom", "prenom", "email")}
    return {**whose, "kind": "collaborateur", "parts": list(parts)}


def part(since: str | None = None, until: str | None = None, **changes: Any) -> dict[str, Any]:
    """A part of a day: consultation of the documents, all of it."""
    days = {"since": since, "until": until, "starts_on": "2026-07-02", "ends_on": None, "administrator": False}
    return {**days, "colleges": ["ouvriers"], "rights": {"mes_documents": "consultation"}, **changes}


def past(*items: dict[str, Any], then: str | None = None) -> dict[str, Any]:
    """Who could do what."""
    return {"connu": "2026-11-23T09:00:00+00:00", "items": list(items), "next": then}


def answers(adherent_id: str, people: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One history for all: each delegation's, oldest first, and the adhérent's, newest first."""
    of = f"/adherents/{adherent_id}"
    lines = [about(one, people[1]) for one in reversed(HISTORY)]
    return {
        f"GET {of}/journal": (200, {"items": lines, "next": None}),
        f"GET {of}/who-could": (200, past(held(people[1], part()))),
        **{f"GET {of}/delegations/{one['delegation_id']}/journal": (200, {"items": HISTORY}) for one in people},
    }
