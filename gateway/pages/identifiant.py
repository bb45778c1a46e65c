"""« Modifier identifiant » (G74, G75, T5): the form, and the pages behind the two links of its mails."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from contracts.words.messages import NEW_IDENTIFIER
from gateway.clients import clients
from gateway.clients.requests import IdentifierWanted
from gateway.kit import links
from gateway.kit.fields import Email, Secret
from gateway.kit.forms import Sends, shown
from gateway.kit.session import is_somebody_else, public, signed_in, somebody_else

blp = Blueprint("identifiant", __name__)
ACTIVATED = "Votre compte est réactivé. Connectez-vous avec votre nouvel identifiant."
UNDONE = (
    "La modification est annulée : vous retrouvez votre identifiant et vos informations de contact d'avant. Votre mot "
    "de passe ne sert plus, un lien pour en choisir un nouveau vous est envoyé à cette adresse."
)


class NewIdentifier(Sends[IdentifierWanted]):
    """The address that becomes the identifiant once it is proved."""

    email = Email(
        "Nouvelle adresse électronique", required="Saisissez votre nouvelle adresse électronique.", auto="email"
    )
    mot_de_passe_actuel = Secret(
        "Mot de passe actuel", required="Saisissez votre mot de passe actuel.", auto="current-password"
    )


@blp.get("/mon-compte/identifiant")
@signed_in
def page() -> Any:
    """What it entails, the new address, the current password."""
    return shown("compte_identifiant.html", NewIdentifier.blank())


def _asked_again(session: str) -> Any:
    """What became of a form whose session is over: it is what ended that, if it asked for the same address."""
    email = NewIdentifier.read(request.form).email.value
    asked = bool(email) and clients().identity.identifier_was_asked(session, email)
    return redirect(url_for(".asked"), 303) if asked else None


@blp.post("/mon-compte/identifiant")
@partial(signed_in, again=_asked_again)
def ask() -> Any:
    """Ask for it; the next page says the same whether or not the address is somebody's (AA18)."""
    form = NewIdentifier.posted()
    if form.good:
        with form.refusals():
            clients().identity.change_identifier(form.payload())
            return redirect(url_for(".asked"), 303)
    return shown("compte_identifiant.html", form)


@blp.get("/identifiant/demande")
@public
def asked() -> Any:
    """What happens next, the same for everybody: the session that asked is over."""
    return render_template("identifiant_demande.html", message=NEW_IDENTIFIER.sentence)


@blp.get(f"/identifiant/activation/{links.HANDLE}")
@public
def activation(link: str) -> Any:
    """The new address and one button: opening the link does nothing (AA9)."""
    with links.followed("identifiant", link) as token:
        email = clients().identity.address_to_prove(token)
    if is_somebody_else(email):
        return somebody_else(email)
    return render_template("identifiant_activation.html", email=email)


@blp.post(f"/identifiant/activation/{links.HANDLE}")
@public
def activate(link: str) -> Any:
    """The new address is proved."""
    with links.followed("identifiant", link) as token:
        clients().identity.prove_identifier(token)
    flash(ACTIVATED, "succes")
    return links.drop("identifiant", link, redirect(url_for("connexion.page"), 303))


@blp.get(f"/identifiant/annulation/{links.HANDLE}")
@public
def undoing(link: str) -> Any:
    """Both addresses and one button."""
    with links.followed("annulation", link) as token:
        change = clients().identity.change_to_undo(token)
    if is_somebody_else(change.email, change.new_email):
        return somebody_else(change.email)
    return render_template("identifiant_annulation.html", modification=change)


@blp.post(f"/identifiant/annulation/{links.HANDLE}")
@public
def undo(link: str) -> Any:
    """The former address is the identifiant again; every session is over."""
    with links.followed("annulation", link) as token:
        clients().identity.undo_identifier(token)
    flash(UNDONE, "succes")
    return links.drop("annulation", link, redirect(url_for("connexion.page"), 303))
