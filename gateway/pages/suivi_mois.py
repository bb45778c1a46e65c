"""A month of « Suivi DSN »: why it stands where it stands, and what to do by when."""

from typing import Any

from flask import Blueprint, abort, render_template

from contracts.words.functions import DSN
from gateway.clients import clients
from gateway.kit import reading
from gateway.kit.access import Space, in_space

blp = Blueprint("suivi_mois", __name__)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn/<string:periode>")
@in_space(functions=DSN)
def page(space: Space, periode: str) -> Any:
    """The rule in words, the facts that count and those that do not, the time-line."""
    if reading.month(periode) is None:
        abort(404)
    return render_template("suivi_mois.html", mois=clients().dsn.month(space.tier.site_id, periode))
