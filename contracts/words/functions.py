"""The functions a delegation may open, in their groups: data, not code (G35–G39, T9).

To add a function, add a line. A program that means one of them in particular names it by a constant below.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One line of the rights matrix."""

    code: str
    label: str


@dataclass(frozen=True)
class Group:
    """A « Regroupement » of the matrix (G34); `folded`: shown closed until somebody opens it (G37, G38)."""

    label: str
    functions: tuple[Function, ...]
    folded: bool = False


MES_COMPTES_BANCAIRES = "mes_comptes_bancaires"
MA_SITUATION_DE_COMPTE = "ma_situation_de_compte"
DECLARATIONS_SALAIRES, DECLARATIONS_NOMINATIVES = "declarations_salaires", "declarations_nominatives"
MES_DOCUMENTS, TRANSMETTRE_FICHIERS = "mes_documents", "transmettre_fichiers"

# Either one opens the DSN of a site: the guide names the functions, not which one governs.
DSN = (DECLARATIONS_NOMINATIVES, DECLARATIONS_SALAIRES)

GROUPS = (
    Group(
        "Mon espace adhérent",
        (
            Function("mes_informations_adherent", "Mes informations adhérent"),
            Function(MES_COMPTES_BANCAIRES, "Mes comptes bancaires"),
            Function(MA_SITUATION_DE_COMPTE, "Ma situation de compte"),
            Function("mes_telepaiements", "Mes télépaiements"),
            Function("mon_mode_de_reception", "Mon mode de réception des documents"),
            Function("mes_demandes_attestation", "Mes demandes d'attestation"),
            Function("mes_remboursements_retraite", "Mes remboursements retraite"),
        ),
    ),
    Group(
        "Mes déclarations",
        (
            Function(DECLARATIONS_SALAIRES, "Mes déclarations de salaires"),
            Function(DECLARATIONS_NOMINATIVES, "Mes déclarations nominatives"),
        ),
    ),
    Group(
        "Mes salariés",
        (
            Function("mes_salaries", "Mes salariés"),
            Function("mes_demandes_conges", "Mes demandes de congés"),
            Function("mes_certificats_conges", "Mes certificats de congés"),
        ),
        folded=True,
    ),
    # The guide's OCR reads « Chômage intérimaires »; agency workers are outside the regime (T9, D7).
    Group(
        "Chômage intempéries",
        (
            Function("declarations_arret", "Mes déclarations d'arrêt"),
            Function("demandes_remboursement", "Mes demandes de remboursement"),
        ),
        folded=True,
    ),
    Group(
        "Mes documents",
        (
            Function(MES_DOCUMENTS, "Mes documents"),
            Function(TRANSMETTRE_FICHIERS, "Transmettre mes fichiers"),
        ),
    ),
)

FUNCTIONS: dict[str, str] = {function.code: function.label for group in GROUPS for function in group.functions}
