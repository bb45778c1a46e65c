"""« Suivi DSN »: the months expected of the site and their states (G65)."""

from typing import Any

from flask import Blueprint

from contracts.words.functions import DSN
from gateway.clients import clients
from gateway.kit.access import Space, in_space
from gateway.kit.fields import Number
from gateway.kit.forms import Form, shown

blp = Blueprint("suivi_dsn", __name__)


class Years(Form):
    """Which months to show."""

    annee = Number("Année", sent=False, least=2000, most=2099, unreadable="Cette année n'existe pas.")


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn")
@in_space(functions=DSN)
def page(space: Space) -> Any:
    """All months, or those of one year; a year that is none shows no month and says so."""
    form = Years.asked()
    year = form.annee.value
    months = clients().dsn.months(space.tier.site_id, year)
    items = [] if form.refused else months.items
    return shown("suivi_dsn.html", form, mois=items, annees=months.years, annee=year)
