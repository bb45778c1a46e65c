"""Two long tables of the examples: what can be delegated, and the months of a site."""

from typing import Any

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
MONTHS = [
    {
        "periode": "2026-10",
        "label": "DSN Octobre 2026",
        "state": "MANQUANTE",
        "state_label": "Déclaration manquante",
        "due_at": "2026-11-16T11:00:00+00:00",
        "contribution_due_on": "2026-11-25",
        "late": True,
        "anomalies": 0,
        "alert": "DSN Octobre 2026",
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
        "received_at": "2026-09-10T07:00:00+00:00",
        "type": "Normale",
        "effectif": 12,
        "action": None,
    },
]
