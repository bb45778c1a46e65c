"""A decision binds the state that its author was shown: the version of his page is the current one, or nothing is done.

Rights rise and fall through a parent's change or another administrator between a page and its button (AA52, RFC 9110
§13.1.1); who decides is told what changed and by whom, and decides again.
"""

from backbone.clock import PARIS
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.changes import changes
from services.delegation.domain.refusals import StaleDelegationRefused
from services.delegation.steps.deciding import Decision
from services.delegation.storage import journal
from services.delegation.storage.journal import Act

DONE = {
    Act.OUVERTURE: "ouverte",
    Act.IDENTIFICATION: "complétée",
    Act.CONFIRMATION: "confirmée",
    Act.REFUS: "refusée",
    Act.MODIFICATION: "modifiée",
    Act.REDUCTION: "modifiée avec celle dont elle dépend",
    Act.REVUE: "revue et gardée",
    Act.FERMETURE: "fermée",
    Act.PROLONGATION_DEMANDEE: "suivie d'une demande de prolongation",
    Act.PROLONGATION: "prolongée",
    Act.PROLONGATION_REFUSEE: "suivie du refus d'une prolongation",
    Act.ATTESTATION: "suivie de l'émission d'une attestation",
    Act.RENONCIATION: "fermée, car son bénéficiaire y a renoncé,",
    Act.CASCADE: "fermée avec celle dont elle dépend",
    Act.ECHEANCE: "fermée à sa date de fin",
    Act.REMPLACEMENT: "fermée",
    Act.DOUBLE: "fermée, car son bénéficiaire en a déjà une,",
    Act.LEFT: "fermée, car son bénéficiaire a quitté cette adresse,",
    Act.INVITATION: "suivie d'un nouveau lien d'invitation demandé",
}
BY_ITSELF = (Act.ECHEANCE, Act.DOUBLE, Act.LEFT, Act.RENONCIATION)


def ensure_shown(uow: UnitOfWork, decision: Decision, version: int) -> None:
    """Raises StaleDelegationRefused unless `version`, which the page carried, is the target as it is now."""
    target = decision.target
    if target.sequence == version:
        return
    last = journal.last_entry(uow.connection, decision.actor, target.id)
    shown = journal.grant_at(uow.connection, target.id, version)
    if last is None or shown is None:
        raise StaleDelegationRefused
    at = f"{last['at'].astimezone(PARIS):%d/%m/%Y à %H:%M}"
    done = DONE.get(last["act"], "modifiée")
    author = "" if last["act"] in BY_ITSELF else f" par {last['author']}"
    raise StaleDelegationRefused(
        f"Depuis l'affichage de la page, cette délégation a été {done}{author} le {at}.",
        errors=changes(shown, target.effective),
    )
