"""Every screen: who looks at it, and its address in the world of `world.py`, whose names stand in braces."""

FOUNDER, COLLEAGUE, VISITOR = "founder", "colleague", "visitor"
SPACE, RIGHTS, ACCOUNT = "{space}", "{space}/droits", "/mon-compte"

# By the name of the gateway's endpoint, which is its picture's too.
SCREENS: dict[str, tuple[str, str]] = {
    "connexion.page": (VISITOR, "/connexion"),
    "mot_de_passe_oublie.page": (VISITOR, "/mot-de-passe-oublie"),
    "mot_de_passe_oublie.sent": (VISITOR, "/mot-de-passe-oublie/envoye"),
    "reinitialisation.page": (VISITOR, "{reset}"),
    "ouverture.page": (VISITOR, "{invitation}"),
    "ouverture.done": (VISITOR, "/ouverture-de-delegation/terminee/beneficiaire"),
    "identifiant.asked": (VISITOR, "/identifiant/demande"),
    "identifiant.activation": (VISITOR, "{activation}"),
    "identifiant.undoing": (VISITOR, "{undoing}"),
    "certification.page": (VISITOR, "{certification}"),
    "dossier.page": (VISITOR, "{dossier}"),
    "attestation.page": (VISITOR, "/attestation"),
    "arret.page": (VISITOR, "/lien/preferences/un-ancien-courriel"),
    "informations.aide": (VISITOR, "/aide"),
    "informations.mentions": (VISITOR, "/mentions-legales"),
    "informations.donnees": (VISITOR, "/protection-des-donnees"),
    "informations.cgu": (VISITOR, "/cgu"),
    "informations.accessibilite": (VISITOR, "/accessibilite"),
    "choix.page": (FOUNDER, "/choix?espace={site}"),
    "alertes.page": (FOUNDER, "/choix/alertes"),
    "accueil.page": (FOUNDER, f"{SPACE}/"),
    "documents.page": (FOUNDER, f"{SPACE}/documents-recents"),
    "suivi_dsn.page": (FOUNDER, f"{SPACE}/suivi-dsn"),
    "suivi_mois.page": (FOUNDER, "{month}"),
    "contact.page": (FOUNDER, f"{SPACE}/contact"),
    "contact.receipt": (FOUNDER, f"{SPACE}/contact/recu/{{message}}"),
    "contacter.page": (FOUNDER, "/contacter"),
    "droits.page": (FOUNDER, RIGHTS),
    "nouvelle.page": (FOUNDER, f"{RIGHTS}/nouvelle"),
    "nouvelle.cabinet": (FOUNDER, f"{RIGHTS}/cabinet"),
    "nouvelle.first": (FOUNDER, f"{RIGHTS}/nouvelle/{{draft}}"),
    "nouvelle.second": (FOUNDER, f"{RIGHTS}/nouvelle/{{draft}}/etape-2"),
    "delegation.page": (FOUNDER, f"{RIGHTS}/{{delegation}}"),
    "delegation.closing": (FOUNDER, f"{RIGHTS}/{{delegation}}/fermer"),
    "suspension.suspending": (FOUNDER, f"{RIGHTS}/{{delegation}}/suspendre"),
    "suspension.resuming": (FOUNDER, f"{RIGHTS}/{{suspended}}/reprendre"),
    "modifier.page": (FOUNDER, f"{RIGHTS}/{{delegation}}/modifier"),
    "historique_delegation.page": (FOUNDER, f"{RIGHTS}/{{delegation}}/historique"),
    "historique.page": (FOUNDER, f"{RIGHTS}/historique"),
    "qui_pouvait.page": (FOUNDER, f"{RIGHTS}/qui-pouvait"),
    "revue.page": (FOUNDER, f"{RIGHTS}/revue"),
    "profils.page": (FOUNDER, f"{RIGHTS}/profils"),
    "profils.one": (FOUNDER, f"{RIGHTS}/profils/{{profile}}"),
    "coordonnees_bancaires.page": (FOUNDER, "{bank}"),
    "attestation_delegation.page": (FOUNDER, f"{RIGHTS}/{{delegation}}/attestation"),
    "confirmation.page": (FOUNDER, "/delegations/{to_confirm}/confirmation"),
    "prolongation.page": (FOUNDER, "/delegations/{prolonged}/prolongation"),
    "compte.page": (FOUNDER, ACCOUNT),
    "compte.contact": (FOUNDER, f"{ACCOUNT}/contact"),
    "compte.password": (FOUNDER, f"{ACCOUNT}/mot-de-passe"),
    "identifiant.page": (FOUNDER, f"{ACCOUNT}/identifiant"),
    "mobile.page": (FOUNDER, f"{ACCOUNT}/mobile"),
    "mobile.entry": (FOUNDER, f"{ACCOUNT}/mobile/saisie"),
    "sessions.page": (FOUNDER, f"{ACCOUNT}/sessions"),
    "activite.page": (FOUNDER, f"{ACCOUNT}/activite"),
    "preferences.page": (FOUNDER, f"{ACCOUNT}/preferences"),
    "messages.page": (FOUNDER, f"{ACCOUNT}/messages"),
    "messages.receipt": (FOUNDER, f"{ACCOUNT}/messages/{{message}}"),
    "messages.confirm": (FOUNDER, f"{ACCOUNT}/messages/{{message}}/consentement"),
    "mandats.page": (COLLEAGUE, f"{ACCOUNT}/delegations"),
    "mandats.one": (COLLEAGUE, f"{ACCOUNT}/delegations/{{delegation}}"),
    "attestation_mandat.page": (COLLEAGUE, f"{ACCOUNT}/delegations/{{delegation}}/attestation"),
    "mandats.prolonging": (COLLEAGUE, f"{ACCOUNT}/delegations/{{delegation}}/prolonger"),
    "mandats.renouncing": (COLLEAGUE, f"{ACCOUNT}/delegations/{{delegation}}/renoncer"),
    "aide.page": (FOUNDER, "/aide/droits"),
    "questions.page": (FOUNDER, "/questions-reponses?recherche=alerte"),
    "nouveautes.page": (FOUNDER, "/nouveautes"),
}
# What is shown where no page could be: a link for somebody else, an address that leads nowhere.
BESIDE: dict[str, tuple[str, str]] = {
    "autre_personne": (COLLEAGUE, "{invitation}"),
    "erreur": (FOUNDER, f"{SPACE}/nulle-part"),
}
# What answers a GET with a file, or with another address.
NO_SCREEN = {
    *("static", "style", "scripts", "icons", "connexion.start", "lien.follow", "nouvelle.restart", "service.page"),
    *("dossier.download", "suivi_dsn.export", "alertes.export", "droits.export", "historique.export"),
    *("attestation_delegation.pdf", "attestation_mandat.pdf", "suivi_bulle.page", "coordonnees_bancaires.look"),
    "coordonnees_bancaires.entry",  # the form of the page before, once a code is on its way
}


def picture(name: str) -> str:
    """The file of a screen's picture, in docs/screens/."""
    return f"{name.replace('.', '-')}.webp"
