"""« Renouveler la certification »: the page behind the link that certifies an address again (G54)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from gateway.clients import clients
from gateway.kit import links
from gateway.kit.session import is_somebody_else, public, recognise, somebody_else

blp = Blueprint("certification", __name__)
CERTIFIED = "La certification de votre adresse électronique est renouvelée. Votre compte est actif."


PATH = f"/certification/{links.HANDLE}"


@blp.get(PATH)
@public
def page(link: str) -> Any:
    """The address and one button: opening the link does nothing (AA9)."""
    with links.followed("certification", link) as token:
        email = clients().identity.address_to_certify(token)
    if is_somebody_else(email):
        return somebody_else(email)
    return render_template("certification.html", email=email)


@blp.post(PATH)
@public
def certify(link: str) -> Any:
    """The address is certified again; whoever is logged in goes on."""
    with links.followed("certification", link) as token:
        clients().identity.certify_address(token)
    flash(CERTIFIED, "succes")
    target = url_for("compte.page" if recognise() else "connexion.page")
    return links.drop("certification", link, redirect(target, 303))


@blp.post(f"{PATH}/nouveau-lien")
@public
def renew(link: str) -> Any:
    """« Demander un nouveau lien »: the same answer whatever the dead link was."""
    clients().identity.renew_certification(links.kept("certification", link))
    flash(links.RENEWED, "succes")
    return redirect(url_for("connexion.page"), 303)
