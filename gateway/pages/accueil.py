"""The home page of a site: its name, the tiles, what awaits the person there today (G64–G69)."""

from typing import Any

from flask import Blueprint, render_template

from gateway.clients.dsn import Bell
from gateway.kit.access import Space, in_space
from gateway.kit.bell import bell
from gateway.kit.tiles import tiles

blp = Blueprint("accueil", __name__)
MOST = 5  # alerts told with what to do; « Suivi DSN » has them all


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/")
@in_space(home=True)
def page(space: Space) -> Any:
    """« Bienvenue sur votre espace sécurisé ! » The bell of the top bar is asked here, with what is due next."""
    alerts = _told(bell(space, ahead=True))
    return render_template("accueil.html", tuiles=tiles(space), alertes=alerts, attente=space.home)


def _told(found: Bell | None) -> list[tuple[str, str]]:
    """The sentences of the first alerts, each with its month."""
    if found is None:
        return []
    months = [one.periode for one in found.items] or [""] * len(found.messages)
    return list(zip(found.messages, months, strict=False))[:MOST]
