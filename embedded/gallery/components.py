"""The components of the pages, on their own base template, in the gateway itself: what is seen is what is used."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from flask import Blueprint, current_app, flash, render_template

from contracts.words import why
from contracts.words.actions import Action
from contracts.words.colleges import COLLEGES, ETAM, OUVRIERS
from contracts.words.facts import Severity
from contracts.words.functions import DECLARATIONS_NOMINATIVES, GROUPS, MA_SITUATION_DE_COMPTE
from contracts.words.journal import Act, Behalf
from contracts.words.kinds import Role
from contracts.words.levels import Level
from contracts.words.messages import M9
from contracts.words.statuses import Scan, Statut
from gateway.clients.contact import SentFile
from gateway.clients.delegation import Catalogue, Delegation, Group, Named
from gateway.clients.dsn import Care, Point, Return
from gateway.clients.history import Change, Entry
from gateway.clients.mandates import WholeMandate
from gateway.clients.problem import Problem
from gateway.clients.profiles import Profile, Profiles
from gateway.clients.shape import Page
from gateway.kit.fields import Area, Check, Day, Hidden, Phone, Press, Secret, Text
from gateway.kit.listing import Listing
from gateway.kit.profiles import Profiled
from gateway.kit.proof import Proof
from gateway.kit.rights import Matrix, Rights
from gateway.kit.session import public

blp = Blueprint("galerie", __name__, template_folder="templates", url_prefix="/_gallery")
ICON = re.compile(r'<symbol id="([a-z0-9-]+)"')


class Example(Matrix, Profiled):
    """A field of each kind, in each of its states."""

    simple = Text("Facultatif", help="Une aide sous le champ.")
    rempli = Text("Obligatoire et rempli", required="Saisissez votre nom.")
    faute = Text("En erreur", required="Saisissez votre nom.", help="Une aide et une erreur.")
    jour = Day("Date")
    jour_faux = Day("Date en erreur", required="Saisissez une date.", help="Vide : sans fin.")
    mobile = Phone("Mobile", country="pays", country_label="Pays du mobile")
    mobile_faux = Phone(
        "Mobile en erreur", country="pays_faux", country_label="Pays du mobile en erreur", help="Sans l'indicatif."
    )
    nouveau = Secret("Nouveau mot de passe", auto="new-password")
    preuve = Proof("Demandé pour un acte sensible.")
    mot_de_passe = Proof("Demandé où « Administrateur » est coché.")
    plusieurs = Area("Plusieurs lignes", max=500)
    case = Check("Une case")
    porte = Hidden()
    bouton = Press("Un bouton qui dit lequel")
    libre = Area("Champ à part", help="Avec une aide.")

    @classmethod
    def shown(cls) -> Self:
        """As somebody sent it, and a service refused it."""
        form = cls.read(
            {"rempli": "Durand", "jour": "23/11/2026", "jour_faux": "31/02/2026", "mobile": "06 39 98 00 01"}
        )
        form.judged().errors |= {
            "mobile_faux": "Ce numéro n'est pas valable.",
            "preuve": "Mot de passe incorrect.",
            "colleges": M9.sentence,
            "profil": "Choisissez un profil de la liste.",
        }
        form.general.append("Ce formulaire a expiré : recommencez.")
        return form


DELEGATION = Delegation(
    delegation_id=UUID(int=1),
    role=Role.UTILISATEUR,
    nom="Martin",
    prenom="Claire",
    statut=Statut.ACTIF,
    starts_on=date(2026, 11, 23),
    ends_on=None,
    email="comptable@example.com",
    colleges=[OUVRIERS, ETAM],
    rights={MA_SITUATION_DE_COMPTE: Level.CONSULTATION, DECLARATIONS_NOMINATIVES: Level.MISE_A_JOUR},
    opened_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    opened_by="Jean Durand",
    unavailable={Action.MODIFIER: why.OWN_CHANGE},
    confirmed_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
)
HELD = WholeMandate(
    delegation_id=UUID(int=1),
    raison_sociale="ENTREPRISE DURAND",
    identifiant="033 4521",
    role=Role.UTILISATEUR,
    statut=Statut.ACTIF,
    starts_on=date(2026, 11, 23),
    ends_on=date(2027, 11, 22),
    version=1,
)
FILES = [
    SentFile(f"piece{number}.pdf", 2_048, UUID(int=number), "application/pdf", scan)
    for number, scan in enumerate((Scan.CLEAN, Scan.INFECTED, Scan.WAITING, None), 1)
]
TOLD = Entry(
    at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    act=Act.MODIFICATION,
    author="Jean Durand",
    reason="Nouvelle mission",
    on_behalf_of=Behalf.COMPANY,
    changes=[Change("Date de fin", "aucune", "31/12/2026")],
)
KEPT = Profiles([Profile(False, [OUVRIERS], {}, UUID(int=1), "Comptable", 1)], may_keep=True)
_SINCE, _UNTIL = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 12, 8, 9, tzinfo=UTC)
CARES = [Care(UUID(int=1), _SINCE, _UNTIL, mine) for mine in (True, False)]
FOUND = [
    Return("E0101", Severity.BLOCKING, 3, "S21.G00.40.022", "Code caisse professionnelle de congés payés"),
    Return("CCH-11", Severity.ANOMALY, 1),
]
ANSWER = Point("REPONSE", "Réponse de la caisse", _SINCE, by=UUID(int=1), returns=FOUND, more_returns=2)


@blp.get("/")
@public
def page() -> Any:
    """Each component, in each of its states."""
    catalogue = _catalogue()
    flash("Votre demande est enregistrée.", "succes")
    flash("Votre session va bientôt expirer.", "information")
    return render_template(
        "galerie/composants.html",
        form=Example.shown(),
        changement=Problem(412, "version_perimee", "Ces informations ont été modifiées depuis l'affichage de la page."),
        liste=Listing.first("nom", (5, 10)),
        resultat=Page([], 4, 5, 40),
        catalogue=catalogue,
        droits=Rights.held(DELEGATION),
        administrateur=Rights(True, tuple(COLLEGES), {}),
        delegation=DELEGATION,
        tenue=HELD,
        gardes=KEPT,
        pieces=FILES,
        ligne=TOLD,
        prises=CARES,
        reponse=ANSWER,
        icones=ICON.findall(Path(str(current_app.static_folder), "vendor", "icons.svg").read_text()),
    )


def _catalogue() -> Catalogue:
    """The first two groups of what can be delegated, as delegation answers it."""
    groups = [Group(one.label, [Named(each.code, each.label) for each in one.functions]) for one in GROUPS[:2]]
    return Catalogue(groups, [Named(code, label) for code, label in COLLEGES.items()])
