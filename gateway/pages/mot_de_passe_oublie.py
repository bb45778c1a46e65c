"""« Mot de passe oublié ? » (G57, AA4): the same page whether the address is known or not."""

from typing import Any

from flask import Blueprint, redirect, url_for

from contracts.words.messages import M2
from gateway.clients import clients
from gateway.kit.fields import Email
from gateway.kit.forms import Form, shown
from gateway.kit.reading import no_address
from gateway.kit.session import public

blp = Blueprint("mot_de_passe_oublie", __name__)


class Forgotten(Form):
    """The address of the account, if it is one."""

    email = Email(
        "Adresse électronique",
        required="Saisissez votre adresse électronique.",
        rule=no_address,
        star=False,
        auto="username",
    )


@blp.get("/mot-de-passe-oublie")
@public
def page() -> Any:
    """The form."""
    return shown("mot_de_passe_oublie.html", Forgotten.blank(), envoye="")


@blp.get("/mot-de-passe-oublie/envoye")
@public
def sent() -> Any:
    """What happens next: the same for everybody."""
    return shown("mot_de_passe_oublie.html", Forgotten.blank(), envoye=M2.sentence)


@blp.post("/mot-de-passe-oublie")
@public
def ask() -> Any:
    """Ask for the link."""
    form = Forgotten.posted()
    if form.good:
        with form.refusals():
            clients().identity.ask_reset(form.email.value)
            return redirect(url_for(".sent"), 303)
    return shown("mot_de_passe_oublie.html", form, envoye="")
