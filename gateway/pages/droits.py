"""« Liste des bénéficiaires de délégation » (G9–G23), and the same lines as a file."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from contracts.words.statuses import Statut
from gateway.clients import clients
from gateway.clients.delegation import Beneficiary
from gateway.clients.requests import BeneficiaryFilters
from gateway.clients.shape import Page
from gateway.kit.access import Space, in_space
from gateway.kit.csv_out import Cell, csv_file
from gateway.kit.fields import Check, Choice, Day, Hidden, Text
from gateway.kit.forms import Sends, shown
from gateway.kit.labels import ROLES, STATUTS
from gateway.kit.listing import Counted, Listing
from gateway.kit.today import today
from gateway.kit.together import together

blp = Blueprint("droits", __name__)
COLUMNS = ("Rôle", "Nom", "Prénom", "Statut", "Détail du statut", "Date d'effet", "Date de fin", "Courriel", "À revoir")
AT_ONCE, MOST = 100, 10_000
MORE = "Ce fichier contient les 10 000 premières lignes de la liste. Filtrez la liste pour lire les suivantes."
SORTS = ("nom", "role", "statut", "date_effet", "date_fin", "courriel")


class Filters(Sends[BeneficiaryFilters]):
    """What the list is narrowed to, in the words of the service."""

    corrects = (400, 422)
    role = Choice("Filtrer par role", among=ROLES)
    nom = Text("Filtrer par nom et prénom", max=100)
    statut = Choice("Filtrer par statut", among=STATUTS)
    date_effet = Day("Filtrer par date d'effet")
    date_fin = Day("Filtrer par date de fin")
    courriel = Text("Filtrer par courriel", max=100)
    exclure_inactifs = Check("Exclure les utilisateurs inactifs", sent=False)
    a_revoir = Check("À revoir seulement")
    filtre = Hidden(sent=False)  # that the box was shown: without it, it is ticked

    @property
    def active_only(self) -> bool:
        """Whether to leave the inactive ones out: never while they are asked for."""
        return self.statut.value != Statut.INACTIF and (self.exclure_inactifs.value or self.filtre.value is None)

    @property
    def narrowed(self) -> dict[str, str | None]:
        """What the address of the same lines as a file says."""
        return {one.name: self.values[one.name] or None for one in self.fields}

    def payload(self) -> BeneficiaryFilters:
        """With the box as it counts, not as it was sent."""
        return replace(super().payload(), exclure_inactifs=self.active_only)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/droits")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """The list; filters, sort and page are in the address."""
    listing, form = _listing(), Filters.asked()
    people, adherent = together(
        lambda: _people(space, listing, form), lambda: clients().delegation.adherent(space.tier.adherent_id)
    )
    file = space.url(".export", **form.narrowed, **{listing.SORT: listing.sort})
    return shown("droits.html", form, adherent=adherent, people=people, liste=listing, fichier=file)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/droits.csv")
@in_space(administrator=True)
def export(space: Space) -> Response:
    """The lines of the filtered list in its order, as a file; its last row says so when there are more than it may
    hold."""
    form, rows = Filters.asked(), list[tuple[Cell, ...]]()
    asked = replace(_listing(), page=1, page_size=AT_ONCE, apres=None, avant=None, repere=None)
    more = form.good
    while more and len(rows) < MOST:
        people = clients().delegation.beneficiaries(space.tier.adherent_id, asked, form.payload())
        rows += map(_row, people.items)
        more = people.page < people.last and bool(people.items)
        last = people.items[-1].delegation_id if people.items else None
        asked = replace(asked, page=people.page + 1, apres=last, repere=people.page)
    name = f"beneficiaires-{space.tier.siret[:9]}-{today().isoformat()}.csv"
    return csv_file(name, COLUMNS, [*rows, (MORE,)] if more else rows)


def _listing() -> Counted:
    return Counted.of(request.args, sorts=SORTS, default_sort="nom", sizes=(5, 10, 25, 50))


def _row(one: Beneficiary) -> tuple[Cell, ...]:
    detail = one.statut_detail if one.statut_detail != one.statut else None
    return (one.role, one.nom, one.prenom, one.statut, detail, one.starts_on, one.ends_on, one.email, one.a_revoir)


def _people(space: Space, listing: Listing, form: Filters) -> Page[Beneficiary]:
    """The page of the list; an unreadable filter is said beside it, with an empty list."""
    if form.good:
        with form.refusals():
            return clients().delegation.beneficiaries(space.tier.adherent_id, listing, form.payload())
    return Page([], 1, listing.page_size, 0)
