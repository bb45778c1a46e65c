"""« Liste des bénéficiaires de délégation » (G9–G23)."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, request

from contracts.words.statuses import Statut
from gateway.clients import clients
from gateway.clients.delegation import Beneficiary
from gateway.clients.requests import BeneficiaryFilters
from gateway.clients.shape import Page
from gateway.kit.access import Space, in_space
from gateway.kit.fields import Check, Choice, Day, Hidden, Text
from gateway.kit.forms import Sends, shown
from gateway.kit.labels import ROLES, STATUTS
from gateway.kit.listing import Listing

blp = Blueprint("droits", __name__)
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

    def payload(self) -> BeneficiaryFilters:
        """With the box as it counts, not as it was sent."""
        return replace(super().payload(), exclure_inactifs=self.active_only)


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/droits")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """The list; filters, sort and page are in the address."""
    listing = Listing.of(request.args, sorts=SORTS, default_sort="nom", sizes=(5, 10, 25, 50))
    form = Filters.asked()
    adherent = clients().delegation.adherent(space.tier.adherent_id)
    people = _people(space, listing, form)
    return shown("droits.html", form, adherent=adherent, people=people, liste=listing)


def _people(space: Space, listing: Listing, form: Filters) -> Page[Beneficiary]:
    """The page of the list; an unreadable filter is said beside it, with an empty list."""
    if form.good:
        with form.refusals():
            return clients().delegation.beneficiaries(space.tier.adherent_id, listing, form.payload())
    return Page([], 1, listing.page_size, 0)
