"""What contact refuses, and the sentence of each."""

from enum import StrEnum

from backbone.errors import INCORRECT, Conflict, Gone, Illegible, Invalid, Stale, TooLarge, TooMany
from contracts.words.messages import INFECTED, M3, M6, M11, M12, M14


class MessageRefused(Invalid):
    """Objet or Message is missing, too long, or holds what cannot be sent."""

    slug = "message_invalide"
    detail = INCORRECT


class ConsentNeeded(Invalid):
    """The box was not ticked (M14)."""

    slug, detail = M14.slug, M14.sentence
    field = "consentement"


class ConsentStale(Stale):
    """The consent is not as it was shown: it was withdrawn in between (AA52); the detail says when."""

    slug = "version_perimee"
    detail = "Ces informations ont été modifiées depuis l'affichage de la page."


class QuotaReached(TooMany):
    """The account sent enough for now (M6)."""

    slug, detail = M6.slug, M6.sentence


class TooManyFiles(Invalid):
    """More files than the form takes (M11)."""

    slug, detail = M11.slug, M11.sentence
    field = "fichiers"


class FilesTooLarge(TooLarge):
    """More bytes, all files together, than the form takes (M11)."""

    slug = "fichiers_trop_volumineux"
    detail = M11.sentence
    field = "fichiers"


class NameRefused(Invalid):
    """A file name that is too long, or of which nothing is left to show."""

    slug = "nom_de_fichier_refuse"
    detail = "Le nom d'un fichier n'est pas accepté."
    field = "fichiers"


class NameUnreadable(Illegible):
    """A NUL in a file name: two readers would see two names."""


class Objection(StrEnum):
    """Why a file is refused: its code, and the sentence that says it (M12 and what it leaves open)."""

    EMPTY = "fichier_vide", "Ce fichier est vide."
    TYPE = M12.slug, M12.sentence
    MACRO = "fichier_avec_macros", "Ce document contient des macros ou un objet incorporé. Envoyez-le en PDF."
    PROTECTED = "fichier_protege", "Ce document est protégé par un mot de passe. Enregistrez-le sans protection."
    BOUNDLESS = "fichier_demesure", "Ce fichier est trop volumineux une fois ouvert."
    NAME = "contenu_contraire_au_nom", "Son contenu ne correspond pas à son extension « .{} »."

    sentence: str

    def __new__(cls, code: str, sentence: str) -> "Objection":
        """A code that knows its sentence."""
        one = str.__new__(cls, code)
        one._value_, one.sentence = code, sentence
        return one


class FilesRefused(Invalid):
    """Files that are not accepted; `errors` says of each which and why (M12). `detail` is the first one's reason."""

    slug = Objection.TYPE.value
    detail = Objection.TYPE.sentence
    field = "fichiers"


class DraftsFull(Invalid):
    """The drafts of one person hold as many bytes as they may."""

    slug = "brouillons_pleins"
    detail = "Vos brouillons contiennent trop de pièces jointes. Envoyez-les, ou retirez-en avant d'en ajouter."
    field = "fichiers"


class DraftChanged(Conflict):
    """The files of the draft are not those that the page showed."""

    slug = "pieces_jointes_modifiees"
    detail = (
        "Les pièces jointes ont été modifiées depuis l'affichage de la page. Vérifiez-les, puis envoyez de nouveau."
    )
    field = "fichiers"


class DraftEnded(Conflict):
    """The draft that the page writes in was sent or given up meanwhile (decision 70)."""

    slug = "brouillon_termine"
    detail = (
        "Ce message a été envoyé, ou abandonné, depuis l'affichage de la page : ce que vous y ajoutez n'est pas"
        " enregistré. Votre texte est toujours là."
    )


class ScanWaited(Conflict):
    """The antivirus has not judged the file yet."""

    slug = "analyse_en_cours"
    detail = "Ce fichier est en cours d'analyse. Réessayez dans quelques minutes."


class FileInfected(Conflict):
    """The file held a virus; its bytes are gone."""

    slug, detail = INFECTED.slug, INFECTED.sentence


class DeadLink(Gone):
    """Unknown, expired, or of a message whose sender withdrew his consent: one answer (M3)."""

    slug = "lien_mort"
    detail = M3.sentence


class UploadUnreadable(Illegible):
    """Not a multipart form, cut short, or not UTF-8."""


class FieldUnexpected(Invalid):
    """A field the form has not, or has once (AA45, AA51)."""

    slug = "champ_inattendu"
    detail = INCORRECT
