"""« Nous contacter » before a company is chosen (G79): for which one?

Only those that one may enter today are shown, the five that this browser opened last first.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.delegation import Tier
from gateway.clients.problem import unless
from gateway.kit.fields import Text
from gateway.kit.forms import Form
from gateway.kit.listing import Listing
from gateway.kit.memory import remembered
from gateway.kit.session import public, recognise

blp = Blueprint("contacter", __name__)


class Search(Form):
    """What the list is narrowed to."""

    recherche = Text("Rechercher une raison sociale, un SIRET, un site ou un identifiant", max=100, sent=False)


@blp.get("/contacter")
@public
def page() -> Any:
    """Skipped by who has one single site; who is not logged in is told how to write."""
    if not recognise():
        return render_template("contacter.html", sites=None, recents=[], form=Search.blank())
    form = Search.asked()
    listing = Listing.of(request.args, sorts=("raison_sociale",), default_sort="raison_sociale", sizes=(25,))
    words = form.recherche.value[: Search.recherche.max]
    sites = clients().delegation.sites(listing, words)
    first = not words and listing.page == 1
    if first and len(sites.items) == sites.total == 1:
        (only,) = sites.items
        return redirect(url_for("contact.page", adherent_id=only.adherent_id, site_id=only.site_id))
    return render_template("contacter.html", sites=sites, recents=_recent() if first and sites.total else [], form=form)


def _recent() -> list[Tier]:
    """The sites entered last, each asked again of delegation: one that is not mine any more is not shown."""
    found: list[Tier] = []
    for site in remembered().sites:
        with unless(403, 404):
            found.append(clients().delegation.site(site))
    return found
