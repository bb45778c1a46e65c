"""New bank details (G78): what opens them at the caisse's, what an SMS code is for, why a proof ended."""

from enum import StrEnum

# As the file of services elsewhere names it. No function of the matrix: it is asked for each time, never granted.
NEW_BANK_DETAILS = "nouvelles_coordonnees_bancaires"


class CodeFor(StrEnum):
    """What the code of an SMS does: it certifies the number, or proves who asks for new bank details."""

    CERTIFICATION = "certification"
    BANK_DETAILS = "coordonnees_bancaires"


class Spoiled(StrEnum):
    """What changed of an account whose owner had proved himself: the proof is worth nothing any more."""

    MOBILE = "mobile"
    PASSWORD = "mot_de_passe"  # noqa: S105  (a word)
    IDENTIFIER = "identifiant"


class BankState(StrEnum):
    """Where a request stands; its author changed something of his account (`SPOILED`), administers no more (`LOST`)."""

    WAITING = "en_attente"
    OPEN = "ouverte"
    CANCELLED = "annulee"
    SPOILED = "compte_modifie"
    LOST = "droits_retires"
    LAPSED = "expiree"
