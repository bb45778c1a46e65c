"""What a person is shown when rights are granted, accepted and confirmed, by version: the pages show the current one,
the delegation keeps which one it was, and an attestation says it again (docs/decisions/0061).

A version that was shown to somebody never changes: another sentence is another version, added at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Moment(StrEnum):
    """When somebody is shown something that binds: rights are granted, accepted, confirmed."""

    OUVERTURE = "ouverture"
    ACCEPTATION = "acceptation"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Texts:
    """The sentences of one version. Those of the acceptance go on from « L'entreprise … », the founder's to it."""

    granting: str
    accepting: str
    accepting_administrator: str
    accepting_founder: str
    confirming: str


VERSIONS: Mapping[str, Texts] = {
    "2026-11-26": Texts(
        granting=(
            "Un courriel contenant le lien d'activation du Compte utilisateur sera alors transmis à l'Utilisateur"
            " désigné."
        ),
        accepting="a initié une délégation en votre faveur",
        accepting_administrator="vous invite à administrer son Espace sécurisé",
        accepting_founder="Votre caisse vous a désigné Administrateur Entreprise de l'entreprise",
        confirming=(
            "Vérifiez le bénéficiaire, les dates et les droits avant de confirmer. Rien n'est ouvert tant que vous"
            " n'avez pas confirmé."
        ),
    ),
}
CURRENT = tuple(VERSIONS)[-1]
TEXTS = VERSIONS[CURRENT]


def text_shown(version: str, moment: str, company: str, *, administrator: bool, founder: bool) -> str | None:
    """The sentence of `version` for that moment, of a delegation of `company`; None for a version that is not known."""
    texts = VERSIONS.get(version)
    if texts is None:
        return None
    if moment == Moment.OUVERTURE:
        return texts.granting
    if moment == Moment.CONFIRMATION:
        return texts.confirming
    if founder:
        return f"{texts.accepting_founder} {company}."
    accepting = texts.accepting_administrator if administrator else texts.accepting
    return f"L'entreprise {company} {accepting}."
