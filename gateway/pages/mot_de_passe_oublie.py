"""« Mot de passe oublié ? » (G57, AA4): the same page whether the address is known or not."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit.forms import Form
from gateway.kit.session import public

blp = Blueprint("mot_de_passe_oublie", __name__)
M2 = "Si un compte correspond à cette adresse, un courriel vient d'être envoyé."


@blp.get("/mot-de-passe-oublie")
@public
def page() -> Any:
    """The form."""
    return render_template("mot_de_passe_oublie.html", form=Form.of({}, ("email",)), envoye="")


@blp.get("/mot-de-passe-oublie/envoye")
@public
def sent() -> Any:
    """What happens next: the same for everybody."""
    return render_template("mot_de_passe_oublie.html", form=Form.of({}, ("email",)), envoye=M2)


@blp.post("/mot-de-passe-oublie")
@public
def ask() -> Any:
    """Ask for the link."""
    form = Form.of(request.form, ("email",)).require(email="Saisissez votre adresse électronique.")
    if not form.refused:
        try:
            clients().identity.ask_reset(form["email"])
            return redirect(url_for(".sent"), 303)
        except Problem as problem:
            form.refuse(problem)
    return render_template("mot_de_passe_oublie.html", form=form, envoye=""), 422
