"""Two long tables of the examples: what can be delegated, and the months of a site."""

from typing import Any

from contracts.words.functions import GROUPS

EXPECTED = "Une action de votre part est attendue"
CATALOGUE: dict[str, Any] = {
    "groups": [
        {
            "label": "Mon espace adhérent",
            "functions": [
                {"code": "mes_informations_adherent", "label": "Mes informations adhérent"},
                {"code": "mes_comptes_bancaires", "label": "Mes comptes bancaires"},
                {"code": "ma_situation_de_compte", "label": "Ma situation de compte"},
                {"code": "mes_telepaiements", "label": "Mes télépaiements"},
                {"code": "mon_mode_de_reception", "label": "Mon mode de réception des documents"},
                {"code": "mes_demandes_attestation", "label": "Mes demandes d'attestation"},
                {"code": "mes_remboursements_retraite", "label": "Mes remboursements retraite"},
            ],
        },
        {
            "label": "Mes déclarations",
            "functions": [
                {"code": "declarations_salaires", "label": "Mes déclarations de salaires"},
                {"code": "declarations_nominatives", "label": "Mes déclarations nominatives"},
            ],
        },
        {
            "label": "Mes documents",
            "functions": [
                {"code": "mes_documents", "label": "Mes documents"},
                {"code": "transmettre_fichiers", "label": "Transmettre mes fichiers"},
            ],
        },
    ],
    "colleges": [
        {"code": "ouvriers", "label": "Ouvriers"},
        {"code": "etam", "label": "ETAM"},
        {"code": "cadres", "label": "Cadres"},
    ],
}
# The same with every group that the product has.
WHOLE: dict[str, Any] = {
    **CATALOGUE,
    "groups": [
        {"label": group.label, "functions": [{"code": one.code, "label": one.label} for one in group.functions]}
        for group in GROUPS
    ],
}
MONTHS = [
    {
        "periode": "2026-10",
        "label": "DSN Octobre 2026",
        "state": "MANQUANTE",
        "state_label": "Déclaration manquante",
        "due_at": "2026-11-16T11:00:00+00:00",
        "contribution_due_on": "2026-11-25",
        "late": False,
        "anomalies": 0,
        "alert": "Anomalie dans le traitement / Déclaration manquante",
        "alert_status": "OPEN",
        "received_at": None,
        "type": None,
        "effectif": None,
        "action": EXPECTED,
    },
    {
        "periode": "2026-08",
        "label": "DSN Août 2026",
        "state": "ACCEPTEE",
        "state_label": "Acceptée",
        "due_at": "2026-09-15T10:00:00+00:00",
        "contribution_due_on": "2026-09-25",
        "late": False,
        "anomalies": 0,
        "alert": None,
        "alert_status": None,
        "received_at": "2026-09-10T07:00:00+00:00",
        "type": "Normale",
        "effectif": 12,
        "action": None,
    },
]


def point(what: str, at: str, title: str, counts: bool | None = None, why: str | None = None) -> dict[str, Any]:
    """A point of a month's time-line."""
    details = ["Règle R4 : Le délai de réception est passé et aucune déclaration n'est en place."] * (what == "ALERTE")
    said = {"what": what, "at": at, "title": title, "details": details, "counts": counts, "why": why, "rule": None}
    return {**said, "by": None, "mine": False, "returns": [], "more_returns": 0}


_TEST = point(
    "DEPOT",
    "2026-11-10T09:00:00+00:00",
    "Déclaration reçue : normale, ordre 1",
    False,
    "C'est un envoi d'essai : il ne vaut pas déclaration.",
)
EXPLAINED = {
    **MONTHS[0],
    "rule": "R4",
    "rule_text": "Le délai de réception est passé et aucune déclaration n'est en place.",
    "advice": ["L'échéance du 16/11/2026 à 12 h 00 est passée : déposez la DSN Octobre 2026 sans attendre."],
    "act_before": "2026-12-15T11:00:00+00:00",
    "alerts": [],
    "timeline": [
        _TEST,
        point("ECHEANCE", "2026-11-16T11:00:00+00:00", "Échéance de la DSN Octobre 2026"),
        point("ALERTE", "2026-11-24T11:00:01+00:00", "Alerte ouverte : Anomalie dans le traitement"),
    ],
    "counted": [],
    "ignored": [_TEST],
}
AHEAD = {
    "to_do": 1,
    "next_dsn": {"label": "DSN Novembre 2026", "due_at": "2026-12-15T11:00:00+00:00"},
    "next_contribution": {"label": "DSN Octobre 2026", "due_on": "2026-12-15"},
}
