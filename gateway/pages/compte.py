"""« Gérer mon compte utilisateur », tab « Connexion et contact » (G73, G74, G76)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.identity import Account
from gateway.clients.problem import Problem
from gateway.kit import proof
from gateway.kit.forms import Form
from gateway.kit.labels import join_phone, split_phone
from gateway.kit.session import signed_in

blp = Blueprint("compte", __name__, url_prefix="/mon-compte")
PASSWORDS = ("mot_de_passe_actuel", "mot_de_passe", "confirmation")
PASSWORDS_REQUIRED = {
    "mot_de_passe_actuel": "Saisissez votre mot de passe actuel.",
    "mot_de_passe": "Choisissez un mot de passe.",
    "confirmation": "Saisissez une seconde fois le mot de passe.",
}
CONTACT = ("nom", "prenom", "telephone_fixe", "telephone_mobile", "pays_fixe", "pays_mobile", "version", proof.FIELD)


@blp.get("")
@signed_in
def page() -> Any:
    """What is known of me, and the ways to change it."""
    return render_template("compte.html", compte=clients().identity.account())


@blp.get("/mot-de-passe")
@signed_in
def password() -> Any:
    """« Modifier mot de passe »."""
    return render_template("compte_mot_de_passe.html", form=Form.of({}, PASSWORDS))


@blp.post("/mot-de-passe")
@signed_in
def change_password() -> Any:
    """The current one, the new one twice (AA15)."""
    form = Form.of(request.form, PASSWORDS).require(**PASSWORDS_REQUIRED)
    if form.refused:
        return render_template("compte_mot_de_passe.html", form=form), 422
    try:
        clients().identity.change_password(form.values)
    except Problem as problem:
        return render_template("compte_mot_de_passe.html", form=form.refuse(problem)), problem.status
    flash("Votre mot de passe est modifié. Vos autres sessions sont fermées.", "succes")
    return redirect(url_for(".page"), 303)


@blp.get("/contact")
@signed_in
def contact() -> Any:
    """« Modification des informations de contact »."""
    return render_template("compte_contact.html", form=_form_of(clients().identity.account()))


@blp.post("/contact")
@signed_in
def change_contact() -> Any:
    """Save, a new mobile number with a recent password (C8); « Certifier » saves and goes on to the SMS code (G77)."""
    form = Form.of(request.form, CONTACT).require(nom="Saisissez votre nom.", prenom="Saisissez votre prénom.")
    version = form.number("version")
    if form.refused or version is None:
        return render_template("compte_contact.html", form=form), 422
    try:
        proof.prove_typed(form)
        clients().identity.change_contact(version, _contact(form))
    except Problem as problem:
        if problem.status == 412:
            now = _form_of(clients().identity.account())
            return render_template("compte_contact.html", form=now, changement=problem), 412
        status = proof.refuse(form, problem)
        return render_template("compte_contact.html", form=form), status
    if "certifier" in request.form:
        return redirect(url_for("mobile.send"), 307)
    flash("Vos informations de contact sont modifiées.", "succes")
    return redirect(url_for(".page"), 303)


def _contact(form: Form) -> dict[str, Any]:
    return {
        "nom": form["nom"],
        "prenom": form["prenom"],
        "telephone_fixe": join_phone(form["pays_fixe"], form["telephone_fixe"]),
        "telephone_mobile": join_phone(form["pays_mobile"], form["telephone_mobile"]),
    }


def _form_of(account: Account) -> Form:
    fixe, mobile = split_phone(account.telephone_fixe), split_phone(account.telephone_mobile)
    known = {"nom": account.nom, "prenom": account.prenom, "version": account.version}
    phones = {"pays_fixe": fixe[0], "telephone_fixe": fixe[1], "pays_mobile": mobile[0], "telephone_mobile": mobile[1]}
    return Form.of({**known, **phones}, CONTACT)
