"""« Ouverture de délégation »: the invited person completes an account (G44–G51)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.inviting import Invitation
from gateway.clients.requests import NewAccount
from gateway.kit import links
from gateway.kit.catalogue import of_the_guide
from gateway.kit.fields import Check, Phone, Press, Secret, Text
from gateway.kit.forms import Sends, shown
from gateway.kit.rights import Rights
from gateway.kit.session import is_somebody_else, public, recognise, somebody_else

blp = Blueprint("ouverture", __name__)
PATH = f"/ouverture-de-delegation/{links.HANDLE}"

SENT = "Un code vient d'être envoyé par SMS au {}. Il est valable 10 minutes."
CERTIFIED = "Votre numéro de téléphone mobile est certifié."


class Opening(Sends[NewAccount]):
    """What the account of the invited person is made of."""

    mot_de_passe = Secret("Mot de passe", required="Choisissez un mot de passe.", auto="new-password")
    confirmation = Secret(
        "Confirmation mot de passe", required="Saisissez une seconde fois le mot de passe.", auto="new-password"
    )
    nom = Text("Nom", required="Saisissez votre nom.", auto="family-name", max=100)
    prenom = Text("Prénom", required="Saisissez votre prénom.", auto="given-name", max=100)
    telephone_fixe = Phone("Téléphone fixe", country="pays_fixe", country_label="Pays du numéro fixe")
    telephone_mobile = Phone(
        "Téléphone mobile",
        country="pays_mobile",
        country_label="Pays du numéro mobile",
        help="Facultatif. Un numéro de téléphone mobile est à certifier par la saisie d'un code envoyé par SMS.",
    )
    certifier = Press("Certifier")
    code = Text("Code reçu par SMS", sent=False, help="6 chiffres", max=60)
    verifier = Press("Valider le code")
    newsletter = Check(
        "Je suis informé que je suis susceptible de recevoir à cette adresse, quelques fois par an, des informations"
        " réglementaires et pratiques ainsi que des actualités de la caisse."
    )


@blp.get(PATH)
@public
def page(link: str) -> Any:
    """Who invites, then the form; the names that the caisse knows of a founding administrator stand in it."""
    return _show(link)


@blp.post(PATH)
@public
def complete(link: str) -> Any:
    """Complete the account; the link dies with it, so nothing is asked of the link before (C3). « Certifier » and the
    code that it sends go first, and leave the rest as it was typed (G50)."""
    form = Opening.read(request.form)
    if form.certifier.value or form.verifier.value:
        return _certify(link, form)
    if form.judged().good:
        with links.followed("invitation", link) as token, form.refusals():
            founder = clients().identity.complete_invitation(token, form.payload())
            done = url_for(".done", role="fondateur" if founder else "beneficiaire")
            return links.drop("invitation", link, redirect(done, 303))
    return _show(link, form)


@blp.post(f"{PATH}/acceptation")
@public
def accept(link: str) -> Any:
    """Accept with an account that was completed and that nobody can log in to yet; the link dies with it (T1)."""
    with links.followed("invitation", link) as token:
        clients().identity.accept_by_link(token)
    return links.drop("invitation", link, redirect(url_for(".done", role="beneficiaire"), 303))


@blp.post(f"{PATH}/nouveau-lien")
@public
def renew(link: str) -> Any:
    """« Demander un nouveau lien »: the same answer whatever the dead link was."""
    clients().identity.renew_invitation(links.kept("invitation", link))
    flash(links.RENEWED, "succes")
    return redirect(url_for("connexion.page"), 303)


@blp.get("/ouverture-de-delegation/terminee/<any(fondateur, beneficiaire):role>")
@public
def done(role: str) -> Any:
    """« Finalisation de l'ouverture d'une délégation » (G51); the founder's account is usable at once."""
    return render_template("ouverture_terminee.html", fondateur=role == "fondateur")


def _certify(link: str, form: Opening) -> Any:
    """Send the code to the number that was typed, or look at the one that came back; the page as it was, with what
    became of it. No password is judged or asked of anybody yet."""
    says, waits = "", bool(form.verifier.value)
    with links.followed("invitation", link) as token, form.refusals():
        if form.verifier.value:
            clients().identity.certify_by_link(token, form.code.value)
            says, waits = CERTIFIED, False
        else:
            masked = clients().identity.send_code_by_link(token, form.telephone_mobile.value)
            says, waits = SENT.format(masked), True
    return _show(link, form, says=says, waits=waits)


def _show(link: str, form: Opening | None = None, *, says: str = "", waits: bool = False) -> Any:
    """The form, below what the link invites to, or how one accepts with the account one has (T1); the page of a dead
    link when it is."""
    with links.followed("invitation", link) as token:
        invitation = clients().identity.invitation(token)
    if request.method == "GET" and is_somebody_else(invitation.email):
        return somebody_else(invitation.email)
    if invitation.accepts_by == "connexion" and recognise():
        return redirect(url_for("choix.page"))
    offer = {"invitation": invitation, "droits": _rights(invitation), "catalogue": of_the_guide()}
    if invitation.accepts_by != "formulaire":
        return render_template("delegation_a_accepter.html", ici=link, **offer)
    known = Opening.blank(nom=invitation.nom, prenom=invitation.prenom)
    return shown("ouverture.html", form or known, attend_le_code=waits, dit=says, **offer)


def _rights(invitation: Invitation) -> Rights | None:
    """What is offered, function by function, to be read before anything is typed; None while it is not known."""
    return Rights.of(invitation.granted) if invitation.granted else None
