"""What identity answers of links that invite, and of what waits to be accepted."""

INVITATION = {
    "email": "comptable@example.com",
    "adherent": {"raison_sociale": "ENTREPRISE DURAND", "identifiant": "033 4521", "siren": "732829320"},
    "starts_on": "2026-11-23",
    "ends_on": None,
    "administrator": False,
    "colleges": ["ouvriers", "etam"],
    "rights": {"ma_situation_de_compte": "consultation", "declarations_nominatives": "mise_a_jour"},
    "kind": "cabinet",
    "nom": None,
    "prenom": None,
    "accepts_by": "formulaire",
    "mobile_certified": None,
    "expires_at": "2026-11-30T09:00:00+00:00",
}
OFFERS = [
    {
        "delegation_id": f"01930000-0000-7000-8000-00000000e00{number}",
        "adherent": {"raison_sociale": name, "identifiant": f"033 900{number}", "siren": "732829320"},
        "kind": "cabinet",
        "starts_on": "2026-12-01",
        "ends_on": end,
        "administrator": end is not None,
        "colleges": ["etam"],
        "rights": {"ma_situation_de_compte": "consultation", "declarations_nominatives": "mise_a_jour"},
    }
    for number, name, end in ((1, "CHARPENTES LEROY", None), (2, "PEINTURE MARTIN", "2027-12-31"))
]
ACCEPTED: dict[str, tuple[int, object]] = {
    f"POST /account/invitations/{one['delegation_id']}/acceptance": (204, None) for one in OFFERS
}
ANSWERS: dict[str, tuple[int, object]] = {
    "POST /invitations/lookup": (200, INVITATION),
    "POST /invitations/complete": (200, {"founder": False}),
    "POST /invitations/renew": (202, {"message": ""}),
    "POST /invitations/accept": (204, None),
    "POST /invitations/mobile/code": (202, {"masked": "06 •• •• •• 01"}),
    "POST /invitations/mobile/certification": (204, None),
    "GET /account/invitations": (200, {"items": [], "page": 1, "page_size": 25, "total": 0}),
    "POST /account/invitations/acceptance": (200, {"delegation_ids": [one["delegation_id"] for one in OFFERS]}),
    **ACCEPTED,
}
