"""Pages that belong to no adhérent (account, messages, help, legal pages) and the space they were opened from.

That space is in their address (`?espace=<site>`), so that two tabs of two companies never cross; without it, or when it
is not the person's, they show none. Nothing about it is kept in the browser.
"""

from typing import Any, cast
from urllib.parse import parse_qsl, quote, urlencode
from uuid import UUID

from flask import Flask, g, request

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit.access import Space
from gateway.kit.labels import is_uuid
from gateway.kit.session import path_of

PARAMETER = "espace"
SHOWING = (
    *("compte", "identifiant", "messages", "preferences", "mobile", "confirmation", "sessions", "activite", "mandats"),
    *("prolongation", "attestation_mandat", "coordonnees_bancaires"),
    *("informations", "aide", "questions", "nouveautes"),
)
CARRYING = (*SHOWING, "choix", "alertes")
OF_MAILS = "/lien/"  # the address of such a page holds the token of a mail
LONGEST = 400  # of an address that the links of a page carry


def carry_spaces(app: Flask) -> None:
    """Every address of such a page, made on a page of a space or beside one, carries that space."""

    @app.url_defaults
    def carry(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint.partition(".")[0] in CARRYING and (site := _carried()):
            values.setdefault(PARAMETER, site)


def space_beside() -> Space | None:
    """The space this page was opened from, asked of delegation; None without one, or when it is not mine (any more)."""
    site, known = _carried(), "person" in g and not g.get("away")
    if request.blueprint not in CARRYING or not site or not known:
        return None
    if "beside" not in g:
        g.beside = _asked(site)
    return cast(Space | None, g.beside)


def belongs_to(adherent_id: UUID) -> None:
    """This page is about that adhérent: a space of another one is neither shown nor carried on."""
    space = space_beside()
    g.elsewhere = space is not None and space.tier.adherent_id != adherent_id


def here() -> str | None:
    """The address of this page, to come back to, with the space that it shows and no other; of the page that holds the
    form, when this is what became of it. None for one that no link may carry."""
    own = request.full_path if request.method == "GET" else path_of(request.referrer) or ""
    path, _, query = own.partition("?")
    said = [(name, value) for name, value in parse_qsl(query) if name != PARAMETER]
    if request.blueprint in CARRYING and (site := _carried()):
        said.append((PARAMETER, str(site)))
    address = quote(path) + (f"?{urlencode(said)}" if said else "")
    return None if not path or path.startswith(OF_MAILS) or len(address) > LONGEST else address


def _carried() -> UUID | None:
    if space := g.get("space"):
        return UUID(str(space.tier.site_id))
    text = request.args.get(PARAMETER, "") if request.blueprint in CARRYING and not g.get("elsewhere") else ""
    return UUID(text) if is_uuid(text) else None


def _asked(site: UUID) -> Space | None:
    try:
        return Space(clients().delegation.site(site))
    except Problem:
        return None
