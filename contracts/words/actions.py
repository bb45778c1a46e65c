"""What the list of beneficiaries offers on a line (G19), and the answer to a completed account (G52)."""

from enum import StrEnum


class Action(StrEnum):
    """In the order of the line."""

    VOIR = "voir"
    MODIFIER = "modifier"
    SUSPENDRE = "suspendre"
    REPRENDRE = "reprendre"
    FERMER = "fermer"
    CONFIRMER = "confirmer"


class OwnAction(StrEnum):
    """What « Mes délégations » offers to who holds one."""

    RELANCER = "relancer"
    PROLONGER = "prolonger"
    RENONCER = "renoncer"
