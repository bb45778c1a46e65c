"""What a person reads of an alert, exactly as the guide prints it (G63, G64, T3).

The layout follows the place: site list with a hyphen and two lines, home page with neither. Both know both kinds.
"""

from enum import StrEnum

from services.dsn.domain.periods import Period

ACTION = "Une action de votre part est attendue"


class Kind(StrEnum):
    """The two alerts a user can tell apart (D5). The finer cause is the alert's reason."""

    MISSING = "A"
    TO_RECTIFY = "B"

    @property
    def label(self) -> str:
        """The guide's words."""
        return _LABELS[self]


_LABELS = {
    Kind.MISSING: "Anomalie dans le traitement / Déclaration manquante",
    Kind.TO_RECTIFY: "Une déclaration à rectifier",
}


def site_message(period: Period, kind: Kind) -> dict[str, str]:
    """The bubble of the site list (G63): « DSN Octobre-2021: … » and, on its own line, the action."""
    return {"periode": f"DSN {period.name}-{period.year}: {kind.label}", "action": ACTION}


def home_message(period: Period, kind: Kind) -> str:
    """The bell of the home page (G64), one line."""
    return f"DSN {period.name} {period.year}: {kind.label}. {ACTION}"
