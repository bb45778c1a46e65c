"""The bars of every page: who is there, for which tiers, the menu the delegation allows (G66–G70). No dead entry."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, request, session, url_for

from gateway.access import Space, has_several_sites
from gateway.clients import clients
from gateway.clients.problem import Problem

WITH_LAST_SPACE = ("compte", "identifiant", "messages", "mobile", "informations", "confirmation")


@dataclass(frozen=True)
class Entry:
    """One entry of the menu or one tile."""

    label: str
    url: str
    icon: str
    says: str = ""

    @property
    def current(self) -> bool:
        """Is this the page shown, or one below it?"""
        if self.url.endswith("/"):
            return request.path == self.url
        return request.path.startswith(self.url)


def navigation() -> dict[str, Any]:
    """What the layout of every page needs."""
    person, space = g.get("person"), g.get("space") or _last_space()
    return {
        "person": person,
        "space": space,
        "menu": menu(space) if space else [],
        "dernier": session.get("dernier") if person else None,
        "plusieurs": bool(space) and has_several_sites(),
        "contact_url": space.url("contact.page") if space else None,
        "request_id": g.get("request_id", ""),
    }


def _last_space() -> Space | None:
    """The pages of the account belong to no adhérent: they keep the menu of the space the person was in last."""
    last = session.get("dernier")
    if request.blueprint not in WITH_LAST_SPACE or "person" not in g or not last or g.get("away"):
        return None
    try:
        return Space(clients().delegation.site(UUID(last["site"])))
    except Problem:
        return None


def menu(space: Space) -> list[Entry]:
    """Home first, then what the rights open."""
    return [Entry("Accueil", space.url("accueil.page"), "house"), *tiles(space)]


def tiles(space: Space) -> list[Entry]:
    """What can be done here, as tiles of the home page (G69)."""
    rights = Entry(
        "Gérer les droits d'accès",
        space.url("droits.page"),
        "users",
        "Déléguer des droits à votre cabinet comptable ou à vos collaborateurs.",
    )
    suivi = Entry(
        "Suivi DSN", space.url("suivi_dsn.page"), "calendar-days", "L'état de vos déclarations, mois par mois."
    )
    return [
        *([suivi] if space.sees_dsn else []),
        *([rights] if space.administrator else []),
        Entry(
            "Gérer mon compte utilisateur",
            url_for("compte.page"),
            "user",
            "Vos informations de connexion et de contact.",
        ),
        Entry("Nous contacter", space.url("contact.page"), "mail", "Écrire à un conseiller de votre caisse."),
        Entry("Aide", url_for("informations.aide"), "life-buoy", "Les réponses aux questions les plus fréquentes."),
    ]
