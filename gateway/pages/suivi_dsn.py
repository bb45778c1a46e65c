"""« Suivi DSN »: the months expected of the site, those that have an alert above all (G65), and the same as a file."""

from typing import Any

from flask import Blueprint, Response, request

from contracts.words.functions import DSN
from gateway.clients import clients
from gateway.clients.dsn import Month, Months
from gateway.kit.access import Space, in_space
from gateway.kit.bell import alerts_and_months
from gateway.kit.csv_out import Cell, csv_file
from gateway.kit.fields import Check, Number
from gateway.kit.forms import Form, shown
from gateway.kit.listing import Listing
from gateway.kit.open_alerts import open_alerts
from gateway.kit.today import today

blp = Blueprint("suivi_dsn", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>")
SORTS = ("periode", "statut", "date_limite", "recue", "type", "effectif", "anomalies")
NEWEST = "-periode"
COLUMNS = (
    *("Période", "Statut", "Échéance", "Reçue le", "Hors délai", "Type", "Effectif déclaré", "Anomalies"),
    *("Alerte", "Action attendue", "Échéance des cotisations"),
)


class Filters(Form):
    """Which months to show."""

    annee = Number("Année", sent=False, least=2000, most=2099, unreadable="Cette année n'existe pas.")
    a_traiter = Check("À traiter seulement", sent=False)


@blp.get("/suivi-dsn")
@in_space(functions=DSN)
def page(space: Space) -> Any:
    """The last months, or those of one year; a year that is none shows no month and says so."""
    form, listing = Filters.asked(), _listing()
    bell, months = alerts_and_months(space, lambda both: _months(space, form, listing, alerts=both))
    items = _shown(form, months)
    waiting = next((month.periode for month in items if month.action), None)
    return shown(
        "suivi_dsn.html",
        form,
        suivi=months,
        mois=items,
        liste=listing,
        fichier=_file(space, form, listing),
        ecrire=space.url("contact.page", periode=waiting),
        alertes=open_alerts(space, bell),
    )


@blp.get("/suivi-dsn.csv")
@in_space(functions=DSN)
def export(space: Space) -> Response:
    """The same months in the same order, as a file."""
    form = Filters.asked()
    items = _shown(form, _months(space, form, _listing()))
    name = f"suivi-dsn-{space.tier.siret}-{today().isoformat()}.csv"
    return csv_file(name, COLUMNS, map(_row, items))


def _listing() -> Listing:
    return Listing.of(request.args, sorts=SORTS, default_sort=NEWEST, sizes=(1,))


def _file(space: Space, form: Filters, listing: Listing) -> str:
    asked = {form.annee.name: form.annee.value, form.a_traiter.name: form.a_traiter.typed or None}
    return space.url(".export", **asked, **{Listing.SORT: listing.sort})


def _months(space: Space, form: Filters, listing: Listing, *, alerts: bool = False) -> Months:
    sort = "" if listing.sort == NEWEST else listing.sort
    asked = clients().dsn.months
    return asked(space.tier.site_id, form.annee.value, sort, todo=form.a_traiter.value, alerts=alerts)


def _shown(form: Filters, found: Months) -> list[Month]:
    """The months to show: none for a year that is none."""
    return [] if form.refused else found.items


def _row(month: Month) -> tuple[Cell, ...]:
    return (
        month.label,
        month.state_label,
        month.due_at,
        month.received_at,
        month.late if month.type else None,
        month.type,
        month.effectif,
        month.anomalies,
        month.alert,
        month.action,
        month.contribution_due_on,
    )
