"""Pages for everybody: the help as a whole, and the legal pages of the footer (G70, G71)."""

from typing import Any

from flask import Blueprint, render_template

from gateway.kit.help_texts import help_texts
from gateway.kit.session import public, recognised

blp = Blueprint("informations", __name__)


def _show(template: str, **known: Any) -> Any:
    """These pages answer even while identity is away."""
    recognised()
    return render_template(f"informations/{template}.html", **known)


@blp.get("/aide")
@public
def aide() -> Any:
    """« Aide »: the caisse, the questions, the help of each page, the news."""
    return _show("aide", aides=help_texts().values())


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
