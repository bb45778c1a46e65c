"""What the rubrics that a caisse's answers name are called in the norm: a code alone tells nobody what to mend."""

LABELS = {
    "S10.G00.00.005": "Essai ou réel",
    "S20.G00.05.002": "Type de la déclaration",
    "S20.G00.05.003": "Numéro de fraction",
    "S20.G00.05.004": "Numéro d'ordre",
    "S20.G00.05.005": "Mois principal déclaré",
    "S20.G00.08.001": "Absence de rattachement pour le mois principal déclaré",
    "S21.G00.06.001": "SIREN de l'entreprise",
    "S21.G00.11.001": "NIC de l'établissement",
    "S21.G00.11.024": "Demande de sortie de la DSN",
    "S21.G00.30.001": "Numéro d'inscription au répertoire",
    "S21.G00.40.001": "Date de début du contrat",
    "S21.G00.40.005": "Code métier",
    "S21.G00.40.009": "Numéro du contrat",
    "S21.G00.40.010": "Date de fin prévisionnelle du contrat",
    "S21.G00.40.022": "Code caisse professionnelle de congés payés",
    "S21.G00.40.041": "Classification",
    "S21.G00.41.012": "Ancien SIRET",
    "S21.G00.41.023": "Ancien code caisse de congés payés",
    "S21.G00.51.011": "Type de rémunération",
    "S21.G00.51.025": "Heures de chômage intempéries",
    "S21.G00.53.001": "Type d'activité",
    "S21.G00.60.001": "Motif de l'arrêt",
    "S21.G00.65.001": "Motif de la suspension du contrat",
    "S21.G00.78.001": "Code de la base assujettie",
    "S21.G00.78.002": "Début de la période de rattachement",
    "S21.G00.78.003": "Fin de la période de rattachement",
    "S21.G00.78.004": "Montant de la base assujettie",
    "S21.G00.82.002": "Code de la cotisation de l'établissement",
    "S21.G00.86.001": "Type de l'ancienneté",
    "S21.G00.86.003": "Valeur de l'ancienneté",
}
# A return may name the whole block.
BLOCKS = {
    "S21.G00.11": "Établissement",
    "S21.G00.30": "Individu",
    "S21.G00.40": "Contrat",
    "S21.G00.51": "Rémunération",
    "S21.G00.53": "Activité",
    "S21.G00.60": "Arrêt de travail",
    "S21.G00.65": "Autre suspension de l'exécution du contrat",
    "S21.G00.78": "Base assujettie",
    "S21.G00.82": "Cotisation de l'établissement",
    "S21.G00.86": "Ancienneté",
}


def label(rubric: str | None) -> str | None:
    """What a rubric is called, else its block; None when neither is known."""
    return LABELS.get(rubric) or BLOCKS.get(rubric[:10]) if rubric else None
