"""« Mot de passe oublié ? » (G57, AA4): the same page whether the address is known or not."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.forms import Form
from gateway.session import public

blp = Blueprint("mot_de_passe_oublie", __name__)
M2 = "Si un compte correspond à cette adresse, un courriel vient d'être envoyé."


@blp.get("/mot-de-passe-oublie")
@public
def page() -> Any:
    """The form, or what happens next once it is sent."""
    sent = session.pop("reinitialisation_demandee", False)
    return render_template("mot_de_passe_oublie.html", form=Form.of({}, ("email",)), envoye=M2 if sent else "")


@blp.post("/mot-de-passe-oublie")
@public
def ask() -> Any:
    """Ask for the link."""
    form = Form.of(request.form, ("email",)).require(email="Saisissez votre adresse électronique.")
    if not form.refused:
        try:
            clients().identity.ask_reset(form["email"])
            session["reinitialisation_demandee"] = True
            return redirect(url_for(".page"), 303)
        except Problem as problem:
            form.refuse(problem)
    return render_template("mot_de_passe_oublie.html", form=form, envoye=""), 422
