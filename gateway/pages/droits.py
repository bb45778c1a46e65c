"""« Liste des bénéficiaires de délégation » (G9–G23)."""

from typing import Any

from flask import Blueprint, render_template, request

from gateway.clients import clients
from gateway.clients.delegation import Beneficiary
from gateway.clients.problem import Problem
from gateway.clients.shape import Page
from gateway.kit.access import Space, in_space
from gateway.kit.forms import Form
from gateway.kit.labels import ROLES, STATUTS
from gateway.kit.listing import Listing

blp = Blueprint("droits", __name__)
SORTS = ("nom", "role", "statut", "date_effet", "date_fin", "courriel")
CHOICES = {"role": ROLES, "statut": STATUTS}
DAYS = ("date_effet", "date_fin")
FILTERS = ("role", "nom", "statut", "date_effet", "date_fin", "courriel")


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/droits")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """The list; filters, sort and page are in the address."""
    listing = Listing.of(request.args, sorts=SORTS, default_sort="nom", sizes=(5, 10, 25, 50))
    form = Form.of(request.args, FILTERS)
    active_only = "exclure_inactifs" in request.args or "filtre" not in request.args
    adherent = clients().delegation.adherent(space.tier.adherent_id)
    people, status = _people(space, listing, form, active_only)
    return render_template(
        "droits.html", adherent=adherent, people=people, liste=listing, form=form, exclure=active_only
    ), status


def _people(space: Space, listing: Listing, form: Form, active_only: bool) -> tuple[Page[Beneficiary], int]:
    """The page of the list; an unreadable filter is said beside it, with an empty list."""
    if form.read_days(*DAYS).refused:
        return Page([], 1, listing.page_size, 0), 422
    typed = {**form.values, **{name: form.iso(name) or "" for name in DAYS}}
    filters = {name: value for name, value in typed.items() if value and value in CHOICES.get(name, (value,))}
    query = {**listing.query("tri"), **filters, "exclure_inactifs": "true" if active_only else "false"}
    try:
        return clients().delegation.beneficiaries(space.tier.adherent_id, query), 200
    except Problem as problem:
        if problem.status not in (400, 422):
            raise
        form.refuse(problem)
        return Page([], 1, listing.page_size, 0), problem.status
