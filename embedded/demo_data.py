"""The demo's fictional companies. Addresses are example.com's, SIREN and SIRET are valid keys of nobody."""

import csv
import io
from datetime import date

PASSWORD = "Grue-Violette-2026"  # noqa: S105  (a demonstration on this machine alone, printed at the start)
FIRM = "comptable@example.com"
LOGINS = {
    FIRM: "cabinet comptable COMPTAGESTION, délégué par trois entreprises",
    "durand@example.com": "administrateur de l'entreprise DURAND (cinq sites)",
    "leroy@example.com": "administrateur de l'entreprise LEROY",
    "petit@example.com": "administrateur de l'entreprise PETIT",
}
# The sites of DURAND whose months are told by `demo_dsn.py`, by their names; the others stay silent.
GUIDE_MISSING, GUIDE_TO_RECTIFY, WITNESS = "Guide, septembre 2021", "Guide, août 2022", "Chantier témoin"
_DURAND = ("Siège", "Agence Nord", GUIDE_MISSING, GUIDE_TO_RECTIFY, WITNESS)
CLIENTS = ("durand", "leroy", "petit")
PRENOMS = {"durand": "Paul", "leroy": "Anne", "petit": "Marc", "nouveau": "Jeanne"}
HEADER = (
    "caisse,identifiant_cibtp,raison_sociale,siren,administrateur_email,administrateur_nom,administrateur_prenom,"
    "cabinet_nom,cabinet_email,siret,site_nom,jour_echeance,premiere_periode"
).split(",")


def founder_of(client: str) -> str:
    """The address of a company's founding administrator."""
    return f"{client}@example.com"


def referential(today: date) -> str:
    """The caisse's file (CSV) as of `today`: months before today make alerts on some sites, none on others.

    NOUVEAU has not opened its account: its invitation waits in the mailbox, for whoever takes the journey by hand.
    """
    late, recent, fresh = (period(today, months) for months in (3, 2, 0))
    first = dict(zip(_DURAND, (late, fresh, "2021-09", "2022-08", period(today, 8)), strict=True))
    rows = [
        ("IDF", "0412345", "ENTREPRISE DURAND", "1", "durand", [(name, 15, since) for name, since in first.items()]),
        ("IDF", "0455120", "LEROY MAÇONNERIE", "2", "leroy", [("Chantiers Est", 15, recent), ("Dépôt", 5, fresh)]),
        ("IDF", "0478802", "PETIT ET FILS", "3", "petit", [("Siège", 15, fresh)]),
        ("IDF", "0490017", "NOUVEAU CHARPENTE", "4", "nouveau", [("Atelier", 15, recent)]),
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for caisse, identifiant, raison_sociale, seed, name, sites in rows:
        siren = _with_key(f"8100000{seed}")
        for number, (site, due_day, first) in enumerate(sites, 1):
            siret = _siret(siren, number)
            person = (f"{name}@example.com", name.title(), PRENOMS[name])
            firm = ("COMPTAGESTION", FIRM)
            writer.writerow((caisse, identifiant, raison_sociale, siren, *person, *firm, siret, site, due_day, first))
    return text.getvalue()


def site_of_durand(name: str) -> str:
    """The SIRET of a site of DURAND."""
    return _siret(_with_key("81000001"), _DURAND.index(name) + 1)


def _siret(siren: str, number: int) -> str:
    return _with_key(f"{siren}000{number}")


def period(today: date, months_ago: int) -> str:
    """The month « AAAA-MM » so many months before that of `today`."""
    months = today.year * 12 + today.month - 1 - months_ago
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _with_key(digits: str) -> str:
    """`digits` and the digit that makes the Luhn key right."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"
