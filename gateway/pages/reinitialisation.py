"""« Réinitialisation du mot de passe »: the page behind the link of the mail (G57, AA6–AA10)."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from gateway.clients import clients
from gateway.clients.requests import PasswordReset
from gateway.kit import links
from gateway.kit.fields import Secret
from gateway.kit.forms import Sends, shown
from gateway.kit.session import is_somebody_else, public, somebody_else

blp = Blueprint("reinitialisation", __name__)


class NewPassword(Sends[PasswordReset]):
    """The password, twice."""

    mot_de_passe = Secret("Mot de passe", required="Choisissez un mot de passe.", auto="new-password")
    confirmation = Secret(
        "Confirmation mot de passe", required="Saisissez une seconde fois le mot de passe.", auto="new-password"
    )


@blp.get(f"/reinitialisation/{links.HANDLE}")
@public
def page(link: str) -> Any:
    """The two fields, or the dead link page."""
    return _show(link, NewPassword.blank())


@blp.post(f"/reinitialisation/{links.HANDLE}")
@public
def choose(link: str) -> Any:
    """Choose the password; the link dies, every session ends."""
    form = NewPassword.posted()
    if form.good:
        with links.followed("reinitialisation", link) as token, form.refusals():
            clients().identity.complete_reset(token, form.payload())
            flash("Votre mot de passe est modifié. Vous pouvez vous connecter.", "succes")
            return links.drop("reinitialisation", link, redirect(url_for("connexion.page"), 303))
    return _show(link, form)


def _show(link: str, form: NewPassword) -> Any:
    with links.followed("reinitialisation", link) as token:
        email = clients().identity.reset(token)
    if request.method == "GET" and is_somebody_else(email):
        return somebody_else(email)
    return shown("reinitialisation.html", form, email=email)
