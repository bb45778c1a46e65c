"""What people do about an alert on « Suivi DSN »: seen, « Je m'en occupe », and the contrary."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect

from contracts.words.functions import DSN
from gateway.clients import clients
from gateway.kit.access import Space, in_space
from gateway.kit.forms import Shown
from gateway.kit.pressed import pressed

blp = Blueprint(
    "suivi_alertes", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn/alertes/<uuid:alert_id>"
)


class Care(Shown):
    """« Je m'en occupe », or not any more, on the alert as it was shown (AA52)."""


TAKEN = "Vous vous occupez de cette alerte. Les autres personnes qui suivent ce site le voient."
LEFT = "Cette alerte n'est plus prise en charge."
SEEN = "L'alerte est marquée comme vue."
# What the service says itself: it waits for nobody any more, somebody else was first.
REFUSED = {409: "", 412: ""}


@blp.post("/vue")
@in_space(functions=DSN)
def see(space: Space, alert_id: UUID) -> Any:
    """It is no news to me any more."""
    with pressed(SEEN, otherwise={}):
        clients().dsn.see(alert_id)
    return _back(space)


@blp.post("/prise-en-charge")
@in_space(functions=DSN)
def take(space: Space, alert_id: UUID) -> Any:
    """« Je m'en occupe », on what I was shown."""
    with pressed(TAKEN, otherwise=REFUSED):
        clients().dsn.take(alert_id, Care.posted().version.value)
    return _back(space)


@blp.post("/fin-de-prise-en-charge")
@in_space(functions=DSN)
def leave(space: Space, alert_id: UUID) -> Any:
    """Nobody takes care of it any more."""
    with pressed(LEFT, otherwise=REFUSED):
        clients().dsn.leave(alert_id, Care.posted().version.value)
    return _back(space)


def _back(space: Space) -> Any:
    return redirect(space.url("suivi_dsn.page"), 303)
