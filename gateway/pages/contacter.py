"""« Nous contacter » before a company is chosen (G79): for which one?

Only those that one may enter today are shown, the five that this browser opened last first.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.kit.fields import Text
from gateway.kit.forms import Form
from gateway.kit.listing import Listing
from gateway.kit.recent import recent
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
    recents = recent(sites.items) if first and sites.items else []
    return render_template("contacter.html", sites=sites, recents=recents, form=form)
