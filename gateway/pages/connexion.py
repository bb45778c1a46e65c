"""« Connexion » and « Se déconnecter » (G56, G66, AA1–AA3, AA19, AA20)."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from gateway.clients.problem import Problem
from gateway.kit.forms import Form
from gateway.kit.reading import number
from gateway.kit.session import begin, leave, local_path, public, recognise

blp = Blueprint("connexion", __name__)
FIELDS = ("email", "mot_de_passe", "suite")


@blp.get("/")
@public
def start() -> Any:
    """The address of the portal alone: the choice of the tiers, or the login page."""
    return redirect(url_for("choix.page" if recognise() else ".page"))


@blp.get("/connexion")
@public
def page() -> Any:
    """The login form; somebody already logged in goes on."""
    if recognise():
        return redirect(local_path(request.args.get("suite")) or url_for("choix.page"))
    return render_template("connexion.html", form=Form.of(request.args, ("suite",)))


@blp.post("/connexion")
@public
def log_in() -> Any:
    """One sentence for every refusal: nothing tells whether the address is known (M1, M6)."""
    form = Form.of(request.form, FIELDS)
    form.require(email="Saisissez votre adresse électronique.", mot_de_passe="Saisissez votre mot de passe.")
    status = 422
    if not form.refused:
        try:
            return begin(form["email"], form["mot_de_passe"])
        except Problem as problem:
            if problem.status not in (400, 401, 422, 429):
                raise
            form.general.append(problem.detail + _wait(problem))
            status = problem.status
    return render_template("connexion.html", form=form), status


@blp.post("/deconnexion")
@public
def log_out() -> Any:
    """The session dies on the server first (AA20); from the page of a link, that page goes on."""
    return leave(request.form.get("suite"))


def _wait(problem: Problem) -> str:
    """How long a throttled person has to wait, when the service says it."""
    seconds = number(problem.retry_after)
    if problem.status != 429 or seconds is None:
        return ""
    minutes = -(-seconds // 60)
    return f" Attendez {minutes} minute{'s' if minutes > 1 else ''}."
