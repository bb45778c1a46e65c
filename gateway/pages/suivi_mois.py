"""A month of « Suivi DSN »: why it stands where it stands, and what to do by when."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template

from contracts.words.functions import DSN
from gateway.clients import clients
from gateway.clients.dsn import ExplainedMonth
from gateway.kit import reading
from gateway.kit.access import Space, in_space
from gateway.kit.bell import bell
from gateway.kit.colleagues import names_of
from gateway.kit.together import together

blp = Blueprint("suivi_mois", __name__)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn/<string:periode>")
@in_space(functions=DSN)
def page(space: Space, periode: str) -> Any:
    """The rule in words, the facts that count and those that do not, the time-line."""
    if reading.month(periode) is None:
        abort(404)
    _, month = together(lambda: bell(space), lambda: clients().dsn.month(space.tier.site_id, periode))
    return render_template("suivi_mois.html", mois=month, noms=names_of(space.tier.adherent_id, _others(month)))


def _others(month: ExplainedMonth) -> Iterator[UUID]:
    """Who did something about its alerts, the person himself apart."""
    yield from (one.by for one in month.timeline if one.by and not one.mine)
    yield from (one.correction.by for one in month.alerts if one.correction and not one.correction.mine)
