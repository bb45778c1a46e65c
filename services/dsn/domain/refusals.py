"""What dsn refuses, and the sentence of each."""

from backbone.errors import Conflict, Invalid, Stale, TooLarge


class EmptyFile(Invalid):
    """There is nothing in the file."""

    slug = "fichier_vide"
    detail = "Le fichier est vide."


class UnknownFormat(Invalid):
    """Neither a DSN nor answers."""

    slug = "format_inconnu"
    detail = "Le fichier n'est ni une DSN (NEODeS) ni des comptes rendus (une ligne JSON chacun, ou un rapport XML)."


class FileTooLarge(TooLarge):
    """More bytes than the limit once unpacked: a lot too big, or a bomb."""

    slug = "fichier_trop_volumineux"
    detail = "Le fichier est trop volumineux."


class GzipDamaged(Invalid):
    """The bytes announce gzip and are not."""

    slug = "gzip_illisible"
    detail = "Le fichier compressé est illisible."


class NothingDue(Invalid):
    """A caisse moves the due date of a day on which nothing is due, or says neither a month nor a day."""

    slug = "aucune_echeance"
    detail = "Aucune déclaration n'est à rendre à cette date."


class UnbearableDueDate(Invalid):
    """A due date before the end of its month, or long after it: somebody mistyped."""

    slug = "echeance_hors_limites"
    detail = "La nouvelle échéance doit suivre le mois déclaré, de quatre mois au plus."


class XmlForbidden(Invalid):
    """A document type or an entity: a report has none, and they are how a parser is made to fetch or to swell."""

    slug = "xml_interdit"
    detail = "Le rapport XML contient une DTD ou une entité, ce qui est interdit."


class XmlUnreadable(Invalid):
    """Not well formed, too deep, or a tag without an end."""

    slug = "xml_illisible"
    detail = "Le rapport XML est illisible."


class NotToTake(Conflict):
    """« Je m'en occupe » on an alert that waits for nobody: it is over, or its correction is on its way."""

    slug = "alerte_close"
    detail = "Cette alerte n'attend plus d'action de votre part."


class AlertTaken(Conflict):
    """« Je m'en occupe » on an alert that somebody takes care of already."""

    slug = "alerte_prise_en_charge"
    detail = "Une personne s'occupe déjà de cette alerte."


class NotTaken(Conflict):
    """Nobody takes care of the alert that is to be left."""

    slug = "alerte_sans_prise_en_charge"
    detail = "Personne ne s'occupe de cette alerte."


class AlertStale(Stale):
    """The alert is not as it was shown any more (AA52)."""

    slug = "version_perimee"
    detail = "Cette alerte a changé depuis l'affichage de la page."
