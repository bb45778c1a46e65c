"""What identity answers of links that invite, and of what waits to be accepted."""

INVITATION = {
    "email": "comptable@example.com",
    "adherent": {"raison_sociale": "ENTREPRISE DURAND", "identifiant": "033 4521", "siren": "732829320"},
    "starts_on": "2026-11-23",
    "ends_on": None,
    "administrator": False,
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
    }
    for number, name, end in ((1, "CHARPENTES LEROY", None), (2, "PEINTURE MARTIN", "2027-12-31"))
]
