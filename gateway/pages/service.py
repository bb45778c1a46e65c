"""A function that the caisse serves on its own website: to the address that the caisse gave for it (G68)."""

from typing import Any

from flask import Blueprint, abort, redirect

from contracts.words.functions import FUNCTIONS
from gateway.kit.access import Space, in_space
from gateway.kit.elsewhere import elsewhere
from gateway.kit.uses import note_uses

blp = Blueprint("service", __name__)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/services/<string:code>")
@in_space()
def page(space: Space, code: str) -> Any:
    """There, for who has the right today (403 otherwise, AA25); 404 for what the caisse serves nowhere. The address is
    the operator's own, never one that came with the request (AA49)."""
    if code not in FUNCTIONS:
        abort(404)
    if not space.allows(code):
        abort(403)
    address = elsewhere().of(space.caisse, code)
    if not address:
        abort(404)
    note_uses(space, [code])
    return redirect(address, 303)
