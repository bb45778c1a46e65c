"""What the caisse's systems say of declarations, in words that an event and its listener share."""

from enum import StrEnum


class CrmStatus(StrEnum):
    """The status of an answer: nothing to fix, anomalies, blocked, not finished."""

    OK = "OK"
    ANO = "ANO"
    KO = "KO"
    PENDING = "EN_COURS"


class Severity(StrEnum):
    """How much a return weighs."""

    INFORMATION = "INFORMATION"
    ANOMALY = "ANOMALIE"
    BLOCKING = "BLOQUANT"


class Cause(StrEnum):
    """Why the caisse could not process a declaration: words of ours, so that nothing personal can stand here."""

    CONTROL = "CONTROLE_INTERROMPU"
    DATA = "DONNEES_INCOHERENTES"
    SETTINGS = "PARAMETRAGE"
    TECHNICAL = "TECHNIQUE"
    OTHER = "AUTRE"


class Origin(StrEnum):
    """Who says that a month was put right without another deposit of that month."""

    ONLINE = "ONLINE"
    AGENT = "AGENT"
    SUBSTITUTION = "SUBSTITUTION"
