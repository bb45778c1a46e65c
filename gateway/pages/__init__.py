"""One file per screen: who may enter, what is asked of the services, what is shown."""

from gateway.pages.accueil import blp as accueil
from gateway.pages.activite import blp as activite
from gateway.pages.aide import blp as aide
from gateway.pages.alertes import blp as alertes
from gateway.pages.arret import blp as arret
from gateway.pages.attestation import blp as attestation
from gateway.pages.attestation_delegation import blp as attestation_delegation
from gateway.pages.attestation_mandat import blp as attestation_mandat
from gateway.pages.brouillon import blp as brouillon
from gateway.pages.certification import blp as certification
from gateway.pages.choix import blp as choix
from gateway.pages.compte import blp as compte
from gateway.pages.confirmation import blp as confirmation
from gateway.pages.connexion import blp as connexion
from gateway.pages.contact import blp as contact
from gateway.pages.contacter import blp as contacter
from gateway.pages.coordonnees_bancaires import blp as coordonnees_bancaires
from gateway.pages.delegation import blp as delegation
from gateway.pages.documents import blp as documents
from gateway.pages.dossier import blp as dossier
from gateway.pages.droits import blp as droits
from gateway.pages.historique import blp as historique
from gateway.pages.historique_delegation import blp as historique_delegation
from gateway.pages.identifiant import blp as identifiant
from gateway.pages.informations import blp as informations
from gateway.pages.lien import blp as lien
from gateway.pages.mandats import blp as mandats
from gateway.pages.messages import blp as messages
from gateway.pages.mobile import blp as mobile
from gateway.pages.modifier import blp as modifier
from gateway.pages.mot_de_passe_oublie import blp as mot_de_passe_oublie
from gateway.pages.nouveautes import blp as nouveautes
from gateway.pages.nouvelle import blp as nouvelle
from gateway.pages.ouverture import blp as ouverture
from gateway.pages.preferences import blp as preferences
from gateway.pages.profils import blp as profils
from gateway.pages.prolongation import blp as prolongation
from gateway.pages.questions import blp as questions
from gateway.pages.qui_pouvait import blp as qui_pouvait
from gateway.pages.raccourcis import blp as raccourcis
from gateway.pages.reinitialisation import blp as reinitialisation
from gateway.pages.rester import blp as rester
from gateway.pages.revue import blp as revue
from gateway.pages.service import blp as service
from gateway.pages.sessions import blp as sessions
from gateway.pages.suivi_alertes import blp as suivi_alertes
from gateway.pages.suivi_bulle import blp as suivi_bulle
from gateway.pages.suivi_dsn import blp as suivi_dsn
from gateway.pages.suivi_mois import blp as suivi_mois
from gateway.pages.suspension import blp as suspension

BLUEPRINTS = (
    connexion,
    rester,
    mot_de_passe_oublie,
    attestation,
    lien,
    arret,
    ouverture,
    reinitialisation,
    choix,
    alertes,
    accueil,
    raccourcis,
    documents,
    service,
    suivi_bulle,
    coordonnees_bancaires,
    suivi_dsn,
    suivi_mois,
    suivi_alertes,
    droits,
    attestation_delegation,
    nouvelle,
    delegation,
    suspension,
    revue,
    profils,
    historique,
    historique_delegation,
    qui_pouvait,
    modifier,
    confirmation,
    prolongation,
    contact,
    brouillon,
    contacter,
    messages,
    preferences,
    dossier,
    compte,
    mandats,
    attestation_mandat,
    sessions,
    activite,
    identifiant,
    certification,
    mobile,
    informations,
    aide,
    questions,
    nouveautes,
)
