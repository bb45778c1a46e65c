"""« Réinitialisation du mot de passe »: the page behind the link of the mail (G57, AA6–AA10)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit import links
from gateway.kit.forms import Form
from gateway.kit.session import is_somebody_else, public

blp = Blueprint("reinitialisation", __name__)
FIELDS = ("mot_de_passe", "confirmation")
REQUIRED = {
    "mot_de_passe": "Choisissez un mot de passe.",
    "confirmation": "Saisissez une seconde fois le mot de passe.",
}


@blp.get(f"/reinitialisation/{links.HANDLE}")
@public
def page(link: str) -> Any:
    """The two fields, or the dead link page."""
    return _show(link, Form.of({}, FIELDS), 200)


@blp.post(f"/reinitialisation/{links.HANDLE}")
@public
def choose(link: str) -> Any:
    """Choose the password; the link dies, every session ends."""
    form = Form.of(request.form, FIELDS).require(**REQUIRED)
    if form.refused:
        return _show(link, form, 422)
    try:
        clients().identity.complete_reset(links.kept("reinitialisation", link), form.values)
    except Problem as problem:
        if problem.status == 410:
            return _show(link, form, 410)
        return _show(link, form.refuse(problem), problem.status)
    flash("Votre mot de passe est modifié. Vous pouvez vous connecter.", "succes")
    return links.drop("reinitialisation", link, redirect(url_for("connexion.page"), 303))


def _show(link: str, form: Form, status: int) -> Any:
    try:
        email = clients().identity.reset(links.kept("reinitialisation", link))
    except Problem as problem:
        if problem.status not in (410, 422, 400):
            raise
        return render_template("lien_mort.html", lien="reinitialisation", ici=link), 410
    if request.method == "GET" and is_somebody_else(email):
        return render_template("autre_personne.html", destinataire=email)
    return render_template("reinitialisation.html", form=form, email=email), status
