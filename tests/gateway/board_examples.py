"""What dsn answers about the alerts of all the sites of a person."""

from collections.abc import Sequence
from typing import Any

from tests.gateway.alert_examples import COLLEAGUE
from tests.gateway.tables import EXPECTED

KINDS = {"A": "Anomalie dans le traitement / Déclaration manquante", "B": "Une déclaration à rectifier"}
_SITE = ("site_id", "adherent_id", "raison_sociale", "siret", "nom", "identifiant")
_MONTHS = {"2026-08": "DSN Août 2026", "2026-10": "DSN Octobre 2026"}
CARE = {"since": "2026-11-23T09:00:00+00:00", "until": "2026-12-08T09:00:00+00:00", "by": COLLEAGUE, "mine": False}


def alert(site: dict[str, Any], month: str, kind: str = "A", **said: Any) -> dict[str, Any]:
    """An alert of `site`, as the board tells it."""
    return {
        **{name: site[name] for name in _SITE},
        "periode": month,
        "periode_label": _MONTHS[month],
        "kind": kind,
        "label": KINDS[kind],
        "action": EXPECTED,
        "opened_at": "2026-11-17T11:00:00+00:00",
        "new": False,
        "correction": None,
        **said,
    }


def board(items: list[dict[str, Any]], query: dict[str, str], total: int | None = None) -> dict[str, Any]:
    """A page of `items`, as it is asked for; `total` for a list that is longer."""
    shown = [one for one in items if query.get("kind") in (None, one["kind"])]
    kinds = [
        {"kind": kind, "label": label, "count": sum(one["kind"] == kind for one in items)}
        for kind, label in KINDS.items()
    ]
    page, size = int(query["page"]), int(query["page_size"])
    return {
        "items": shown[(page - 1) * size : page * size],
        "page": page,
        "page_size": size,
        "total": len(shown) if total is None else total,
        "totals": {"sites": len({one["site_id"] for one in items}), "kinds": kinds},
    }


def answers(sites: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Two months of the first site, one of which is taken care of; one of the last site."""
    items = [
        alert(sites[0], "2026-08", "B"),
        alert(sites[0], "2026-10", correction=CARE),
        alert(sites[-1], "2026-10", new=True),
    ]
    return {"GET /alerts": lambda query: (200, board(items, query))}
