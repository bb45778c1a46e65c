"""The fictional company of the examples: one adhérent, one firm, one account, so that the examples fit together."""

from typing import Any

from contracts.terms import TERMS
from contracts.words.kinds import Kind
from contracts.words.statuses import AccountStatus

ADHERENT_ID = "01930000-0000-7000-8000-0000000000a1"
SITE_ID = "01930000-0000-7000-8000-0000000000b1"
DELEGATION_ID = "01930000-0000-7000-8000-0000000000d1"
ACCOUNT_ID = "01930000-0000-7000-8000-0000000000c1"
SESSION_ID = "01930000-0000-7000-8000-0000000000f1"
SEALED = "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyJ9.c2VhbGVk.aXY.Y2lwaGVydGV4dA.dGFn"

ADHERENT: dict[str, Any] = {
    "adherent_id": ADHERENT_ID,
    "caisse": "IDF",
    "identifiant": "0412345",
    "raison_sociale": "ENTREPRISE DURAND",
    "siren": "732829320",
}

ADHERENT_WITH_SITES: dict[str, Any] = {
    **ADHERENT,
    "sites": [
        {
            "site_id": SITE_ID,
            "siret": "73282932000074",
            "nom": "Siège",
            "due_day": 15,
            "first_period": "2026-09",
            "last_period": None,
        }
    ],
}

ACCOUNT: dict[str, Any] = {
    "account_id": ACCOUNT_ID,
    "status": AccountStatus.ACTIF,
    "email": "comptable@example.com",
    "nom": "Martin",
    "prenom": "Claire",
    "telephone_fixe": None,
    "telephone_mobile": "+33639980001",
    "mobile_certified": False,
}

DELEGATION: dict[str, Any] = {
    "delegation_id": DELEGATION_ID,
    "parent_id": None,
    "adherent": ADHERENT,
    "beneficiary": {"email": "comptable@example.com", "account_id": None, "nom": None, "prenom": None},
    "kind": Kind.CABINET,
    **TERMS,
    "opened_at": "2026-11-23T09:00:00+00:00",
    "completed_at": None,
    "confirmed_at": None,
    "refused_at": None,
    "closed_at": None,
}

COMPLETED_DELEGATION: dict[str, Any] = {
    **DELEGATION,
    "beneficiary": {
        "email": "comptable@example.com",
        "account_id": ACCOUNT_ID,
        "nom": "Martin",
        "prenom": "Claire",
    },
    "completed_at": "2026-11-23T10:00:00+00:00",
}

CONFIRMED_DELEGATION: dict[str, Any] = {**COMPLETED_DELEGATION, "confirmed_at": "2026-11-23T11:00:00+00:00"}
