"""One delegation: Visualisation, Fermeture, and a new link for a pending one (G19, T7)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request

from gateway.access import Space, in_space
from gateway.clients import clients
from gateway.clients.delegation import Delegation
from gateway.clients.problem import Problem
from gateway.forms import Form, shown_version
from gateway.reading import as_typed
from gateway.rights import Rights
from gateway.today import after, today

blp = Blueprint(
    "delegation", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>"
)
FIELDS = ("ends_on",)
REQUIRED = "Saisissez la date de fermeture."


@blp.get("")
@in_space(administrator=True)
def page(space: Space, delegation_id: UUID) -> Any:
    """The delegation, read-only."""
    return _show(space, delegation_id)


@blp.get("/fermer")
@in_space(administrator=True)
def closing(space: Space, delegation_id: UUID) -> Any:
    """What closing does, and when: today by default."""
    held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
    return _show_closing(held, Form.of({"ends_on": as_typed(today())}, FIELDS), 200)


@blp.post("/fermer")
@in_space(administrator=True)
def close(space: Space, delegation_id: UUID) -> Any:
    """Close it: at once when the day typed is today (M7 for the last administrator)."""
    form = Form.of(request.form, FIELDS).require(ends_on=REQUIRED).read_days("ends_on")
    body = {} if form.day("ends_on") == today() else {"ends_on": form.iso("ends_on")}
    if form.refused:
        return _show_closing(clients().delegation.delegation(space.tier.adherent_id, delegation_id), form, 422)
    try:
        clients().delegation.act(space.tier.adherent_id, delegation_id, shown_version(), "closing", body)
    except Problem as problem:
        changed = problem if problem.status == 412 else None
        if not changed:
            form.refuse(problem)
        held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
        return _show_closing(held, form, problem.status, changed)
    flash("La délégation est fermée." if not body else "La date de fin de la délégation est enregistrée.", "succes")
    return redirect(space.url("droits.page"), 303)


@blp.post("/invitation")
@in_space(administrator=True)
def invite_again(space: Space, delegation_id: UUID) -> Any:
    """Ask for a new link for the beneficiary of a pending delegation; over the limit, the page says when (M6, K6)."""
    try:
        clients().delegation.act(space.tier.adherent_id, delegation_id, shown_version(), "invitation")
    except Problem as problem:
        if problem.status == 412:
            return _show(space, delegation_id, changed=problem), 412
        if problem.status != 429:
            raise
        return _show(space, delegation_id, too_soon=problem), 429, {"Retry-After": problem.retry_after or "60"}
    flash("Un nouveau lien va être envoyé au bénéficiaire. Son envoi est indiqué dans le statut.", "succes")
    return redirect(space.url(".page", delegation_id=delegation_id), 303)


def _show(space: Space, delegation_id: UUID, *, changed: Problem | None = None, too_soon: Problem | None = None) -> str:
    held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
    shown = {"delegation": held, "droits": Rights.held(held), "catalogue": clients().delegation.catalogue()}
    possible = after(too_soon.retry_after) if too_soon else None
    return render_template("delegation.html", **shown, changement=changed, trop_tot=too_soon, possible_le=possible)


def _show_closing(held: Delegation, form: Form, status: int, changed: Problem | None = None) -> Any:
    shown = {"delegation": held, "form": form}
    return render_template("fermer.html", **shown, changement=changed), status
