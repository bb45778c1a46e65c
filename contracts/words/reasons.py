"""Why something ended, as events say it and mails explain it."""

from enum import StrEnum

LONGEST_REASON = 200  # characters of what a person says of why he refused


class Closed(StrEnum):
    """Why a delegation ended: somebody closed it; its date de fin is over; its person has another one of that adhérent
    on the same days (K2); he left the address that was asked before anybody confirmed (K1); the caisse named another
    founder."""

    FERMETURE = "fermeture"
    ECHEANCE = "echeance"
    DOUBLE = "personne_en_double"
    LEFT = "adresse_quittee"
    REPLACED = "remplacement"


class Undone(StrEnum):
    """Why an account has its former address again: the former address asked, or the new one was not proved in time."""

    ANNULATION = "annulation"
    ECHEANCE = "echeance"
