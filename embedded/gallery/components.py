"""The components of the pages, on their own base template, in the gateway itself: what is seen is what is used."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, render_template

from gateway.clients.delegation import Catalogue, Delegation, Group, Named
from gateway.clients.problem import Problem
from gateway.clients.shape import Page
from gateway.kit.forms import Form
from gateway.kit.listing import Listing
from gateway.kit.rights import Rights
from gateway.kit.session import public
from services.delegation.domain.catalogue import COLLEGES, GROUPS

blp = Blueprint("galerie", __name__, template_folder="templates", url_prefix="/_gallery")
ICON = re.compile(r'<symbol id="([a-z0-9-]+)"')
WRONG = {
    "faute": "Saisissez votre nom.",
    "jour_faux": "Cette date n'existe pas.",
    "mobile_faux": "Ce numéro n'est pas valable.",
    "mot_de_passe": "Mot de passe incorrect.",
    "colleges": "Au moins un collège doit être sélectionné.",
}
TYPED = {"rempli": "Durand", "jour": "23/11/2026", "jour_faux": "31/02/2026", "mobile": "06 39 98 00 01"}
DELEGATION = Delegation(
    delegation_id=UUID(int=1),
    role="Utilisateur",
    nom="Martin",
    prenom="Claire",
    statut="Actif",
    starts_on=date(2026, 11, 23),
    ends_on=None,
    email="comptable@example.com",
    colleges=["ouvriers", "etam"],
    rights={"ma_situation_de_compte": "consultation", "declarations_nominatives": "mise_a_jour"},
)


@blp.get("/")
@public
def page() -> Any:
    """Each component, in each of its states."""
    catalogue = _catalogue()
    flash("Votre demande est enregistrée.", "succes")
    flash("Votre session va bientôt expirer.", "information")
    return render_template(
        "galerie/composants.html",
        form=Form(dict(TYPED), dict(WRONG), ["Ce formulaire a expiré : recommencez."]),
        vide=Form(),
        changement=Problem(412, "version_perimee", "Ces informations ont été modifiées depuis l'affichage de la page."),
        liste=Listing.first("nom", 5),
        resultat=Page([], 4, 5, 40),
        catalogue=catalogue,
        droits=Rights.held(DELEGATION),
        administrateur=Rights(True, tuple(COLLEGES), {}),
        delegation=DELEGATION,
        icones=ICON.findall(Path(str(current_app.static_folder), "vendor", "icons.svg").read_text()),
    )


def _catalogue() -> Catalogue:
    """The first two groups of what can be delegated, as delegation answers it."""
    groups = [Group(one.label, [Named(each.code, each.label) for each in one.functions]) for one in GROUPS[:2]]
    return Catalogue(groups, [Named(code, label) for code, label in COLLEGES.items()])
