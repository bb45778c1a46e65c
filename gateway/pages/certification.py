"""« Renouveler la certification »: the page behind the link that certifies an address again (G54)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from gateway import links
from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.session import public, recognise

blp = Blueprint("certification", __name__)
CERTIFIED = "La certification de votre adresse électronique est renouvelée. Votre compte est actif."
M2 = "Si un compte correspond à cette adresse, un courriel vient d'être envoyé."


@blp.get("/certification")
@public
def page() -> Any:
    """The address and one button: opening the link does nothing (AA9)."""
    try:
        email = clients().identity.address_to_certify(links.kept("certification"))
    except Problem as problem:
        return _dead(problem)
    return render_template("certification.html", email=email)


@blp.post("/certification")
@public
def certify() -> Any:
    """The address is certified again; whoever is logged in goes on."""
    try:
        clients().identity.certify_address(links.kept("certification"))
    except Problem as problem:
        return _dead(problem)
    flash(CERTIFIED, "succes")
    target = url_for("compte.page" if recognise() else "connexion.page")
    return links.drop("certification", redirect(target, 303))


@blp.post("/certification/nouveau-lien")
@public
def renew() -> Any:
    """« Demander un nouveau lien »: the same answer whatever the dead link was (M2)."""
    clients().identity.renew_certification(links.kept("certification"))
    flash(M2, "succes")
    return redirect(url_for("connexion.page"), 303)


def _dead(problem: Problem) -> Any:
    if problem.status not in (410, 422, 400):
        raise problem
    return render_template("lien_mort.html", lien="certification"), 410
