"""« Suivi DSN »: the months expected of the site and their states (G65)."""

from typing import Any

from flask import Blueprint, render_template, request

from gateway.clients import clients
from gateway.kit.access import DSN, Space, in_space
from gateway.kit.forms import Form
from gateway.kit.reading import number

blp = Blueprint("suivi_dsn", __name__)
NO_SUCH_YEAR = "Cette année n'existe pas."


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn")
@in_space(functions=DSN)
def page(space: Space) -> Any:
    """All months, or those of one year; a year that is none shows no month and says so."""
    form = Form.of(request.args, ("annee",))
    year = number(form["annee"], least=2000, most=2099)
    if form["annee"] and year is None:
        form.errors["annee"] = NO_SUCH_YEAR
    months = clients().dsn.months(space.tier.site_id, year)
    shown = [] if form.refused else months.items
    page = render_template("suivi_dsn.html", mois=shown, annees=months.years, annee=year, form=form)
    return page, 422 if form.refused else 200
