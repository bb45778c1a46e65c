"""What dsn refuses, and the sentence of each."""

from backbone.errors import Invalid, TooLarge


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
