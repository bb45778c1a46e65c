"""Where something stands, in words that more than one program says."""

from enum import StrEnum


class AccountStatus(StrEnum):
    """Of an account. Only « actif » logs in (G52); « desactive » keeps everything and logs nobody in (G54)."""

    INVITE = "invite"
    COMPLETE = "complete"
    ACTIF = "actif"
    DESACTIVE = "desactive"


class Statut(StrEnum):
    """Of a delegation, as lists show it and filter by it (G8)."""

    ACTIF = "Actif"
    EN_ATTENTE = "En attente"
    INACTIF = "Inactif"
    A_VENIR = "À venir"
    SUSPENDUE = "Suspendue"


class MonthState(StrEnum):
    """Of the DSN of one month of a site."""

    NOT_EXPECTED = "NON_ATTENDUE"
    TO_COME = "A_VENIR"
    AWAITED = "EN_ATTENTE"
    MISSING = "MANQUANTE"
    INCOMPLETE = "PARTIELLE"
    PROCESSING = "EN_TRAITEMENT"
    FAILED = "EN_ANOMALIE"
    REFUSED = "REJETEE"
    TO_RECTIFY = "A_RECTIFIER"
    RECTIFIED = "RECTIFIEE"
    ACCEPTED_NEANT = "ACCEPTEE_NEANT"
    ACCEPTED = "ACCEPTEE"


class Scan(StrEnum):
    """Of a file, by what an antivirus said of it. Only a verdict is stored: a file without one waits for it."""

    WAITING = "en_cours"
    CLEAN = "sain"
    INFECTED = "infecte"


class WaitsFor(StrEnum):
    """Of a link that does not leave yet: too many went to that mailbox, or somebody left it and may take it back."""

    LIMITE = "limite"
    ADRESSE_RETENUE = "adresse_retenue"


class Outcome(StrEnum):
    """Of the mail of a link: the mail server took it, or it will never leave."""

    ENVOYE = "envoye"
    ECHEC = "echec"
