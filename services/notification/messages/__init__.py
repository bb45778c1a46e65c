"""What notification writes, one folder a message: its kind and what is read in its event (`__init__.py`), its words
(`subject.txt`, `body.txt`, `body.html`, or `sms.txt`) and an example of what they are given (`example.json`)."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from backbone.events.cards import Event
from services.notification.domain.kinds import MessageKind
from services.notification.domain.orders import Order
from services.notification.messages import (
    accuse_reception,
    activation_identifiant,
    administrateur_designe,
    administrateur_remplace,
    adresse_deja_utilisee,
    beneficiaire_readresse,
    certification_adresse,
    code_coordonnees_bancaires,
    code_mobile,
    confirmation_demandee,
    confirmation_signalee,
    confirmations_attendues,
    connexions_refusees,
    consentement_retire,
    consentement_retire_caisse,
    coordonnees_bancaires_annulees,
    coordonnees_bancaires_demandees,
    delegation_a_accepter,
    delegation_confirmee,
    delegation_en_attente,
    delegation_fermee,
    delegation_modifiee,
    delegation_refusee,
    delegation_sans_suite,
    delegation_suspendue,
    delegations_bientot_finies,
    delegations_du_jour,
    fermeture_signalee,
    identifiant_annule,
    identifiant_modifie,
    identifiant_retabli,
    invitation,
    invitation_fondateur,
    message_caisse,
    modification_identifiant,
    modification_signalee,
    mot_de_passe_modifie,
    nouveau_navigateur,
    prolongation_demandee,
    prolongation_refus_signale,
    prolongation_refusee,
    recapitulatif_dsn,
    refus_signale,
    reinitialisation,
    relance_confirmation,
    revue_demandee,
    suspension_signalee,
)


class Message(Protocol):
    """The folder of a message that an event triggers, as a module."""

    KIND: MessageKind

    def orders(self, event: Event) -> list[Order]:
        """To whom it is written because of `event`, and what it says; nothing when it does not concern this event."""


class Timed(Protocol):
    """The folder of a message that the clock triggers, as a module."""

    KIND: MessageKind
    order: Any


# In the order in which those of one event leave.
MESSAGES: Sequence[Message] = (
    invitation,
    invitation_fondateur,
    delegation_a_accepter,
    confirmation_demandee,
    relance_confirmation,
    delegation_en_attente,
    delegation_confirmee,
    confirmation_signalee,
    delegation_refusee,
    refus_signale,
    delegation_modifiee,
    modification_signalee,
    delegation_suspendue,
    suspension_signalee,
    prolongation_demandee,
    prolongation_refusee,
    prolongation_refus_signale,
    delegation_fermee,
    fermeture_signalee,
    delegation_sans_suite,
    beneficiaire_readresse,
    revue_demandee,
    administrateur_designe,
    administrateur_remplace,
    reinitialisation,
    mot_de_passe_modifie,
    nouveau_navigateur,
    connexions_refusees,
    activation_identifiant,
    modification_identifiant,
    identifiant_modifie,
    identifiant_annule,
    identifiant_retabli,
    adresse_deja_utilisee,
    certification_adresse,
    code_mobile,
    code_coordonnees_bancaires,
    coordonnees_bancaires_demandees,
    coordonnees_bancaires_annulees,
    message_caisse,
    accuse_reception,
    consentement_retire_caisse,
    consentement_retire,
)
TIMED: Sequence[Timed] = (recapitulatif_dsn, delegations_du_jour, delegations_bientot_finies, confirmations_attendues)
KINDS: Mapping[str, MessageKind] = {
    kind.name: kind for kind in (*(one.KIND for one in MESSAGES), *(one.KIND for one in TIMED))
}
EVENTS: Sequence[str] = tuple(dict.fromkeys(kind.event for kind in KINDS.values() if kind.event))


def answering(event_type: str) -> list[Message]:
    """The messages that are written when an event of this type comes."""
    return [message for message in MESSAGES if message.KIND.event == event_type]
