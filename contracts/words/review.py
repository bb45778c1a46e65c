"""The review of who has which right: what an administrator answers of each delegation, and why he is asked."""

from enum import StrEnum


class Answer(StrEnum):
    """What becomes of a delegation that is reviewed."""

    GARDER = "garder"
    REDUIRE = "reduire"
    FERMER = "fermer"


class Due(StrEnum):
    """Why a delegation is to be reviewed: who granted it administers no more, or nobody did for so long."""

    DEPART = "depart"
    PERIODE = "periode"


MOST_ANSWERS = 50  # of one form, which is one transaction
