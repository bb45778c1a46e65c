"""What dsn answers about the open alerts of the site, and delegation about who takes care of one."""

from typing import Any

from tests.gateway.tables import AHEAD as SUIVI
from tests.gateway.tables import EXPECTED as ACTION
from tests.gateway.tables import MONTHS

ALERTS = ["01930000-0000-7000-8000-0000000000a8", "01930000-0000-7000-8000-0000000000a9"]
DUE = {name: SUIVI[name] for name in ("next_dsn", "next_contribution")}
COLLEAGUE = "01930000-0000-7000-8000-0000000000c9"
_CARE = {
    "by": COLLEAGUE,
    "since": "2026-11-23T09:00:00+00:00",
    "until": "2026-12-08T09:00:00+00:00",
    "mine": False,
}


def _alert(n: int, period: str) -> dict[str, Any]:
    return {
        "alert_id": ALERTS[n],
        "periode": period,
        "kind": "B",
        "label": "Une déclaration à rectifier",
        "status": "OPEN",
        "version": 3,
        "opened_at": "2026-11-20T09:00:00+00:00",
        "correction": None,
    }


BELL = {
    "count": 2,
    "news": 1,
    "may_take": True,
    "messages": [f"DSN {month} 2026: Une déclaration à rectifier. {ACTION}" for month in ("Août", "Octobre")],
    "items": [
        {**_alert(0, "2026-08"), "new": True},
        {**_alert(1, "2026-10"), "new": False, "correction": _CARE},
    ],
    **DUE,
}
BUBBLE = [
    {"periode": f"DSN {month}-2026: Anomalie dans le traitement / Déclaration manquante", "action": ACTION, "new": new}
    for month, new in (("Octobre", True), ("Septembre", False))
]
NO_ALERTS = {"count": 0, "news": 0, "may_take": True, "messages": [], "items": [], **DUE}


def bell(query: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """As the place that asks wants it, or the numbers alone."""
    if query.get("messages") == "false":
        return 200, {**BELL, "messages": [], "items": []}
    return 200, BELL if query["view"] == "home" else {**BELL, "messages": BUBBLE}


def months(query: dict[str, str], told: dict[str, Any] = BELL) -> tuple[int, dict[str, Any]]:
    """Suivi DSN, with the alerts where they are asked for: without what is due next, which it says itself."""
    alerts = {**told, **dict.fromkeys(DUE)} if query.get("alerts") == "true" else None
    return 200, {"items": MONTHS, "years": [2026, 2025], **SUIVI, "alerts": alerts}


def answers(site: str, adherent: str) -> dict[str, Any]:
    """The calls about alerts."""
    return {
        f"GET /sites/{site}/alerts": bell,
        f"GET /sites/{site}/suivi": months,
        f"GET /adherents/{adherent}/people": (
            200,
            {"items": [{"account_id": COLLEAGUE, "nom": "Martin", "prenom": "Claire"}]},
        ),
        f"POST /alerts/{ALERTS[0]}/seen": (204, None),
        f"POST /alerts/{ALERTS[0]}/correction": (204, None),
        f"POST /alerts/{ALERTS[1]}/correction/end": (204, None),
    }
