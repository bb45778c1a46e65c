"""« Mes raccourcis »: a tile that the person keeps in front, or leaves to its uses (G69)."""

from typing import Any

from flask import Blueprint, abort, redirect

from contracts.words.uses import CODES
from gateway.clients import clients
from gateway.kit.access import Space, in_space
from gateway.kit.pressed import pressed

blp = Blueprint("raccourcis", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/raccourcis/<string:code>")
PINNED = "Le raccourci est épinglé : il reste en tête de votre page d'accueil."
UNPINNED = "Le raccourci n'est plus épinglé."
# A service of the version before does not know them.
LATER = "Les raccourcis ne peuvent pas être épinglés pour le moment. Réessayez dans quelques instants."


@blp.post("")
@in_space()
def pin(space: Space, code: str) -> Any:
    """Keep it in front."""
    with pressed(PINNED, otherwise={404: LATER}):
        clients().delegation.pin(space.tier.adherent_id, _known(code))
    return _back(space)


@blp.post("/fin")
@in_space()
def unpin(space: Space, code: str) -> Any:
    """Leave it to its uses."""
    with pressed(UNPINNED, otherwise={404: LATER}):
        clients().delegation.unpin(space.tier.adherent_id, _known(code))
    return _back(space)


def _known(code: str) -> str:
    if code not in CODES:
        abort(404)
    return code


def _back(space: Space) -> Any:
    return redirect(space.url("accueil.page", _anchor="raccourcis"), 303)
