"""Pages for everybody: help, questions and answers, and the legal pages of the footer (G70, G71)."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, render_template

from gateway.clients.problem import Problem
from gateway.kit.session import public, recognise

blp = Blueprint("informations", __name__)


def _show(template: str) -> Any:
    """These pages answer even while identity is away."""
    with suppress(Problem):
        recognise()
    return render_template(f"informations/{template}.html")


@blp.get("/aide")
@public
def aide() -> Any:
    """« Aide »."""
    return _show("aide")


@blp.get("/mentions-legales")
@public
def mentions() -> Any:
    """« Mentions légales »."""
    return _show("mentions_legales")


@blp.get("/protection-des-donnees")
@public
def donnees() -> Any:
    """« Protection des données personnelles »."""
    return _show("protection_des_donnees")


@blp.get("/cgu")
@public
def cgu() -> Any:
    """« CGU »."""
    return _show("cgu")


@blp.get("/accessibilite")
@public
def accessibilite() -> Any:
    """« Accessibilité »."""
    return _show("accessibilite")
