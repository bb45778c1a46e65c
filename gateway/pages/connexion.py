"""« Connexion » and « Se déconnecter » (G56, G66, AA1–AA3, AA19, AA20)."""

from typing import Any, Self

from flask import Blueprint, redirect, request, url_for

from gateway.clients.problem import Problem
from gateway.kit.fields import Email, Hidden, Secret
from gateway.kit.forms import Form, shown
from gateway.kit.reading import number
from gateway.kit.session import Leaving, begin, leave, local_path, public, recognise

blp = Blueprint("connexion", __name__)


class Login(Form):
    """Who one is, and the page first asked for."""

    email = Email("Adresse électronique", required="Saisissez votre adresse électronique.", star=False, auto="username")
    mot_de_passe = Secret("Mot de passe", required="Saisissez votre mot de passe.", star=False, auto="current-password")
    suite = Hidden(sent=False)

    def refuse(self, problem: Problem) -> Self:
        """One sentence for every refusal: nothing tells whether the address is known (M1, M6)."""
        if problem.status not in (400, 401, 422, 429):
            raise problem
        self.general.append(problem.detail + _wait(problem))
        return self._refused(problem.status)


@blp.get("/")
@public
def start() -> Any:
    """The address of the portal alone: the choice of the tiers, or the login page."""
    return redirect(url_for("choix.page" if recognise() else ".page"))


@blp.get("/connexion")
@public
def page() -> Any:
    """The login form; somebody already logged in goes on."""
    suite = Login.read(request.args).suite.value
    if recognise():
        return redirect(local_path(suite) or url_for("choix.page"))
    return shown("connexion.html", Login.blank(suite=suite))


@blp.post("/connexion")
@public
def log_in() -> Any:
    """Log in, and go on to the page first asked for."""
    form = Login.posted()
    if form.good:
        with form.refusals():
            return begin(form.email.value, form.mot_de_passe.value, form.suite.value)
    return shown("connexion.html", form)


@blp.post("/deconnexion")
@public
def log_out() -> Any:
    """The session dies on the server first (AA20); from the page of a link, that page goes on."""
    return leave(Leaving.posted().suite.value)


def _wait(problem: Problem) -> str:
    """How long a throttled person has to wait, when the service says it."""
    seconds = number(problem.retry_after)
    if problem.status != 429 or seconds is None:
        return ""
    minutes = -(-seconds // 60)
    return f" Attendez {minutes} minute{'s' if minutes > 1 else ''}."
