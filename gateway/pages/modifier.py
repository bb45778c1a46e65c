"""Modification of a delegation (G19): the same matrix, and never over somebody else's change (AA52)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request

from gateway.clients import clients
from gateway.clients.delegation import Catalogue, Delegation
from gateway.clients.problem import Problem
from gateway.kit import proof
from gateway.kit.access import Space, in_space
from gateway.kit.forms import Form
from gateway.kit.reading import as_typed
from gateway.kit.rights import Rights, accessible

blp = Blueprint(
    "modifier", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>"
)
FIELDS = ("starts_on", "ends_on", "sans_fin", "version", "administrator", "colleges", "rights", proof.FIELD)

NO_END = "Saisissez la date de fin, ou cochez « Sans date de fin »."
TWO_ENDS = "Saisissez une date de fin ou cochez « Sans date de fin », pas les deux."


@blp.get("/modifier")
@in_space(administrator=True)
def page(space: Space, delegation_id: UUID) -> Any:
    """The delegation as it is now, to change; a pending one cannot be (T7)."""
    held, catalogue = _load(space, delegation_id)
    if "modifier" not in held.actions:
        abort(409)
    days = {"starts_on": as_typed(held.starts_on), "ends_on": as_typed(held.ends_on)}
    form = Form.of({**days, "version": held.version}, FIELDS)
    return _show(space, held, catalogue, form, Rights.held(held))


@blp.post("/modifier")
@in_space(administrator=True)
def change(space: Space, delegation_id: UUID) -> Any:
    """A column of the matrix, or « Valider », with the password an administrator's needs (C8)."""
    held, catalogue = _load(space, delegation_id)
    form = Form.of(request.form, FIELDS).require(starts_on="Saisissez la date d'effet.")
    _check_end(form.read_days("starts_on", "ends_on"), held)
    rights = Rights.typed(request.form)
    if "colonne" in request.form:
        return _show(space, held, catalogue, form, rights.with_column(request.form["colonne"], catalogue))
    version = form.number("version")
    if form.refused or version is None:
        return _show(space, held, catalogue, form, rights), 422
    days = {"starts_on": form.iso("starts_on"), "ends_on": None if form["sans_fin"] else form.iso("ends_on")}
    asked = {**days, **rights.payload(catalogue, space.tier.access)}
    try:
        proof.prove_typed(form)
        clients().delegation.change(space.tier.adherent_id, delegation_id, version, asked)
    except Problem as problem:
        if problem.status == 412:
            return _changed(space, delegation_id, problem), 412
        status = proof.refuse(form, problem)
        return _show(space, held, catalogue, form, rights), status
    flash("La délégation est modifiée.", "succes")
    return redirect(space.url("delegation.page", delegation_id=delegation_id), 303)


def _check_end(form: Form, held: Delegation) -> None:
    """An end that there is goes only by « Sans date de fin »: an empty field is an oversight, both are a question.

    Judged by the end that the form showed: of a delegation that is another version since, the service says what became
    of this form, which may be what changed it (C3).
    """
    if held.version != form.number("version"):
        return
    if held.ends_on and not form["ends_on"] and not form["sans_fin"]:
        form.errors["ends_on"] = NO_END
    elif form["sans_fin"] and form["ends_on"] and form.day("ends_on") != held.ends_on:
        form.errors.setdefault("ends_on", TWO_ENDS)


def _changed(space: Space, delegation_id: UUID, problem: Problem) -> str:
    """What changed in between, beside the delegation as it is now."""
    held, catalogue = _load(space, delegation_id)
    shown = {"delegation": held, "catalogue": catalogue, "droits": Rights.held(held)}
    return render_template("modifie_entre_temps.html", **shown, changement=problem)


def _load(space: Space, delegation_id: UUID) -> tuple[Delegation, Catalogue]:
    asked = clients().delegation
    return asked.delegation(space.tier.adherent_id, delegation_id), asked.catalogue()


def _show(space: Space, held: Delegation, catalogue: Catalogue, form: Form, rights: Rights) -> str:
    offered = accessible(catalogue, space.tier.access)
    return render_template(
        "modifier.html", delegation=held, form=form, catalogue=catalogue, droits=rights, offerts=offered
    )
