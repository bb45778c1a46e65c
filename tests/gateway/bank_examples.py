"""New bank details (G78), as the services answer of them."""

from typing import Any

REQUEST = "01930000-0000-7000-8000-0000000000ba"
OTHER_REQUEST = "01930000-0000-7000-8000-0000000000bb"


def request(state: str, request_id: str = REQUEST, **more: Any) -> dict[str, Any]:
    """One request of Paul Durand."""
    return {
        "request_id": request_id,
        "state": state,
        **{"nom": "Durand", "prenom": "Paul", "email": "durand@example.com"},
        "asked_at": "2026-11-22T09:00:00+00:00",
        "opens_at": "2026-11-24T09:00:00+00:00",
        "closes_at": "2026-12-01T09:00:00+00:00",
        **dict.fromkeys(("cancelled_at", "cancelled_by", "spoiled_at", "spoiled_by")),
        **more,
    }


def details(adherent: str, mine: Any = None, *others: Any) -> dict[str, Any]:
    """What was asked of the company."""
    company = {"adherent_id": adherent, "identifiant": "033 4521", "raison_sociale": "ENTREPRISE DURAND"}
    return {"adherent": {**company, "siren": "732829320", "caisse": "RA"}, "mine": mine, "others": list(others)}


def answers(adherent: str) -> dict[str, Any]:
    """Nothing was asked."""
    of = f"/adherents/{adherent}/bank-details"
    return {
        "POST /account/bank-details/code": (202, {"masked": "+33 •• •• •• 01"}),
        "POST /account/bank-details/proof": (204, None),
        f"GET {of}": (200, details(adherent)),
        **{f"POST {of}/requests/{one}/cancellation": (204, None) for one in (REQUEST, OTHER_REQUEST)},
        f"POST {of}/passage": (204, None),
    }
