"""The home page of a site: the bell, the tiles (G64–G69)."""

from typing import Any

from flask import Blueprint, render_template

from gateway.clients import clients
from gateway.clients.dsn import Bell
from gateway.clients.problem import unless
from gateway.kit.access import Space, in_space
from gateway.kit.navigation import tiles

blp = Blueprint("accueil", __name__)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/")
@in_space()
def page(space: Space) -> Any:
    """« Bienvenue sur votre espace sécurisé ! »"""
    return render_template("accueil.html", cloche=_bell(space), tuiles=tiles(space))


def _bell(space: Space) -> Bell | None:
    """The alerts of the site; None while dsn is away, has not heard of the access yet, or the right is missing."""
    if not space.sees_dsn:
        return None
    with unless(403, 404, 503):
        return clients().dsn.bell(space.tier.site_id)
    return None
