"""« Suivi DSN »: the months expected of the site and their states (G65)."""

from typing import Any

from flask import Blueprint, render_template, request

from gateway.access import Space, in_space
from gateway.clients import clients
from gateway.today import today

blp = Blueprint("suivi_dsn", __name__)
FIRST_YEAR = 2022  # the funds receive the monthly DSN since January 2022 (D6)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn")
@in_space()
def page(space: Space) -> Any:
    """All months, or those of one year."""
    years = [str(year) for year in range(today().year, FIRST_YEAR - 1, -1)]
    year = request.args.get("annee", "")
    chosen = int(year) if year in years else None
    months = clients().dsn.months(space.tier.site_id, chosen)
    return render_template("suivi_dsn.html", mois=months.items, annees=years, annee=year if chosen else "")
