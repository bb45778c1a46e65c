"""What is done with an account, or was refused, as its security log says it (the OWASP logging vocabulary, ours where
it has no word) and as its owner reads it (docs/decisions/0048)."""

from collections.abc import Mapping
from enum import StrEnum


class Act(StrEnum):
    """One thing that was done or refused; the owner of the account finds it in « Activité du compte »."""

    LOGIN = "authn_login_success"
    LOGIN_REFUSED = "authn_login_fail"
    LOGIN_LOCKED = "authn_login_lock"
    PROOF_REFUSED = "authn_reauthentication_fail"
    LOGOUT = "authn_logout"
    SESSION_ENDED = "session_ended"
    OTHERS_ENDED = "session_others_ended"
    PASSWORD_CHANGED = "authn_password_change"  # noqa: S105  (a word of the vocabulary)
    PASSWORD_REFUSED = "authn_password_change_fail"  # noqa: S105
    PASSWORD_LINK = "authn_password_link_sent"  # noqa: S105
    PASSWORD_RESET = "authn_password_reset"  # noqa: S105
    IDENTIFIER_ASKED = "user_identifier_requested"
    IDENTIFIER_CHANGED = "user_identifier_changed"
    IDENTIFIER_UNDONE = "user_identifier_undone"
    IDENTIFIER_LAPSED = "user_identifier_lapsed"
    CONTACT_CHANGED = "user_updated"
    CODE_SENT = "authn_mobile_code_sent"
    CODE_REFUSED = "authn_mobile_code_fail"
    MOBILE_CERTIFIED = "user_mobile_certified"
    BANK_CODE_SENT = "user_bank_details_code_sent"
    BANK_PROVED = "user_bank_details_requested"
    BANK_SPOILED = "user_bank_details_ended"
    ADDRESS_CERTIFIED = "user_address_certified"
    SUSPENDED = "user_suspended"
    OPENED = "user_created"
    ACCEPTED = "delegation_accepted"


LABELS: Mapping[Act, str] = {
    Act.LOGIN: "Connexion",
    Act.LOGIN_REFUSED: "Connexion refusée",
    Act.LOGIN_LOCKED: "Connexions suspendues quelques minutes, après plusieurs refus",
    Act.PROOF_REFUSED: "Mot de passe redemandé : saisie refusée",
    Act.LOGOUT: "Déconnexion",
    Act.SESSION_ENDED: "Session fermée depuis « Mes sessions »",
    Act.OTHERS_ENDED: "Toutes les autres sessions fermées",
    Act.PASSWORD_CHANGED: "Mot de passe modifié",
    Act.PASSWORD_REFUSED: "Mot de passe actuel refusé, lors d'une modification",
    Act.PASSWORD_LINK: "Lien envoyé pour un mot de passe oublié",
    Act.PASSWORD_RESET: "Mot de passe réinitialisé avec le lien reçu",
    Act.IDENTIFIER_ASKED: "Modification de l'identifiant demandée",
    Act.IDENTIFIER_CHANGED: "Identifiant modifié avec le lien reçu",
    Act.IDENTIFIER_UNDONE: "Modification de l'identifiant annulée depuis l'ancienne adresse",
    Act.IDENTIFIER_LAPSED: "Modification de l'identifiant abandonnée",
    Act.CONTACT_CHANGED: "Informations de contact modifiées",
    Act.CODE_SENT: "Code de certification envoyé par SMS",
    Act.CODE_REFUSED: "Code de certification refusé",
    Act.MOBILE_CERTIFIED: "Numéro de téléphone mobile certifié",
    Act.BANK_CODE_SENT: "Code envoyé par SMS pour de nouvelles coordonnées bancaires",
    Act.BANK_PROVED: "Nouvelles coordonnées bancaires demandées",
    Act.BANK_SPOILED: "Demande de nouvelles coordonnées bancaires fermée, car le compte a été modifié",
    Act.ADDRESS_CERTIFIED: "Adresse électronique certifiée de nouveau avec le lien reçu",
    Act.SUSPENDED: "Compte désactivé : adresse électronique à certifier de nouveau",
    Act.OPENED: "Compte complété avec le lien de l'invitation",
    Act.ACCEPTED: "Délégation acceptée",
}
REFUSED = frozenset({Act.LOGIN_REFUSED, Act.LOGIN_LOCKED, Act.PROOF_REFUSED, Act.PASSWORD_REFUSED, Act.CODE_REFUSED})
