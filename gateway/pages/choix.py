"""« Choix de l'adhérent et du site déclarant » (G58–G63), with each site's DSN alerts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.awaited import Awaited
from gateway.clients.identity import MOST_OFFERS
from gateway.clients.inviting import Offer
from gateway.clients.problem import unless
from gateway.clients.shape import Page
from gateway.kit.beside import space_beside
from gateway.kit.fields import Check, Hidden, Number, Text
from gateway.kit.forms import Form
from gateway.kit.labels import is_uuid, plural
from gateway.kit.listing import MAX_PAGE, Listing
from gateway.kit.pressed import pressed
from gateway.kit.recent import recent
from gateway.kit.session import change_tier, signed_in
from gateway.kit.together import together

blp = Blueprint("choix", __name__)
ACCEPTED = (
    "Vous avez accepté la délégation. Un courriel de demande de confirmation vient d'être envoyé à l'administrateur de"
    " l'entreprise."
)
NO_LONGER = "Cette délégation n'est plus à accepter."
SEVERAL = (
    "Vous avez accepté {}. Un courriel de demande de confirmation vient d'être envoyé aux administrateurs de chaque"
    " entreprise."
)
NONE_LEFT = "Ces délégations ne sont plus à accepter."
SORTS = ("alertes", "raison_sociale", "siret", "nom", "identifiant")
SIZES = (25, 50, 100)


class Filters(Form):
    """What the list is narrowed to, and the space that the screen was opened from."""

    recherche = Text("Rechercher une raison sociale, un SIRET, un site ou un identifiant", max=100, sent=False)
    alertes = Check("Avec alertes seulement", sent=False)
    espace = Hidden(sent=False)


class Offers(Form):
    """Which page of what waits to be accepted."""

    offres = Number(least=1, most=MAX_PAGE, sent=False)


class Accepting(Form):
    """The delegations that were shown, by their ids with a space between."""

    delegations = Hidden(sent=False)


class Picked(Form):
    """The line that was chosen."""

    site = Text(required="Sélectionnez une ligne dans la liste, puis cliquez sur Valider.", sent=False)


@dataclass(frozen=True)
class Choice:
    """The lines of the screen; `alerts_known` is False while dsn is away. `offers`: what waits to be accepted (T1);
    `awaited`: where there is no line, what comes with its day."""

    sites: Page[Any]
    alerts_known: bool
    offers: Page[Offer]
    awaited: Sequence[Awaited] = ()


@blp.get("/choix")
@signed_in
def page() -> Any:
    """The list; skipped when the account has one single site and nothing to accept."""
    listing = Listing.of(request.args, sorts=SORTS, default_sort="alertes", sizes=SIZES)
    filters = Filters.asked()
    choice = _choice(listing, filters)
    if not (filters.recherche.value or filters.alertes.value) and listing.page == 1:
        if choice.sites.total == 1 and not choice.offers.total:
            return redirect(_home(choice.sites.items[0]))
        if not choice.sites.total:
            choice = replace(choice, awaited=_awaited())
    return _show(choice, listing, filters)


@blp.post("/choix")
@signed_in
def choose() -> Any:
    """Enter a site: it must be mine (AA23), and the session takes a new id (C7)."""
    form = Picked.posted()
    if form.refused:
        listing, filters = Listing.first("alertes", SIZES), Filters.blank()
        return _show(_choice(listing, filters), listing, filters, form.site.error), form.status
    if not is_uuid(form.site.value):
        abort(404)
    return change_tier(redirect(_home(clients().delegation.site(UUID(form.site.value))), 303))


@blp.post("/choix/delegations/<uuid:delegation_id>/acceptation")
@signed_in
def accept(delegation_id: UUID) -> Any:
    """Accept a delegation with the account one has (T1); the company still confirms."""
    with pressed(ACCEPTED, otherwise={404: NO_LONGER}):
        clients().identity.accept(delegation_id)
    return redirect(url_for(".page"), 303)


@blp.post("/choix/delegations/acceptation")
@signed_in
def accept_all() -> Any:
    """Accept all that the page showed (T1): what came since is not accepted unseen, what is over is said."""
    shown = (Accepting.posted().delegations.value or "").split()
    ids = [UUID(one) for one in shown if is_uuid(one)]
    if not ids or len(ids) > MOST_OFFERS:
        abort(404)
    with unless(404):
        accepted = clients().identity.accept_several(ids)
        flash(SEVERAL.format(plural(accepted, "délégation")) + _left(len(ids) - accepted), "succes")
        return redirect(url_for(".page"), 303)
    flash(NONE_LEFT, "avertissement")
    return redirect(url_for(".page"), 303)


def _left(count: int) -> str:
    left = plural(count, "autre n'est plus", "autres ne sont plus")
    return f" {left} à accepter." if count else ""


def _show(choice: Choice, listing: Listing, filters: Filters, refused: str = "") -> str:
    """The screen; the space it was opened from is chosen already, and « Annuler » goes back there. Above a list of
    several pages stand the sites that were opened last."""
    first = listing.page == 1 and choice.sites.last > 1 and not filters.recherche.value and not filters.alertes.value
    return render_template(
        "choix.html",
        choix=choice,
        liste=listing,
        form=filters,
        accepter=Accepting.blank(),
        choisir=Picked.blank(),
        refus=refused,
        dernier=space_beside(),
        recents=recent(choice.sites.items) if first else [],
    )


def _choice(listing: Listing, filters: Filters) -> Choice:
    """dsn's list; delegation's own while dsn is away: the alerts degrade, the choice never stops."""
    search = filters.recherche.value[: Filters.recherche.max]
    watched, offers = together(lambda: _watched(listing, search, filters.alertes.value), _offers)
    if watched:
        return Choice(watched, True, offers)
    if listing.sort.lstrip("-") == "alertes":
        listing = replace(listing, sort="raison_sociale")
    return Choice(clients().delegation.sites(listing, search), False, offers)


def _watched(listing: Listing, search: str, alerts_only: bool) -> Page[Any] | None:
    with unless(503):
        return clients().dsn.sites(listing, search, alerts_only=alerts_only)
    return None


def _offers() -> Page[Offer]:
    """The page that is asked for: whoever delegates much to somebody must not stand before what others do. None while
    identity cannot say, or is of the version before: the choice never stops."""
    with unless(404, 503):
        return clients().identity.offers(Offers.read(request.args).offres.value or 1)
    return Page([], 1, 1, 0)


def _awaited() -> Sequence[Awaited]:
    """None while delegation cannot say, or is of the version before: the screen then says in general what may come."""
    with unless(404, 503):
        return clients().delegation.awaited()
    return ()


def _home(site: Any) -> str:
    return url_for("accueil.page", adherent_id=site.adherent_id, site_id=site.site_id)
