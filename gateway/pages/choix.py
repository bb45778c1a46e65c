"""« Choix de l'adhérent et du site déclarant » (G58–G63), with each site's DSN alerts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.identity import Offer
from gateway.clients.problem import Problem
from gateway.clients.shape import Page
from gateway.kit.beside import space_beside
from gateway.kit.labels import is_uuid
from gateway.kit.listing import MAX_PAGE, Listing
from gateway.kit.reading import number
from gateway.kit.session import change_tier, signed_in

blp = Blueprint("choix", __name__)
ACCEPTED = (
    "Vous avez accepté la délégation. Un courriel de demande de confirmation vient d'être envoyé à l'administrateur de"
    " l'entreprise."
)
NO_LONGER = "Cette délégation n'est plus à accepter."
SORTS = ("alertes", "raison_sociale", "siret", "nom", "identifiant")


@dataclass(frozen=True)
class Choice:
    """The lines of the screen; `alerts_known` is False while dsn is away. `offers`: what waits to be accepted (T1)."""

    sites: Page[Any]
    alerts_known: bool
    offers: Page[Offer]


@blp.get("/choix")
@signed_in
def page() -> Any:
    """The list; skipped when the account has one single site and nothing to accept."""
    listing = Listing.of(request.args, sorts=SORTS, default_sort="alertes", sizes=(25, 50, 100))
    search, alerts_only = request.args.get("recherche", "").strip()[:100], "alertes" in request.args
    choice = _choice(listing, search, alerts_only)
    if not (search or alerts_only) and listing.page == 1:
        if choice.sites.total == 1 and not choice.offers.total:
            return redirect(_home(choice.sites.items[0]))
    return _show(choice, listing, search, alerts_only)


@blp.post("/choix")
@signed_in
def choose() -> Any:
    """Enter a site: it must be mine (AA23), and the session takes a new id (C7)."""
    if not (site_id := request.form.get("site", "")):
        choice, listing = _choice(Listing.first("alertes", 25), "", False), Listing.first("alertes", 25)
        sentence = "Sélectionnez une ligne dans la liste, puis cliquez sur Valider."
        return _show(choice, listing, "", False, sentence), 422
    if not is_uuid(site_id):
        abort(404)
    return change_tier(redirect(_home(clients().delegation.site(UUID(site_id))), 303))


@blp.post("/choix/delegations/<uuid:delegation_id>/acceptation")
@signed_in
def accept(delegation_id: UUID) -> Any:
    """Accept a delegation with the account one has (T1); the company still confirms."""
    try:
        clients().identity.accept(delegation_id)
    except Problem as problem:
        if problem.status != 404:
            raise
        flash(NO_LONGER, "avertissement")
    else:
        flash(ACCEPTED, "succes")
    return redirect(url_for(".page"), 303)


def _show(choice: Choice, listing: Listing, search: str, alerts_only: bool, refused: str = "") -> str:
    """The screen; the space it was opened from is chosen already, and « Annuler » goes back there."""
    return render_template(
        "choix.html",
        choix=choice,
        liste=listing,
        recherche=search,
        avec_alertes=alerts_only,
        refus=refused,
        dernier=space_beside(),
    )


def _choice(listing: Listing, search: str, alerts_only: bool) -> Choice:
    """dsn's list; delegation's own while dsn is away: the alerts degrade, the choice never stops."""
    query, offers = {**listing.query(), **({"search": search} if search else {})}, _offers()
    try:
        return Choice(clients().dsn.sites({**query, **({"alertes": "1"} if alerts_only else {})}), True, offers)
    except Problem as problem:
        if problem.status != 503:
            raise
    if query["sort"].lstrip("-") == "alertes":
        query["sort"] = "raison_sociale"
    return Choice(clients().delegation.sites(**query), False, offers)


def _offers() -> Page[Offer]:
    """The page that is asked for: whoever delegates much to somebody must not stand before what others do. None while
    identity cannot say, or is of the version before: the choice never stops."""
    try:
        return clients().identity.offers(number(request.args.get("offres"), least=1, most=MAX_PAGE) or 1)
    except Problem as problem:
        if problem.status not in (404, 503):
            raise
    return Page([], 1, 1, 0)


def _home(site: Any) -> str:
    return url_for("accueil.page", adherent_id=site.adherent_id, site_id=site.site_id)
