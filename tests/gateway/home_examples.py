"""The home page of a site: what is used, and what awaits its administrator."""

from typing import Any


def home(pending: str, active: str) -> dict[str, Any]:
    """One to confirm, one that ends soon and is not named yet."""
    awaited = {
        "delegation_id": pending,
        "nom": "Martin",
        "prenom": "Claire",
        "email": "claire@example.com",
        "ends_on": None,
    }
    unnamed = {**awaited, "delegation_id": active, "nom": None, "prenom": None, "ends_on": "2026-12-23"}
    return {
        **{"pinned": [], "used": [], "own_end": None, "to_review": 0},
        "to_confirm": {"total": 1, "items": [awaited]},
        "to_prolong": {"total": 0, "items": []},
        "ending": {"total": 2, "items": [unnamed]},
    }
