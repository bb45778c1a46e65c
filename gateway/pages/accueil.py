"""The home page of a site: its name, the tiles (G64–G69)."""

from typing import Any

from flask import Blueprint, render_template

from gateway.kit.access import Space, in_space
from gateway.kit.navigation import tiles

blp = Blueprint("accueil", __name__)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/")
@in_space()
def page(space: Space) -> Any:
    """« Bienvenue sur votre espace sécurisé ! »"""
    return render_template("accueil.html", tuiles=tiles(space))
