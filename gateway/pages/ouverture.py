"""« Ouverture de délégation »: the invited person completes an account (G44–G51)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit import links
from gateway.kit.forms import Form
from gateway.kit.labels import join_phone
from gateway.kit.session import is_somebody_else, public, recognise
from gateway.pages.mot_de_passe_oublie import M2

blp = Blueprint("ouverture", __name__)
FIELDS = (
    *("mot_de_passe", "confirmation", "nom", "prenom", "telephone_fixe", "telephone_mobile"),
    *("pays_fixe", "pays_mobile", "newsletter"),
)
REQUIRED = {
    "mot_de_passe": "Choisissez un mot de passe.",
    "confirmation": "Saisissez une seconde fois le mot de passe.",
    "nom": "Saisissez votre nom.",
    "prenom": "Saisissez votre prénom.",
}


PATH = f"/ouverture-de-delegation/{links.HANDLE}"


@blp.get(PATH)
@public
def page(link: str) -> Any:
    """Who invites, then the form."""
    return _show(link, Form.of({"pays_fixe": "+33", "pays_mobile": "+33"}, FIELDS), 200)


@blp.post(PATH)
@public
def complete(link: str) -> Any:
    """Complete the account; the link dies with it, so nothing is asked of the link before (C3)."""
    form = Form.of(request.form, FIELDS).require(**REQUIRED)
    if form.refused:
        return _show(link, form, 422)
    try:
        founder = clients().identity.complete_invitation(links.kept("invitation", link), _account(form))
    except Problem as problem:
        if problem.status == 410:
            return _dead(problem, link)
        return _show(link, form.refuse(problem), problem.status)
    return links.drop(
        "invitation", link, redirect(url_for(".done", role="fondateur" if founder else "beneficiaire"), 303)
    )


@blp.post(f"{PATH}/acceptation")
@public
def accept(link: str) -> Any:
    """Accept with an account that was completed and that nobody can log in to yet; the link dies with it (T1)."""
    try:
        clients().identity.accept_by_link(links.kept("invitation", link))
    except Problem as problem:
        return _dead(problem, link)
    return links.drop("invitation", link, redirect(url_for(".done", role="beneficiaire"), 303))


@blp.post(f"{PATH}/nouveau-lien")
@public
def renew(link: str) -> Any:
    """« Demander un nouveau lien »: the same answer whatever the dead link was (M2)."""
    clients().identity.renew_invitation(links.kept("invitation", link))
    flash(M2, "succes")
    return redirect(url_for("connexion.page"), 303)


@blp.get("/ouverture-de-delegation/terminee/<any(fondateur, beneficiaire):role>")
@public
def done(role: str) -> Any:
    """« Finalisation de l'ouverture d'une délégation » (G51); the founder's account is usable at once."""
    return render_template("ouverture_terminee.html", fondateur=role == "fondateur")


def _account(form: Form) -> dict[str, Any]:
    return {
        **{name: form[name] for name in ("mot_de_passe", "confirmation", "nom", "prenom")},
        "telephone_fixe": join_phone(form["pays_fixe"], form["telephone_fixe"]),
        "telephone_mobile": join_phone(form["pays_mobile"], form["telephone_mobile"]),
        "newsletter": bool(form["newsletter"]),
    }


def _show(link: str, form: Form, status: int) -> Any:
    """The form, below what the link invites to, or how one accepts with the account one has (T1); the page of a dead
    link when it is."""
    try:
        invitation = clients().identity.invitation(links.kept("invitation", link))
    except Problem as problem:
        return _dead(problem, link)
    if request.method == "GET" and is_somebody_else(invitation.email):
        return render_template("autre_personne.html", destinataire=invitation.email)
    if invitation.accepts_by == "connexion" and recognise():
        return redirect(url_for("choix.page"))
    if invitation.accepts_by != "formulaire":
        return render_template("delegation_a_accepter.html", invitation=invitation, ici=link)
    return render_template("ouverture.html", invitation=invitation, form=form), status


def _dead(problem: Problem, link: str) -> Any:
    if problem.status not in (410, 422, 400):
        raise problem
    return render_template("lien_mort.html", lien="invitation", ici=link), 410
