"""What the journal of delegation says was done, how people call it, and on whose behalf somebody did it."""

from enum import StrEnum


class Act(StrEnum):
    """What was done to a delegation."""

    OUVERTURE = "ouverture"
    IDENTIFICATION = "identification"
    CONFIRMATION = "confirmation"
    REFUS = "refus"
    MODIFICATION = "modification"
    REDUCTION = "modification_de_la_delegation_mere"
    REVUE = "revue"
    FERMETURE = "fermeture"
    RENONCIATION = "renonciation"
    CASCADE = "fermeture_de_la_delegation_mere"
    ECHEANCE = "echeance"
    INVITATION = "nouvelle_invitation"
    PROLONGATION_DEMANDEE = "demande_de_prolongation"
    PROLONGATION = "prolongation"
    PROLONGATION_REFUSEE = "refus_de_prolongation"
    ATTESTATION = "emission_d_attestation"
    REMPLACEMENT = "remplacement_par_la_caisse"
    DOUBLE = "personne_en_double"
    LEFT = "adresse_quittee"


class Behalf(StrEnum):
    """On whose behalf a person acts on a company's delegations: the company's, or its accounting firm's."""

    COMPANY = "entreprise"
    FIRM = "cabinet"


# In the order of a delegation's life: a list to choose from shows them so.
LABELS: dict[Act, str] = {
    Act.OUVERTURE: "Ouverture",
    Act.INVITATION: "Nouveau lien d'invitation demandé",
    Act.IDENTIFICATION: "Acceptation par le bénéficiaire",
    Act.CONFIRMATION: "Confirmation",
    Act.REFUS: "Refus",
    Act.MODIFICATION: "Modification",
    Act.REDUCTION: "Modification de la délégation dont elle dépend",
    Act.REVUE: "Revue : droits gardés",
    Act.PROLONGATION_DEMANDEE: "Demande de prolongation",
    Act.PROLONGATION: "Prolongation accordée",
    Act.PROLONGATION_REFUSEE: "Prolongation refusée",
    Act.ATTESTATION: "Émission d'une attestation",
    Act.FERMETURE: "Fermeture",
    Act.RENONCIATION: "Renonciation du bénéficiaire",
    Act.CASCADE: "Fermeture de la délégation dont elle dépend",
    Act.ECHEANCE: "Fermeture à la date de fin",
    Act.REMPLACEMENT: "Remplacement par la caisse",
    Act.DOUBLE: "Fermeture, car le bénéficiaire a déjà une délégation",
    Act.LEFT: "Fermeture, car le bénéficiaire a quitté cette adresse",
}
