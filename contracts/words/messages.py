"""What is said to people in the same words by several programs: the messages M1–M15, and a few without a number.

Each has its code too: what a refusal with that sentence is called by programs. Two refusals may share a sentence; the
second one keeps a code of its own where it is defined. What backbone itself says is defined there, and named here.
"""

from dataclasses import dataclass

from backbone.errors import AccessRefused, NotFound, NotSignedIn, Refused, StoreAway, TriedTooOften


@dataclass(frozen=True)
class Message:
    """One sentence with its code; the code is empty where the sentence refuses nothing."""

    slug: str
    sentence: str


MOST_FILES, MOST_MEGABYTES = 20, 40


def too_much(files: int, megabytes: int) -> str:
    """The sentence for too many files or bytes, with the limits in force (M11)."""
    return f"{files} fichiers au maximum, {megabytes} Mo au total."


def _of(refusal: type[Refused]) -> Message:
    return Message(refusal.slug, refusal.detail)


M1 = Message("identifiants_incorrects", "Adresse électronique ou mot de passe incorrect.")
M2 = Message("", "Si un compte correspond à cette adresse, un courriel vient d'être envoyé.")
M3 = Message("lien_perime", "Ce lien n'est plus valable. Vous pouvez en demander un nouveau.")
M4 = _of(AccessRefused)
M5 = _of(NotFound)
M6 = _of(TriedTooOften)
M7 = Message("dernier_administrateur", "Au moins un administrateur doit rester actif.")
M8 = Message("droit_non_possede", "Vous ne pouvez pas accorder un droit que vous ne possédez pas.")
M9 = Message("college_obligatoire", "Au moins un collège doit être sélectionné.")
M10 = Message("dates_incoherentes", "La date de fin doit être postérieure ou égale à la date d'effet.")
M11 = Message("trop_de_fichiers", too_much(MOST_FILES, MOST_MEGABYTES))
M12 = Message("type_de_fichier_refuse", "Ce type de fichier n'est pas accepté.")
M13 = Message("code_incorrect", "Code incorrect ou expiré.")
M14 = Message("consentement_necessaire", "Votre consentement est nécessaire.")
M15 = _of(StoreAway)

MESSAGES = {
    "M1": M1,
    "M2": M2,
    "M3": M3,
    "M4": M4,
    "M5": M5,
    "M6": M6,
    "M7": M7,
    "M8": M8,
    "M9": M9,
    "M10": M10,
    "M11": M11,
    "M12": M12,
    "M13": M13,
    "M14": M14,
    "M15": M15,
}

# Said by a page before a service would say it, or by two services.
PAST_END = Message("date_passee", "La date de fin est déjà passée.")
IMPOSSIBLE_DAY = Message("", "La date doit être comprise entre le 01/01/2000 et le 31/12/2100.")
OWN_ADDRESS = Message("propre_adresse", "Vous ne pouvez pas vous déléguer des droits à vous-même.")
NO_ADDRESS = Message("courriel_invalide", "Adresse électronique invalide.")
TOO_COMMON = Message("mot_de_passe_trop_courant", "Ce mot de passe est trop courant ou trop facile à deviner.")
SIX_DIGITS = Message("code_illisible", "Saisissez le code à 6 chiffres reçu par SMS.")
NEW_IDENTIFIER = Message(
    "", "Si cette adresse peut devenir votre identifiant, un lien d'activation vient d'y être envoyé."
)
NOT_OPEN = Message(
    "demande_coordonnees_fermee", "Cette demande n'est pas ouverte : elle attend encore, ou elle est terminée."
)
INFECTED = Message("fichier_infecte", "Fichier supprimé : un virus a été détecté.")
SESSION_OVER = Message("session_terminee", NotSignedIn.detail)
