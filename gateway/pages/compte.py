"""« Gérer mon compte utilisateur », tab « Connexion et contact » (G73, G74, G76)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from gateway.clients import clients
from gateway.clients.identity import Account
from gateway.clients.requests import ContactChange, PasswordChange
from gateway.kit.fields import Phone, Press, Secret, Text, Version
from gateway.kit.forms import RELOAD, Sends, Shown, shown
from gateway.kit.proof import Proof, Proven
from gateway.kit.session import signed_in

blp = Blueprint("compte", __name__, url_prefix="/mon-compte")


class Passwords(Sends[PasswordChange]):
    """The current one, the new one twice (AA15)."""

    mot_de_passe_actuel = Secret(
        "Mot de passe actuel", required="Saisissez votre mot de passe actuel.", auto="current-password"
    )
    mot_de_passe = Secret("Nouveau mot de passe", required="Choisissez un mot de passe.", auto="new-password")
    confirmation = Secret(
        "Confirmation mot de passe", required="Saisissez une seconde fois le mot de passe.", auto="new-password"
    )


class Contact(Proven, Shown, Sends[ContactChange]):
    """Names and numbers; a new mobile number with a recent password (C8)."""

    nom = Text("Nom", required="Saisissez votre nom.", auto="family-name", max=100)
    prenom = Text("Prénom", required="Saisissez votre prénom.", auto="given-name", max=100)
    telephone_fixe = Phone("Téléphone fixe", country="pays_fixe", country_label="Pays du numéro fixe")
    telephone_mobile = Phone(
        "Téléphone mobile",
        country="pays_mobile",
        country_label="Pays du numéro mobile",
        help="Un nouveau numéro est à certifier par la saisie d'un code envoyé par SMS sur ce numéro.",
    )
    mot_de_passe = Proof("Pour votre sécurité, un nouveau numéro de téléphone mobile demande votre mot de passe.")
    version = Version(unreadable=RELOAD)
    certifier = Press("Certifier")


@blp.get("")
@signed_in
def page() -> Any:
    """What is known of me, and the ways to change it."""
    return render_template("compte.html", compte=clients().identity.account())


@blp.get("/mot-de-passe")
@signed_in
def password() -> Any:
    """« Modifier mot de passe »."""
    return shown("compte_mot_de_passe.html", Passwords.blank())


@blp.post("/mot-de-passe")
@signed_in
def change_password() -> Any:
    """Change it: the other sessions end."""
    form = Passwords.posted()
    if form.good:
        with form.refusals():
            clients().identity.change_password(form.payload())
            flash("Votre mot de passe est modifié. Vos autres sessions sont fermées.", "succes")
            return redirect(url_for(".page"), 303)
    return shown("compte_mot_de_passe.html", form)


@blp.get("/contact")
@signed_in
def contact() -> Any:
    """« Modification des informations de contact »."""
    account = clients().identity.account()
    return _contact(Contact.of(account), account)


@blp.post("/contact")
@signed_in
def change_contact() -> Any:
    """Save; « Certifier » saves and goes on to the SMS code (G77). What changed since is shown, to decide again."""
    form = Contact.posted()
    if form.good:
        with form.refusals():
            form.prove()
            clients().identity.change_contact(form.version.value, form.payload())
            return _saved(form)
    account = clients().identity.account()
    return _contact(form.anew(account) if form.changed else form, account)


def _contact(form: Contact, account: Account) -> Any:
    """The form, which has the number that is certified beside the one typed: the same needs no new code."""
    certified = account.telephone_mobile if account.mobile_certified_at else None
    return shown("compte_contact.html", form, certifie=certified or "")


def _saved(form: Contact) -> Any:
    if form.certifier.value:
        return redirect(url_for("mobile.send"), 307)
    flash("Vos informations de contact sont modifiées.", "succes")
    return redirect(url_for(".page"), 303)
