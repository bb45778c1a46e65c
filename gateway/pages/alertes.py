"""« Alertes DSN de tous mes sites », for who follows many: what waits, adhérent by adhérent, and the same as a file."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from contracts.words.alerts import AlertKind
from gateway.clients import clients
from gateway.clients.dsn import Board, BoardAlert
from gateway.clients.problem import unless
from gateway.kit import labels
from gateway.kit.csv_out import Cell, csv_file
from gateway.kit.fields import Choice, Hidden
from gateway.kit.forms import Form, shown
from gateway.kit.listing import Listing
from gateway.kit.session import signed_in
from gateway.kit.today import today

blp = Blueprint("alertes", __name__, url_prefix="/choix")
COLUMNS = (
    *("Raison sociale", "Identifiant CIBTP", "SIRET", "Nom du site déclarant", "Période", "Alerte"),
    *("Action attendue", "Depuis le", "Nouvelle", "Prise en charge"),
)
AT_ONCE, MOST = 500, 20_000
MORE = "Ce fichier contient les 20 000 premières alertes. Choisissez un type d'alerte pour en lire d'autres."


class Filters(Form):
    """Which alerts; and the space that the choice was opened from."""

    type = Choice("Type d'alerte", among=tuple(map(str, AlertKind)), sent=False)
    espace = Hidden(sent=False)


@blp.get("/alertes")
@signed_in
def page() -> Any:
    """The alerts of the sites whose DSN the person sees; while dsn is of the version before, a sentence."""
    listing, form = Listing.of(request.args, sorts=(), default_sort="", sizes=(25, 50, 100)), Filters.asked()
    board = _board(listing, form)
    return shown(
        "alertes.html",
        form,
        alertes=board,
        groupes=_together(board.items) if board else [],
        liste=listing,
        fichier=url_for(".export", type=form.type.value),
    )


@blp.get("/alertes.csv")
@signed_in
def export() -> Any:
    """All of them, of the kind that is chosen, as a file; its last row says so when there are more than it may hold."""
    kind, rows, number, more = Filters.asked().type.value, list[tuple[Cell, ...]](), 1, True
    with unless(404):
        while more and len(rows) < MOST:
            board = clients().dsn.board(number, AT_ONCE, kind)
            rows += map(_row, board.items)
            more = number < board.last and bool(board.items)
            number += 1
        name = f"alertes-dsn-{today().isoformat()}.csv"
        return csv_file(name, COLUMNS, [*rows, (MORE,)] if more else rows)
    return redirect(url_for(".page"))


def _board(listing: Listing, form: Filters) -> Board | None:
    with unless(404):
        return clients().dsn.board(listing.page, listing.page_size, form.type.value)
    return None


def _together(items: list[BoardAlert]) -> list[tuple[BoardAlert, list[BoardAlert]]]:
    """The lines of each adhérent, in the order of the service, after one of them that says which adhérent it is."""
    groups = [list(lines) for _, lines in groupby(items, key=_adherent)]
    return [(lines[0], lines) for lines in groups]


def _adherent(one: BoardAlert) -> UUID:
    return one.adherent_id


def _row(one: BoardAlert) -> tuple[Cell, ...]:
    care = one.correction
    return (
        one.raison_sociale,
        one.identifiant,
        labels.siret(one.siret),
        one.nom,
        one.periode_label,
        one.label,
        one.action,
        one.opened_at,
        one.new,
        ("Par vous" if care.mine else "Par une autre personne") if care else None,
    )
