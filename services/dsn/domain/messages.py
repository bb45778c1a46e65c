"""What a person reads of an alert, exactly as the guide prints it (G63, G64, T3).

The layout follows the place: site list with a hyphen and two lines, home page with neither. Both know both kinds.
"""

from contracts.words.alerts import AlertKind as Kind
from services.dsn.domain.periods import Period

__all__ = ["ACTION", "Kind", "event_message", "home_message", "site_message"]
ACTION = "Une action de votre part est attendue"


def site_message(period: Period, kind: Kind) -> dict[str, str]:
    """The bubble of the site list (G63): « DSN Octobre-2021: … » and, on its own line, the action."""
    return {"periode": f"DSN {period.name}-{period.year}: {kind.label}", "action": ACTION}


def event_message(period: Period, kind: Kind) -> str:
    """What an event says of an alert: as the home page, without the action."""
    return f"{period.label}: {kind.label}"


def home_message(period: Period, kind: Kind) -> str:
    """The bell of the home page (G64), one line."""
    return f"{event_message(period, kind)}. {ACTION}"
