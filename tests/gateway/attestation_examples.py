"""What delegation answers of attestations: one that is issued, and what is told of its number."""

import random
from typing import Any

from contracts.rules.attestation_numbers import new_number
from contracts.terms import TERMS
from contracts.words.mandate_texts import CURRENT

NUMBER = new_number(random.Random(0).choice)
ATTESTATION: dict[str, Any] = {
    "number": NUMBER,
    "issued_at": "2026-11-23T14:05:00+00:00",
    "in_force": True,
    "raison_sociale": "ENTREPRISE DURAND",
    "siren": "732829320",
    "identifiant": "033 4521",
    "nom": "Le Gœff-Święcki",
    "prenom": "Loïc",
    "email": "martin@example.com",
    "kind": "cabinet",
    "role": "Utilisateur",
    **TERMS,
    "opened_at": "2026-11-20T09:00:00+00:00",
    "completed_at": "2026-11-21T10:30:00+00:00",
    "confirmed_at": "2026-11-22T23:30:00+00:00",
    "closed_at": None,
    "opened_by": "Un administrateur de l'entreprise",
    "confirmed_by": "Un administrateur de l'entreprise",
    "texts": {"ouverture": CURRENT, "acceptation": CURRENT, "confirmation": None},
}
ONE_PAGE = {"page": 1, "page_size": 10, "total": 1}
ISSUED = {name: ATTESTATION[name] for name in ("number", "issued_at")}


def answers(held: str, adherent: str) -> dict[str, Any]:
    """The one of `held`, for both sides, and the word for anybody."""
    places = (f"/adherents/{adherent}/delegations/{held}/attestation", f"/mandates/{held}/attestation")
    return {
        **{f"GET {place}": (200, ATTESTATION) for place in places},
        **{f"POST {place}": (204, None) for place in places},
        "GET /mandates/attestations": (200, {"items": [{"delegation_id": held, **ISSUED}], **ONE_PAGE}),
        "POST /attestations/verification": (200, {"state": "valide"}),
    }
