"""« Suivi DSN »: the months expected of the site and their states (G65)."""

from typing import Any

from flask import Blueprint, render_template, request

from gateway.access import DSN, Space, in_space
from gateway.clients import clients

blp = Blueprint("suivi_dsn", __name__)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn")
@in_space(functions=DSN)
def page(space: Space) -> Any:
    """All months, or those of one year."""
    year = request.args.get("annee", "")
    chosen = int(year) if len(year) == 4 and year.isdigit() and year.startswith("20") else None
    months = clients().dsn.months(space.tier.site_id, chosen)
    return render_template("suivi_dsn.html", mois=months.items, annees=months.years, annee=chosen)
