"""The functions a delegation may open, their groups, and the collèges: data, not code (G35–G39, T9).

To add a function, add a line; nothing else in the service knows a code by heart.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One line of the rights matrix."""

    code: str
    label: str


@dataclass(frozen=True)
class Group:
    """A « Regroupement » of the matrix (G34)."""

    label: str
    functions: tuple[Function, ...]


GROUPS = (
    Group(
        "Mon espace adhérent",
        (
            Function("mes_informations_adherent", "Mes informations adhérent"),
            Function("mes_comptes_bancaires", "Mes comptes bancaires"),
            Function("ma_situation_de_compte", "Ma situation de compte"),
            Function("mes_telepaiements", "Mes télépaiements"),
            Function("mon_mode_de_reception", "Mon mode de réception des documents"),
            Function("mes_demandes_attestation", "Mes demandes d'attestation"),
            Function("mes_remboursements_retraite", "Mes remboursements retraite"),
        ),
    ),
    Group(
        "Mes déclarations",
        (
            Function("declarations_salaires", "Mes déclarations de salaires"),
            Function("declarations_nominatives", "Mes déclarations nominatives"),
        ),
    ),
    Group(
        "Mes salariés",
        (
            Function("mes_salaries", "Mes salariés"),
            Function("mes_demandes_conges", "Mes demandes de congés"),
            Function("mes_certificats_conges", "Mes certificats de congés"),
        ),
    ),
    # The guide's OCR reads « Chômage intérimaires »; agency workers are outside the regime (T9, D7).
    Group(
        "Chômage intempéries",
        (
            Function("declarations_arret", "Mes déclarations d'arrêt"),
            Function("demandes_remboursement", "Mes demandes de remboursement"),
        ),
    ),
    Group(
        "Mes documents",
        (
            Function("mes_documents", "Mes documents"),
            Function("transmettre_fichiers", "Transmettre mes fichiers"),
        ),
    ),
)

# In the order people say them (D1).
COLLEGES: dict[str, str] = {"ouvriers": "Ouvriers", "etam": "ETAM", "cadres": "Cadres"}

FUNCTIONS: dict[str, str] = {function.code: function.label for group in GROUPS for function in group.functions}
