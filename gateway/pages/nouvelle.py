"""« Déléguer des droits » in two steps (G24–G40), and « Déléguer à mon cabinet comptable » (G23).

Nothing is kept on the server between the steps: each carries the other in hidden fields, delegation judges the whole.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request

from contracts.rules.addresses import plain_address
from gateway.clients import clients
from gateway.clients.delegation import Catalogue
from gateway.clients.problem import Problem
from gateway.kit import proof
from gateway.kit.access import Space, in_space
from gateway.kit.forms import Form
from gateway.kit.reading import as_typed
from gateway.kit.rights import Rights, accessible, is_right
from gateway.kit.today import today

blp = Blueprint("nouvelle", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits")
STEP_1 = ("email", "starts_on", "ends_on", "kind")
STEP_2 = ("administrator", "colleges", "rights")
CHOSEN = ("administrator", "colleges")
REQUIRED = {"email": "Saisissez l'adresse électronique du bénéficiaire.", "starts_on": "Saisissez la date d'effet."}
M10 = "La date de fin doit être postérieure ou égale à la date d'effet."


@blp.get("/nouvelle")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """Step 1, for a collaborator: date d'effet is today (G25)."""
    return _step_1(space, _blank("collaborateur"))


@blp.get("/cabinet")
@in_space(administrator=True)
def cabinet(space: Space) -> Any:
    """Step 1 for the firm the referential knows, its address already filled (G21)."""
    firm = clients().delegation.adherent(space.tier.adherent_id).cabinet_comptable
    if firm is None:
        abort(404)
    return _step_1(space, _blank("cabinet", firm.email or ""), firm.nom)


@blp.get("/nouvelle/etape-2")
@in_space(administrator=True)
def restart(space: Space) -> Any:
    """Step 2 exists only after step 1."""
    return redirect(space.url(".page"))


@blp.post("/nouvelle/etape-2")
@in_space(administrator=True)
def advance(space: Space) -> Any:
    """From step 1 to 2, a column of the matrix, back to step 1, or « Valider »."""
    form = _typed()
    step = request.form.get("etape", "1")
    if form.refused:
        return _step_1(space, form), 422
    if "retour" in request.form:
        return _step_1(space, form)
    catalogue = clients().delegation.catalogue()
    rights = Rights.typed(request.form) if step == "2" or _chosen() else Rights.untouched(catalogue)
    if step == "1":
        return _step_2(space, form, catalogue, rights)
    if "colonne" in request.form:
        return _step_2(space, form, catalogue, rights.with_column(request.form["colonne"], catalogue))
    return _open(space, form, catalogue, rights)


def _open(space: Space, form: Form, catalogue: Catalogue, rights: Rights) -> Any:
    """Open the delegation, with the password an administrator's needs (C8); a refusal is shown on its step."""
    days = {"starts_on": form.iso("starts_on"), "ends_on": form.iso("ends_on")}
    asked = {"email": form["email"], "kind": form["kind"] or None, **days}
    asked |= rights.payload(catalogue, space.tier.access)
    try:
        proof.prove_typed(form)
        clients().delegation.open(space.tier.adherent_id, asked)
    except Problem as problem:
        status = proof.refuse(form, problem)
        if set(form.errors) & set(STEP_1):
            return _step_1(space, form), status
        return _step_2(space, form, catalogue, rights), status
    flash(f"La délégation est enregistrée. Un courriel va être envoyé à {form['email']}.", "succes")
    return redirect(space.url("droits.page"), 303)


def _blank(kind: str, email: str = "") -> Form:
    return Form.of({"email": email, "starts_on": as_typed(today()), "kind": kind}, STEP_1)


def _typed() -> Form:
    form = Form.of(request.form, (*STEP_1, *STEP_2, proof.FIELD)).require(**REQUIRED)
    if form["email"] and plain_address(form["email"]) is None:  # told before the matrix is filled
        form.errors["email"] = "Adresse électronique invalide."
    form.read_days("starts_on", "ends_on")
    first, last = form.day("starts_on"), form.day("ends_on")
    if first and last and last < first:
        form.errors["ends_on"] = M10
    return form


def _step_1(space: Space, form: Form, firm: str = "") -> Any:
    return render_template("nouvelle_1.html", form=form, cabinet=firm, choisis=_chosen())


def _chosen() -> list[tuple[str, str]]:
    """The fields of the matrix: they travel through step 1, so that step 2 finds them again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name in CHOSEN or is_right(name)]


def _step_2(space: Space, form: Form, catalogue: Catalogue, rights: Rights) -> Any:
    offered = accessible(catalogue, space.tier.access)
    return render_template("nouvelle_2.html", form=form, catalogue=catalogue, droits=rights, offerts=offered)
