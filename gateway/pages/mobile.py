"""« Certification du numéro de téléphone » (G77, G78, C5): the code of the SMS."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from contracts.words.messages import SIX_DIGITS
from gateway.clients import clients
from gateway.kit.fields import Text
from gateway.kit.forms import Form, shown
from gateway.kit.session import signed_in

blp = Blueprint("mobile", __name__, url_prefix="/mon-compte/mobile")


class Code(Form):
    """The code of the SMS (M13)."""

    code = Text("Code reçu par SMS", required=SIX_DIGITS.sentence, help="6 chiffres", max=60)


@blp.get("")
@signed_in
def page() -> Any:
    """« Recevoir un code »."""
    return _show(Code.blank(), sent=False)


@blp.get("/saisie")
@signed_in
def entry() -> Any:
    """The code of the SMS, once it was sent."""
    return _show(Code.blank())


@blp.post("/code")
@signed_in
def send() -> Any:
    """Send a code; M6 when it is too early or too often."""
    form = Code.blank()
    with form.refusals():
        clients().identity.send_mobile_code()
        return redirect(url_for(".entry"), 303)
    return _show(form)


@blp.post("")
@signed_in
def certify() -> Any:
    """Check the code."""
    form = Code.posted()
    if form.good:
        with form.refusals():
            clients().identity.certify_mobile(form.code.value)
            flash("Votre numéro de téléphone mobile est certifié.", "succes")
            return redirect(url_for("compte.page"), 303)
    return _show(form)


def _show(form: Code, *, sent: bool = True) -> Any:
    return shown("compte_mobile.html", form, envoye=sent, compte=clients().identity.account())
