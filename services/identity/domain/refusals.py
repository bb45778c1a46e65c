"""What identity says when it says no, in the French of docs/rules.md (M1–M15)."""

from collections.abc import Sequence
from datetime import timedelta

from backbone.errors import (
    REQUIRED,
    Conflict,
    FieldError,
    Gone,
    Invalid,
    Refused,
    Stale,
    TooMany,
    Unauthenticated,
    Unavailable,
    retry_after,
)
from contracts.words.messages import M1, M3, M6, M13, M15, NO_ADDRESS, SESSION_OVER, SIX_DIGITS, TOO_COMMON

SHORTEST, LONGEST = 8, 128  # what a password measures (AA11); its refusals say it


class BadCredentials(Unauthenticated):
    """Unknown, wrong, disabled and pending alike (M1, AA3)."""

    slug, detail = M1.slug, M1.sentence


class AddressLapsed(BadCredentials):
    """The password is right and the account disabled: the same answer in every byte, and perhaps a mail (G54)."""


class SessionDead(Unauthenticated):
    """An unknown, expired or ended session (C7)."""

    slug, detail = SESSION_OVER.slug, SESSION_OVER.sentence


class ClientUnknown(Unauthenticated):
    """A machine client that is unknown, or whose secret is wrong."""

    slug = "client_inconnu"
    detail = "Identifiant ou secret de client incorrect."


class LinkDead(Gone):
    """Unknown, forged, expired, used or superseded: one answer (M3, C2)."""

    slug, detail = M3.slug, M3.sentence


class TooManyAttempts(TooMany):
    """A limit was met (M6). `wait` becomes Retry-After, in whole seconds."""

    slug, detail = M6.slug, M6.sentence

    def __init__(self, wait: timedelta, *, at_least: int = 1) -> None:
        super().__init__(headers=retry_after(wait, at_least=at_least))


class HashingBusy(Unavailable):
    """Too many passwords are being hashed at once (M15)."""

    slug, detail = M15.slug, M15.sentence


class CodeRefused(Invalid):
    """A wrong, expired, used or foreign SMS code (M13)."""

    slug, detail = M13.slug, M13.sentence
    field = "code"

    def __init__(self, left: int | None = None) -> None:
        """`left`: the tries that the live code has after this one; None when there was none to try."""
        super().__init__()
        if left is not None:
            self.errors += (FieldError("code", "essais_restants", _tries_left(left)),)


def _tries_left(left: int) -> str:
    if not left:
        return "Il ne vous reste aucun essai avec ce code : demandez-en un nouveau."
    return f"Il vous reste {left} essai{'s' if left > 1 else ''}."


class CodeUnreadable(Invalid):
    """What was typed is no code at all: nothing is tried."""

    slug, detail = SIX_DIGITS.slug, SIX_DIGITS.sentence
    field = "code"


class NoMobile(Invalid):
    """No number to certify."""

    slug = "mobile_absent"
    detail = "Renseignez d'abord un numéro de téléphone mobile."
    field = "telephone_mobile"


class AlreadyCertified(Conflict):
    """The number is certified: no SMS is spent on it again."""

    slug = "mobile_deja_certifie"
    detail = "Ce numéro de téléphone mobile est déjà certifié."


class MobileNotCertified(Conflict):
    """New bank details are asked for with a certified mobile (G78)."""

    slug = "mobile_non_certifie"
    detail = "Certifiez d'abord votre numéro de téléphone mobile, dans « Mon compte utilisateur »."


class MobileTooRecent(Conflict):
    """Certified so lately that it may not be its owner's (G78)."""

    slug = "mobile_certifie_recemment"
    detail = (
        "Votre numéro de téléphone mobile a été certifié il y a peu. Vous pourrez demander la saisie de nouvelles"
        " coordonnées bancaires à partir du {since}."
    )

    def __init__(self, since: str) -> None:
        super().__init__(self.detail.format(since=since))


class MobileTooLongAgo(Conflict):
    """Certified so long ago that it may be somebody else's by now (G78)."""

    slug = "mobile_a_certifier_de_nouveau"
    detail = "La certification de votre numéro de téléphone mobile est trop ancienne. Certifiez-le de nouveau."


class CurrentPasswordWrong(Invalid):
    """The current password was asked and is not this one (AA15)."""

    slug = "mot_de_passe_actuel_incorrect"
    detail = "Le mot de passe actuel est incorrect."
    field = "mot_de_passe_actuel"


class AddressRefused(Invalid):
    """Not an e-mail address (AA47)."""

    slug, detail = NO_ADDRESS.slug, NO_ADDRESS.sentence
    field = "email"


class AddressUnchanged(Invalid):
    """The new address is the one the account has."""

    slug = "adresse_inchangee"
    detail = "Cette adresse est déjà votre identifiant."
    field = "email"


class ChangeStillOpen(Conflict):
    """The last change of address can still be undone by the former one; another would take that away from it (T5)."""

    slug = "identifiant_modifie_recemment"
    detail = "Votre identifiant a été modifié il y a peu. Vous pourrez le modifier de nouveau à partir du {since}."

    def __init__(self, since: str) -> None:
        super().__init__(self.detail.format(since=since))


class VersionStale(Stale):
    """The account changed since the caller read it (C2)."""

    slug = "version_perimee"
    detail = "Vos informations ont été modifiées entre-temps. Rechargez la page avant de recommencer."


class ScopeUnknown(Invalid):
    """A machine client asks for a scope it was not given."""

    slug = "portee_inconnue"
    detail = "Cette portée n'est pas accordée à ce client."
    field = "scope"


class TooShort(Invalid):
    """Fewer than 8 characters (AA11)."""

    slug = "mot_de_passe_trop_court"
    detail = f"Le mot de passe doit contenir au moins {SHORTEST} caractères."
    field = "mot_de_passe"


class TooLong(Invalid):
    """More than the documented maximum (AA11)."""

    slug = "mot_de_passe_trop_long"
    detail = f"Le mot de passe doit contenir au plus {LONGEST} caractères."
    field = "mot_de_passe"


class TooSimple(Invalid):
    """Fewer than three kinds of characters."""

    slug = "mot_de_passe_trop_simple"
    detail = (
        "Le mot de passe doit contenir au moins 3 des 4 types de caractères : "
        "majuscules, minuscules, chiffres, caractères spéciaux."
    )
    field = "mot_de_passe"


class TooCommon(Invalid):
    """One that is tried first: a known password, a word of this site, the person's own address or company (AA12)."""

    slug, detail = TOO_COMMON.slug, TOO_COMMON.sentence
    field = "mot_de_passe"


class ConfirmationDiffers(Invalid):
    """The two fields are not the same (AA14)."""

    slug = "confirmation_differente"
    detail = "La confirmation ne correspond pas au mot de passe."
    field = "confirmation"


class NameRefused(Invalid):
    """An empty or too long name, one that hides something or makes a link (AA47)."""

    slug = "nom_invalide"
    detail = REQUIRED


class PhoneRefused(Invalid):
    """Not a number of the kind the field is for (AA39)."""

    slug = "telephone_invalide"
    detail = "Ce numéro de téléphone n'est pas valable."


class FormRefused(Invalid):
    """Several fields of a form are wrong; each is in `errors`."""

    slug = "formulaire_invalide"
    detail = "Certains champs sont à corriger."


def refuse_if_any(refusals: Sequence[Refused]) -> None:
    """Raise the only refusal of `refusals`, or all of them as one `FormRefused`; nothing when there is none."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise FormRefused(errors=[error for refusal in refusals for error in refusal.errors])
