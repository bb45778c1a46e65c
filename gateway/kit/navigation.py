"""The bars of every page: who is there, for which tiers, the menu the delegation allows (G66–G70). No dead entry."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import g, request, url_for

from contracts.words import uses
from gateway.clients.identity import Person
from gateway.kit.access import Space
from gateway.kit.bell import bell
from gateway.kit.beside import SHOWING, space_beside
from gateway.kit.services import sections
from gateway.kit.session import session_left


@dataclass(frozen=True)
class Entry:
    """One entry of the menu or one tile. `code`: by which its uses are counted."""

    label: str
    url: str
    icon: str
    says: str = ""
    code: str = ""

    @property
    def current(self) -> bool:
        """Is this the page shown, or one below it?"""
        path = urlsplit(self.url).path
        return request.path == path if path.endswith("/") else request.path.startswith(path)


def navigation() -> dict[str, Any]:
    """What the layout of every page needs."""
    person: Person | None = g.get("person")
    space: Space | None = g.get("space") or _space_beside()
    return {
        "person": person,
        "space": space,
        "menu": menu(space) if space else [],
        "groupes": sections(space) if space else [],
        "cloche": bell(space),
        "reste": session_left() if person else None,
        "plusieurs": space.tier.has_others if space else False,
        "contact_url": space.url("contact.page") if space else url_for("contacter.page"),
        "request_id": g.get("request_id", ""),
    }


def _space_beside() -> Space | None:
    return space_beside() if request.blueprint in SHOWING else None


def menu(space: Space) -> list[Entry]:
    """Home first, then what the rights open."""
    return [Entry("Accueil", space.url("accueil.page"), "house"), *places(space), help_of_all()]


def places(space: Space) -> list[Entry]:
    """The pages of the space that the rights open, beside the functions of the matrix."""
    rights = Entry(
        "Gérer les droits d'accès",
        space.url("droits.page"),
        "users",
        "Déléguer des droits à votre cabinet comptable ou à vos collaborateurs.",
        uses.ADMINISTRATION,
    )
    suivi = Entry(
        "Suivi DSN",
        space.url("suivi_dsn.page"),
        "calendar-days",
        "L'état de vos déclarations, mois par mois.",
        uses.SUIVI_DSN,
    )
    return [
        *([suivi] if space.sees_dsn else []),
        *([rights] if space.administrator else []),
        Entry(
            "Gérer mon compte utilisateur",
            url_for("compte.page"),
            "user",
            "Vos informations de connexion et de contact.",
            uses.MON_COMPTE,
        ),
        Entry(
            "Nous contacter",
            space.url("contact.page"),
            "mail",
            "Écrire à un conseiller de votre caisse.",
            uses.NOUS_CONTACTER,
        ),
    ]


def help_of_all() -> Entry:
    """« Aide », for everybody and always there (G69)."""
    says = "Les réponses aux questions les plus fréquentes."
    return Entry("Aide", url_for("informations.aide"), "life-buoy", says)
