"""The alerts about the DSN, in words that more than one program says."""

from enum import StrEnum


class AlertKind(StrEnum):
    """The two alerts a user can tell apart (D5). The finer cause is the alert's reason."""

    MISSING = "A"
    TO_RECTIFY = "B"

    @property
    def label(self) -> str:
        """The guide's words."""
        return _LABELS[self]


_LABELS = {
    AlertKind.MISSING: "Anomalie dans le traitement / Déclaration manquante",
    AlertKind.TO_RECTIFY: "Une déclaration à rectifier",
}


class AlertStatus(StrEnum):
    """Open counts; in correction (by a proof) no longer does; resolved and cancelled are over."""

    OPEN = "OPEN"
    IN_CORRECTION = "IN_CORRECTION"
    RESOLVED = "RESOLVED"
    CANCELLED = "CANCELLED"


ALIVE = (AlertStatus.OPEN, AlertStatus.IN_CORRECTION)


class AlertChange(StrEnum):
    """What happened to an alert.

    REOPENED: it counts again, after it was over or because the answer to a correction is bad or does not come.
    CORRECTION_STARTED: its proof is there. TAKEN, LEFT: somebody takes care of it, or does not any more; FELL_BACK: he
    did for as long as one may without a proof."""

    RAISED = "RAISED"
    REOPENED = "REOPENED"
    CORRECTION_STARTED = "CORRECTION_STARTED"
    REASON_CHANGED = "REASON_CHANGED"
    TAKEN = "TAKEN"
    LEFT = "LEFT"
    FELL_BACK = "FELL_BACK"
    RESOLVED = "RESOLVED"
    CANCELLED = "CANCELLED"
