"""Every message the system writes, and the event that triggers each: the registry the templates are checked against.

A message is a folder of `messages/` with the same name (style habit 13).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any


class Medium(StrEnum):
    """How a message reaches its reader."""

    EMAIL = "email"
    SMS = "sms"


class Urgency(IntEnum):
    """Who goes first: somebody waits before a screen for an AWAITED message, nobody counts on the hour of a COPY.

    Contact mail comes last, so that a flood of it never delays an activation.
    """

    AWAITED = 0
    LINK = 1
    NOTICE = 2
    COPY = 3


@dataclass(frozen=True)
class MessageKind:
    """One message: its folder, what triggers it and who reads it.

    `link` is the path, on the pages, of its one button; `{token}` in it is a secret known only once opened.
    `margin` is how long before the end of its validity it is no longer worth sending (FA10).
    `told_by` is the field of the event that tells one act from the next; without it, the event's subject and sequence.
    """

    name: str
    medium: Medium
    event: str
    urgency: Urgency
    reader: str
    link: str | None = None
    margin: timedelta = timedelta(0)
    told_by: str | None = None

    def __post_init__(self) -> None:
        if not (self.name and self.event and self.reader):
            raise ValueError("a message needs a name, the event that triggers it and a reader")

    def fact(self, subject: str, sequence: int, data: Mapping[str, Any]) -> str:
        """What this message tells, under whatever id its event comes: written once to each reader (FA11)."""
        if self.told_by is None:
            return f"{subject}:{sequence}"
        value = data[self.told_by]
        return value.isoformat() if isinstance(value, datetime) else str(value)


def _email(
    name: str, event: str, urgency: Urgency, reader: str, link: str | None = None, *, told_by: str | None = None
) -> MessageKind:
    return MessageKind(name, Medium.EMAIL, event, urgency, reader, link, told_by=told_by)


INVITATION = _email(
    "invitation",
    "invitation.issued.v1",
    Urgency.LINK,
    "the person a delegation is for (G41–G43)",
    "/lien/invitation/{token}",
)
DELEGATION_A_ACCEPTER = _email(
    "delegation_a_accepter",
    "invitation.issued.v1",
    Urgency.LINK,
    "the person a delegation is for, who has an account already (T1)",
    "/lien/invitation/{token}",
)
CONFIRMATION_DEMANDEE = _email(
    "confirmation_demandee",
    "delegation.completed.v1",
    Urgency.LINK,
    "each administrator of the adhérent (G52)",
    "/delegations/{delegation_id}/confirmation",
)
DELEGATION_EN_ATTENTE = _email(
    "delegation_en_attente",
    "delegation.completed.v1",
    Urgency.NOTICE,
    "a beneficiary who accepted with the account he had (T1)",
    "/connexion",
)
DELEGATION_CONFIRMEE = _email(
    "delegation_confirmee", "delegation.confirmed.v1", Urgency.NOTICE, "the beneficiary (G52)", "/connexion"
)
DELEGATION_REFUSEE = _email("delegation_refusee", "delegation.refused.v1", Urgency.NOTICE, "the beneficiary")
DELEGATION_FERMEE = _email("delegation_fermee", "delegation.closed.v1", Urgency.NOTICE, "the beneficiary (G19, G26)")
DELEGATION_SANS_SUITE = _email(
    "delegation_sans_suite",
    "delegation.closed.v1",
    Urgency.NOTICE,
    "each administrator, when the system itself ends a delegation: a person's second one, or an address left (K2)",
)
BENEFICIAIRE_READRESSE = _email(
    "beneficiaire_readresse",
    "delegation.readdressed.v1",
    Urgency.NOTICE,
    "each administrator of an adhérent who delegated to the account (G75)",
)
ADMINISTRATEUR_REMPLACE = _email(
    "administrateur_remplace",
    "founder.replaced.v1",
    Urgency.NOTICE,
    "each other administrator of the adhérent whose founding administrator the caisse replaced (T8)",
)
ADMINISTRATEUR_DESIGNE = _email(
    "administrateur_designe",
    "founder.replaced.v1",
    Urgency.NOTICE,
    "who the caisse names founding administrator, whether or not he has an account (T8)",
    "/connexion",
)
REINITIALISATION = _email(
    "reinitialisation",
    "password_reset.requested.v1",
    Urgency.AWAITED,
    "the owner of the account (G57)",
    "/lien/reinitialisation/{token}",
)
MOT_DE_PASSE_MODIFIE = _email(
    "mot_de_passe_modifie",
    "password.changed.v1",
    Urgency.NOTICE,
    "the owner of the account (AA16)",
    "/connexion",
    told_by="changed_at",
)
ACTIVATION_IDENTIFIANT = _email(
    "activation_identifiant",
    "identifier_change.requested.v1",
    Urgency.AWAITED,
    "who reads the new address (G75); nobody knows yet who that is",
    "/lien/identifiant/{token}",
)
MODIFICATION_IDENTIFIANT = _email(
    "modification_identifiant",
    "identifier_change.requested.v1",
    Urgency.LINK,
    "the owner of the account, at the address he has (T5)",
    "/lien/annulation/{token}",
)
IDENTIFIANT_MODIFIE = _email(
    "identifiant_modifie",
    "identifier.changed.v1",
    Urgency.NOTICE,
    "the owner of the account, at his former address",
    told_by="changed_at",
)
IDENTIFIANT_RETABLI = _email(
    "identifiant_retabli",
    "identifier_change.undone.v1",
    Urgency.NOTICE,
    "the owner of the account, when the change lapsed; the address that was proved, when it was undone (T5)",
    "/connexion",
    told_by="undone_at",
)
IDENTIFIANT_ANNULE = _email(
    "identifiant_annule",
    "identifier_change.undone.v1",
    Urgency.AWAITED,
    "the owner of the account, who undid the change and has no password any more (T5)",
    "/lien/reinitialisation/{token}",
)
ADRESSE_DEJA_UTILISEE = _email(
    "adresse_deja_utilisee",
    "identifier_change.refused.v1",
    Urgency.NOTICE,
    "who has the address (AA18)",
    told_by="attempted_at",
)
CERTIFICATION_ADRESSE = _email(
    "certification_adresse",
    "address_certification.requested.v1",
    Urgency.LINK,
    "the owner of the account, before or after it is suspended (G54)",
    "/lien/certification/{token}",
)
CODE_MOBILE = MessageKind(
    "code_mobile",
    Medium.SMS,
    "mobile_code.issued.v1",
    Urgency.AWAITED,
    "the owner of the number (G50, G77)",
    margin=timedelta(minutes=1),
)
MESSAGE_CAISSE = _email(
    "message_caisse",
    "message.sent.v1",
    Urgency.COPY,
    "the caisse (G79–G87)",
    "/lien/dossier/{token}",
    told_by="reference",
)
ACCUSE_RECEPTION = _email(
    "accuse_reception",
    "message.sent.v1",
    Urgency.COPY,
    "the sender",
    "/mon-compte/messages",
    told_by="reference",
)

# Whichever of them was written, what became of it is told the same.
INVITATIONS = (INVITATION.name, DELEGATION_A_ACCEPTER.name)
KINDS: Mapping[str, MessageKind] = {
    kind.name: kind
    for kind in (
        INVITATION,
        DELEGATION_A_ACCEPTER,
        CONFIRMATION_DEMANDEE,
        DELEGATION_EN_ATTENTE,
        DELEGATION_CONFIRMEE,
        DELEGATION_REFUSEE,
        DELEGATION_FERMEE,
        DELEGATION_SANS_SUITE,
        BENEFICIAIRE_READRESSE,
        ADMINISTRATEUR_REMPLACE,
        ADMINISTRATEUR_DESIGNE,
        REINITIALISATION,
        MOT_DE_PASSE_MODIFIE,
        ACTIVATION_IDENTIFIANT,
        MODIFICATION_IDENTIFIANT,
        IDENTIFIANT_MODIFIE,
        IDENTIFIANT_RETABLI,
        IDENTIFIANT_ANNULE,
        ADRESSE_DEJA_UTILISEE,
        CERTIFICATION_ADRESSE,
        CODE_MOBILE,
        MESSAGE_CAISSE,
        ACCUSE_RECEPTION,
    )
}
