"""One delegation: Visualisation, Fermeture, and a new link for a pending one (G19, T7)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.delegation import Delegation
from gateway.clients.problem import Problem
from gateway.kit.access import Space, in_space
from gateway.kit.beside import PARAMETER
from gateway.kit.forms import Form, shown_version
from gateway.kit.reading import as_typed
from gateway.kit.rights import Rights
from gateway.kit.today import after, today

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


def _given_up(adherent_id: UUID, delegation_id: UUID) -> Any:
    """What became of a closing whose sender has no access any more: it is what ended that, if it is the same one."""
    try:
        form = _close(adherent_id, delegation_id, _closing())
    except Problem as problem:
        if problem.status >= 500:
            raise
        return None
    return None if form.refused else _closed(form, _out())


@blp.post("/fermer")
@in_space(administrator=True, again=_given_up)
def close(space: Space, delegation_id: UUID) -> Any:
    """Close it: at once when the day typed is today (M7 for the last administrator). Who closes his own leaves."""
    form = _closing()
    if form.refused:
        return _show_closing(clients().delegation.delegation(space.tier.adherent_id, delegation_id), form, 422)
    try:
        _close(space.tier.adherent_id, delegation_id, form)
    except Problem as problem:
        changed = problem if problem.status == 412 else None
        if not changed:
            form.refuse(problem)
        held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
        return _show_closing(held, form, problem.status, changed)
    gone = delegation_id == space.tier.access.delegation_id and _at_once(form)
    return _closed(form, _out() if gone else space.url("droits.page"))


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


def _closing() -> Form:
    return Form.of(request.form, FIELDS).require(ends_on=REQUIRED).read_days("ends_on")


def _close(adherent_id: UUID, delegation_id: UUID, form: Form) -> Form:
    """Always the day that was typed, never « today »: the same form is the same demand after midnight (C3)."""
    if not form.refused:
        body = {"ends_on": form.iso("ends_on")}
        clients().delegation.act(adherent_id, delegation_id, shown_version(), "closing", body)
    return form


def _out() -> str:
    """The choice of the tiers, which this space is not among any more."""
    return url_for("choix.page", **{PARAMETER: None})


def _at_once(form: Form) -> bool:
    day = form.day("ends_on")
    return day is None or day <= today()


def _closed(form: Form, where: str) -> Any:
    done = "La délégation est fermée." if _at_once(form) else "La date de fin de la délégation est enregistrée."
    flash(done, "succes")
    return redirect(where, 303)


def _show(space: Space, delegation_id: UUID, *, changed: Problem | None = None, too_soon: Problem | None = None) -> str:
    held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
    shown = {"delegation": held, "droits": Rights.held(held), "catalogue": clients().delegation.catalogue()}
    possible = after(too_soon.retry_after) if too_soon else None
    return render_template("delegation.html", **shown, changement=changed, trop_tot=too_soon, possible_le=possible)


def _show_closing(held: Delegation, form: Form, status: int, changed: Problem | None = None) -> Any:
    shown = {"delegation": held, "form": form}
    return render_template("fermer.html", **shown, changement=changed), status
