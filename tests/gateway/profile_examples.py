"""What delegation answers of the profiles of a company, for page tests."""

from typing import Any

PROFILE = "01930000-0000-7000-8000-0000000000f1"
COMPTABLE = {
    "profile_id": PROFILE,
    "name": "Comptable",
    "version": 2,
    "administrator": False,
    "colleges": ["ouvriers", "etam"],
    "rights": {"declarations_nominatives": "mise_a_jour", "mes_documents": "consultation"},
}


def answers(adherent_id: str) -> dict[str, Any]:
    """By « METHOD /path »."""
    path = f"/adherents/{adherent_id}/profiles"
    return {
        f"GET {path}": (200, {"items": [COMPTABLE], "may_keep": True}),
        f"POST {path}": (201, {"profile_id": PROFILE}),
        **{f"POST {path}/{PROFILE}/{act}": (204, None) for act in ("name", "end")},
    }
