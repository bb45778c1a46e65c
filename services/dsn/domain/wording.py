"""What a month is explained with, in French: one sentence for each rule, each fact, each turn of an alert."""

from contracts.words.facts import Origin
from services.dsn.domain.alerts import Change
from services.dsn.domain.crm import ACCEPTED, CORRECTIONS, PARTIAL, REFUSED, Crm
from services.dsn.domain.deposit import CANCELS, MONTHLY, REPLACES, Deposit
from services.dsn.domain.facts import Fact, Why
from services.dsn.domain.month import Reason

# Rule by rule as the table of docs/dsn.md, « Months », numbers them.
RULES = {
    "R0": "Ce mois est trop ancien : il n'est plus suivi ni conservé.",
    "R1": "Aucune déclaration n'est attendue pour ce mois : le site ne déclare pas encore, ne déclare plus, ou a"
    " demandé à sortir de la DSN dans une déclaration acceptée.",
    "R2": "Aucune déclaration n'est en place et l'échéance n'est pas passée.",
    "R3": "L'échéance est passée, mais une déclaration déposée à temps peut encore être en chemin : la caisse attend la"
    " fin du délai de réception.",
    "R4": "Le délai de réception est passé et aucune déclaration n'est en place.",
    "R5": "La plateforme de dépôt a rejeté la déclaration : la caisse ne l'a pas reçue.",
    "R6": "Seuls des envois d'essai ou des déclarations qui ne s'adressent pas à la caisse sont arrivés : aucun ne"
    " compte.",
    "R7": "La déclaration est faite en plusieurs fractions : toutes ne sont pas arrivées, ou elles ne s'accordent pas"
    " sur leur nombre.",
    "R8": "Un fichier reçu pour ce mois n'a pas pu être traité.",
    "R9": "La déclaration a été annulée et rien ne l'a remplacée.",
    "R10": "La déclaration est arrivée en entier ; la caisse n'a pas encore donné toutes ses réponses.",
    "R11": "La caisse n'a pas pris en compte la déclaration (code retour 3).",
    "R12": "La caisse n'a pris en compte qu'une partie de la déclaration (code retour 2).",
    "R13": "La caisse a pris en compte la déclaration et demande des corrections (code retour 1).",
    "R14": "La déclaration dit que personne ne relève de la caisse ce mois-ci (néant).",
    "R15": "La caisse a accepté la déclaration (code retour 0).",
    "R16": "Les corrections demandées par la caisse ont été faites après coup et acceptées.",
}


_IGNORED = {
    Why.TEST: "C'est un envoi d'essai : il ne vaut pas déclaration.",
    Why.OTHER_NATURE: "C'est un signalement d'événement, pas une déclaration mensuelle.",
    Why.OTHER_CAISSE: "Elle ne s'adresse pas à la caisse : aucun contrat ne porte son code (S21.G00.40.022).",
    Why.DUPLICATE: "Une déclaration est déjà en place pour ce déclarant et cette fraction : seule une annule et"
    " remplace peut la modifier.",
    Why.REPLACED: "Une déclaration plus récente l'a remplacée.",
    Why.CANCELLED: "Une annulation plus récente l'a retirée.",
    Why.OVERTAKEN: "Ce qui est arrivé depuis dit autre chose.",
    Why.NOT_ACCEPTED: "La caisse n'a pas accepté cette correction.",
}
_OVERTAKEN = {
    CANCELS: "Aucune déclaration n'était en place : il n'y avait rien à annuler.",
    REPLACES: "Son numéro d'ordre est antérieur à celui de la déclaration qu'elle voulait remplacer.",
}
_NEWER_ANSWER = "La caisse a publié depuis une réponse plus récente."
_ANSWER_TO_IGNORED = "Elle répond à une déclaration qui ne compte pas."

REASONS = {
    Reason.MISSING: "aucune déclaration n'est en place",
    Reason.NOT_ADDRESSED: "rien de ce qui est arrivé ne s'adresse à la caisse",
    Reason.FRACTION: "une fraction manque",
    Reason.PROCESSING: "la déclaration n'a pas pu être traitée",
    Reason.PARTIAL: "la déclaration n'est prise en compte qu'en partie",
    Reason.CORRECTIONS: "la caisse demande des corrections",
}

# What proves that an alert is over, or why there is nothing left to prove.
RESOLUTIONS = {
    "RECEIVED": "la déclaration est arrivée",
    "ACCEPTED": "la caisse a accepté la déclaration",
    "LATE_ACCEPTED": "la caisse a accepté la déclaration, arrivée hors délai",
    "NEANT": "une déclaration néant est arrivée",
    "REPLACED": "une autre déclaration a pris la place de celle qui était à rectifier",
    "REGULARISED_LATER": "la correction faite dans la DSN d'un mois suivant est acceptée",
    "RECTIFIED_ONLINE": "la rectification faite dans l'Espace sécurisé est validée",
    "SUBSTITUTION": "la caisse a accepté une déclaration de substitution",
    "SITE_CLOSED": "plus aucune déclaration n'est attendue pour ce mois",
    "CALENDAR": "l'échéance de ce mois a changé et n'est plus passée",
    "AGENT": "un agent de la caisse y a mis fin",
    "RETENTION": "le mois est trop ancien pour être encore suivi",
}

NATURES = {MONTHLY: "Déclaration reçue", "09": "Déclaration de substitution reçue"}

ORIGINS = {
    Origin.ONLINE: "faite dans l'Espace sécurisé",
    Origin.AGENT: "faite par un agent de la caisse",
    Origin.SUBSTITUTION: "par une déclaration de substitution",
}

CHANGES = {
    Change.RAISED: "Alerte ouverte",
    Change.REOPENED: "Alerte rouverte",
    Change.CORRECTION_STARTED: "Correction en cours",
    Change.REASON_CHANGED: "Motif de l'alerte modifié",
    Change.TAKEN: "Alerte prise en charge",
    Change.LEFT: "Alerte qui n'est plus prise en charge",
    Change.FELL_BACK: "Prise en charge sans correction dans le délai",
    Change.RESOLVED: "Alerte levée",
    Change.CANCELLED: "Alerte annulée",
}

ANSWERS = {
    ACCEPTED: "Acceptée",
    CORRECTIONS: "Prise en compte, à rectifier",
    PARTIAL: "Partiellement prise en compte",
    REFUSED: "Non prise en compte",
}

_CAUSES = {
    "clock": "le calendrier (échéance ou délai passé)",
    "sweep": "le contrôle quotidien",
    "person": "une personne qui s'occupe de la DSN",
}


def ignored_for(fact: Fact, why: Why) -> str:
    """Why a fact does not count."""
    if isinstance(fact, Crm):
        return _NEWER_ANSWER if why is Why.OVERTAKEN else _ANSWER_TO_IGNORED
    if isinstance(fact, Deposit) and why is Why.OVERTAKEN:
        return _OVERTAKEN[CANCELS if fact.type == CANCELS else REPLACES]
    return _IGNORED[why]


def cause(told: str) -> str:
    """What made us look at a month, from what its history keeps (`storage/alerts.py`): « clock », « import <id> »…"""
    return _CAUSES.get(told) or ("un fichier reçu" if told.startswith("import ") else told)


def rule(number: str) -> str:
    """The rule in words; the number alone for one that this version does not know."""
    return RULES.get(number, number)
