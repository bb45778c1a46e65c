"""« Certification du numéro de téléphone » (G77, G78, C5): the code of the SMS."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit.forms import Form
from gateway.kit.session import signed_in

blp = Blueprint("mobile", __name__, url_prefix="/mon-compte/mobile")


@blp.get("")
@signed_in
def page() -> Any:
    """« Recevoir un code »."""
    return _show(Form.of({}, ("code",)), 200, sent=False)


@blp.get("/saisie")
@signed_in
def entry() -> Any:
    """The code of the SMS, once it was sent."""
    return _show(Form.of({}, ("code",)), 200)


@blp.post("/code")
@signed_in
def send() -> Any:
    """Send a code; M6 when it is too early or too often."""
    try:
        clients().identity.send_mobile_code()
    except Problem as problem:
        return _show(Form.of({}, ("code",)).refuse(problem), problem.status)
    return redirect(url_for(".entry"), 303)


@blp.post("")
@signed_in
def certify() -> Any:
    """Check the code (M13)."""
    form = Form.of(request.form, ("code",))
    form.require(code="Saisissez le code à 6 chiffres reçu par SMS.")
    if form.refused:
        return _show(form, 422)
    try:
        clients().identity.certify_mobile(form["code"])
    except Problem as problem:
        return _show(form.refuse(problem), problem.status)
    flash("Votre numéro de téléphone mobile est certifié.", "succes")
    return redirect(url_for("compte.page"), 303)


def _show(form: Form, status: int, *, sent: bool = True) -> Any:
    return render_template(
        "compte_mobile.html", form=form, envoye=sent, numero=clients().identity.account().telephone_mobile
    ), status
