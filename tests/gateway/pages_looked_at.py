"""The pages that are looked at in a browser: of a person, wide and narrow, and of a visitor."""

from tests.gateway.examples import ACTIVE, PENDING, SITE, SPACE

PAGES = [
    "/connexion",
    "/mot-de-passe-oublie",
    "/lien/invitation/x",  # somebody else is logged in
    "/lien/dossier/x",
    "/aide",
    "/aide/droits",
    "/questions-reponses",
    "/questions-reponses?recherche=alerte",
    "/nouveautes",
    "/contacter",
    "/choix",
    f"{SPACE}/",
    f"{SPACE}/suivi-dsn",
    f"{SPACE}/suivi-dsn/2026-10",
    f"{SPACE}/droits",
    f"{SPACE}/droits/cabinet",
    f"{SPACE}/droits/historique",
    f"{SPACE}/droits/revue",
    f"{SPACE}/droits/{ACTIVE}",
    f"{SPACE}/droits/{ACTIVE}/fermer",
    f"{SPACE}/droits/{ACTIVE}/historique",
    f"{SPACE}/droits/{ACTIVE}/modifier",
    f"/delegations/{PENDING}/confirmation",
    f"{SPACE}/contact",
    f"{SPACE}/documents-recents",
    "/mon-compte",
    "/mon-compte/contact",
    "/mon-compte/mot-de-passe",
    "/mon-compte/mobile",
    "/mon-compte/mobile/saisie",
    f"/mon-compte?espace={SITE}",
    f"/choix?espace={SITE}",
    "/mon-compte/sessions",
    "/mon-compte/activite",
    "/mon-compte/messages",
]
OF_A_VISITOR = ["/lien/invitation/x", "/lien/reinitialisation/x", "/lien/annulation/x", "/lien/certification/x"]
