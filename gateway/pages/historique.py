"""« Historique des délégations » of an adhérent: who did what, for whom, on whose behalf, and the same as a file."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response

from gateway.clients import clients
from gateway.clients.history import Entry, Line, Lines
from gateway.clients.requests import JournalFilters
from gateway.kit import labels
from gateway.kit.access import Space, in_space
from gateway.kit.csv_out import Cell, csv_file
from gateway.kit.fields import Choice, Day, Hidden, Text
from gateway.kit.forms import Sends, shown
from gateway.kit.today import today

blp = Blueprint("historique", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits")
COLUMNS = (
    *("Date (heure de Paris)", "Acte", "Auteur", "Pour le compte de", "Bénéficiaire", "Courriel du bénéficiaire"),
    *("Ce qui a changé", "Motif"),
)
SHOWN, AT_ONCE, MOST = 25, 500, 10_000
MORE = "Ce fichier contient les 10 000 lignes les plus récentes. Choisissez une période pour lire les précédentes."


class Filters(Sends[JournalFilters]):
    """Which lines, in the words of the service; `avant`: where the page that leads here ended."""

    corrects = (400, 422)
    personne = Text("Personne", max=100, help="Nom ou courriel de l'auteur ou du bénéficiaire.")
    acte = Choice("Acte", among=tuple(labels.JOURNAL))
    du = Day("Du")
    au = Day("Au")
    avant = Hidden(sent=False)

    @property
    def before(self) -> UUID | None:
        """Where to begin; the newest for what is no line of a journal."""
        asked = self.avant.value or ""
        return UUID(asked) if labels.is_uuid(asked) else None

    @property
    def narrowed(self) -> dict[str, str | None]:
        """What the addresses of the same lines say."""
        return {one.name: self.values[one.name] or None for one in self.fields if one.sent}


@blp.get("/historique")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """The newest lines, or those from `avant` on; a filter that is unreadable is said beside it, with no line."""
    form = Filters.asked()
    lines = Lines([], None)
    if form.good:
        with form.refusals():
            lines = clients().delegation.history(space.tier.adherent_id, form.payload(), form.before, SHOWN)
    return shown(
        "historique.html",
        form,
        lignes=lines,
        recentes=space.url(".page", **form.narrowed),
        suite=space.url(".page", **form.narrowed, avant=lines.next),
        fichier=space.url(".export", **form.narrowed),
    )


@blp.get("/historique.csv")
@in_space(administrator=True)
def export(space: Space) -> Response:
    """The same lines in the same order, as a file; its last row says so when there are more than it may hold."""
    form, rows = Filters.asked(), list[tuple[Cell, ...]]()
    before: UUID | None = None
    while form.good and len(rows) < MOST:
        lines = clients().delegation.history(space.tier.adherent_id, form.payload(), before, AT_ONCE)
        rows += map(_row, lines.items)
        before = lines.next
        if before is None:
            break
    name = f"historique-des-delegations-{space.tier.siret[:9]}-{today().isoformat()}.csv"
    return csv_file(name, COLUMNS, [*rows, (MORE,)] if before else rows)


def _row(line: Line) -> tuple[Cell, ...]:
    return (
        line.at,
        labels.act(line.act),
        line.author,
        labels.behalf(line.on_behalf_of),
        "" if line.nom is None else line.name,
        line.email,
        " ; ".join(_changes(line)),
        line.reason,
    )


def _changes(entry: Entry) -> list[str]:
    return [
        f"{one.label} : {one.after}" + ("" if one.before is None else f" (avant : {one.before})")
        for one in entry.changes
    ]
