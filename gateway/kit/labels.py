"""French labels and formats of the pages: the words of the guide in one place."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from markupsafe import Markup, escape

from contracts.rules import written
from contracts.words import acts, functions, journal, levels
from contracts.words.facts import Severity
from contracts.words.journal import Behalf
from contracts.words.kinds import Role
from contracts.words.links import LinkState
from contracts.words.messages import INFECTED, M9
from contracts.words.preferences import Rhythm, Subject
from contracts.words.review import Answer
from contracts.words.statuses import MonthState, Scan, Statut
from gateway.kit.typography import french

LEVELS = levels.LABELS
COLUMNS = {
    levels.NO_RIGHT: "Aucun droit d'accès",
    levels.Level.CONSULTATION: "En consultation",
    levels.Level.MISE_A_JOUR: "En mise à jour",
}
FOLDED = tuple(group.label for group in functions.GROUPS if group.folded)
ROLES = tuple(Role)
JOURNAL: dict[str, str] = {str(act): label for act, label in journal.LABELS.items()}
POUR = {Behalf.COMPANY: "l'entreprise", Behalf.FIRM: "le cabinet comptable"}
REVUE = {
    Answer.GARDER: "Garder",
    Answer.REDUIRE: "Réduire aux droits choisis",
    Answer.FERMER: "Fermer",
}
STATUTS = (Statut.ACTIF, Statut.EN_ATTENTE, Statut.A_VENIR, Statut.SUSPENDUE, Statut.INACTIF)
COUNTRIES = ("France", "Guadeloupe", "Guyane", "Martinique", "La Réunion, Mayotte")
PREFIXES = {prefix: f"{country} ({prefix})" for prefix, country in zip(written.PREFIXES, COUNTRIES, strict=True)}
GOOD_STATES = (MonthState.ACCEPTED, MonthState.ACCEPTED_NEANT, MonthState.RECTIFIED)
QUIET_STATES = (MonthState.NOT_EXPECTED, MonthState.TO_COME, MonthState.AWAITED, MonthState.PROCESSING)
SCANS = {Scan.WAITING: "en cours d'analyse", Scan.INFECTED: INFECTED.sentence}
SCANNED = {**SCANS, Scan.CLEAN: "analysé, aucun virus"}  # for who sent the file
GRAVITES = {Severity.BLOCKING: "Bloquant", Severity.ANOMALY: "Anomalie", Severity.INFORMATION: "Information"}
RYTHMES = {
    Rhythm.DAILY: "Chaque jour ouvré",
    Rhythm.WEEKLY: "Chaque semaine, le lundi",
    Rhythm.EACH: "À chaque fois",
    Rhythm.NEVER: "Jamais",
}
PREFERENCES = {
    Subject.DSN_ALERTS: "Un seul courriel pour tous vos sites, à 7 h 30, quand il y a du nouveau.",
    Subject.DOCUMENTS: "Un courriel quand la caisse met un document à votre disposition, si vous y êtes inscrit.",
    Subject.NEWS: "Des courriels occasionnels, auxquels vous avez pu consentir à l'ouverture de votre compte.",
}
COURRIELS = {
    Subject.DSN_ALERTS: "le récapitulatif des alertes DSN",
    Subject.DOCUMENTS: "l'avis de réception des documents dématérialisés",
    Subject.NEWS: "les informations de votre caisse",
}
ACTES = acts.LABELS
REFUSES = acts.REFUSED
# For the owner of a link; anybody else is told M3.
LIENS = {
    LinkState.VALID: "Ce lien agit jusqu'à sa date de fin, {} : ouvrez-le de nouveau depuis votre courriel.",
    LinkState.USED: "Ce lien a été utilisé {}.",
    LinkState.EXPIRED: "Ce lien a expiré {}.",
    LinkState.REPLACED: "Ce lien a été remplacé {} par un lien plus récent : utilisez celui du dernier courriel reçu.",
}
TITRES_DE_LIEN: dict[str, str] = {
    LinkState.VALID: "Lien toujours valable",
    LinkState.USED: "Lien déjà utilisé",
    LinkState.EXPIRED: "Lien expiré",
    LinkState.REPLACED: "Lien remplacé",
}
AUTRE_ACTE = "Autre action"  # of a service that is newer than this page
ALL_THREE = (
    "Par défaut les trois collèges sont tous cochés mais la sélection est modifiable (au moins un collège doit être"
    " sélectionné)."
)
SHORT = 15  # an address that fits a column
BUBBLE = 5  # messages that the bubble of a bell shows; the others are in the Suivi DSN
STARS = "Attention! Tous les champs marqués d'un * sont obligatoires."


def day(value: date | datetime | str | None) -> str:
    """A day as the guide writes it: jj/mm/aaaa; an ISO text is read first."""
    if isinstance(value, str):
        value = (date if len(value) == 10 else datetime).fromisoformat(value) if value else None
    return written.day(value) if value else ""


def moment(value: datetime | None) -> str:
    """A day and an hour in Paris."""
    return f"le {written.moment(value)}" if value else ""


def address(value: str) -> Markup:
    """An address that breaks after its @ and its dots, never inside a word; a short one breaks nowhere."""
    shown = str(escape(value))
    return Markup(shown if len(value) < SHORT else shown.replace("@", "@<wbr>").replace(".", ".<wbr>"))  # noqa: S704


def siret(value: str) -> str:
    """A SIRET as people read it: 732 829 320 00074."""
    return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}" if len(value) == 14 else value


def siren(value: str) -> str:
    """A SIREN as people read it: 732 829 320."""
    return f"{value[:3]} {value[3:6]} {value[6:]}"


def size(count: int) -> str:
    """A number of bytes as « 12 ko » or « 1,4 Mo »."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} ko"
    return f"{count / 1024 / 1024:.1f} Mo".replace(".", ",")


def plural(count: int, one: str, many: str | None = None) -> str:
    """« 1 bénéficiaire », « 4 bénéficiaires »."""
    word = one if count < 2 else (many or f"{one}s")
    return f"{count:,} {word}".replace(",", " ")


def count(value: int) -> str:
    """A number as people read it: 2 001."""
    return f"{value:,}".replace(",", " ")


def split_phone(number: str | None) -> tuple[str, str]:
    """An E.164 number as (prefix of the list, number as it is dialled there)."""
    prefix, dialled = written.split_phone(number or "")
    return prefix or written.FRANCE, dialled


def join_phone(prefix: str, typed: str) -> str | None:
    """What was typed with its prefix, for the service to judge; None when nothing was typed."""
    number = "".join(typed.split())
    if not number:
        return None
    if number.startswith(("+", "00")) or prefix not in PREFIXES:
        return number
    return f"{prefix}{number.removeprefix('0')}"


def phone(number: str | None) -> str:
    """A number as people read it."""
    return written.phone(number) if number else ""


def masked(number: str | None) -> str:
    """The same for who knows it already: how it begins, and its last two digits."""
    return written.masked_phone(number) if number else ""


def act(code: str) -> str:
    """What was done, as people call it; a word that came after this page was written is shown as it is."""
    return JOURNAL.get(code, code.replace("_", " ").capitalize())


def behalf(code: str | None) -> str:
    """On whose behalf somebody acted; nothing for nobody's."""
    return POUR[Behalf(code)] if code in tuple(Behalf) else ""


def tone(state: str) -> str:
    """How a month's state is coloured; its words say the same."""
    return "bon" if state in GOOD_STATES else "neutre" if state in QUIET_STATES else "alerte"


def colleges_help(offered: Sequence[str]) -> str:
    """What is said below the collèges: the guide's sentence (G30), which counts three, where there are three."""
    return ALL_THREE if len(offered) == 3 else M9.sentence


def is_uuid(text: str) -> bool:
    """Does `text` read as an id?"""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def month_icon(state: str) -> str:
    """The icon beside a month's state."""
    return {"bon": "circle-check", "neutre": "clock", "alerte": "triangle-alert"}[tone(state)]


def at_most(level: str) -> list[str]:
    """The levels that are no more than `level`, the least first."""
    return [one for one in LEVELS if levels.STRENGTH[one] <= levels.STRENGTH[level]]


FILTERS = {
    "adresse": address,
    "jour": day,
    "moment": moment,
    "heure": written.hour,
    "francais": french,
    "siren": siren,
    "siret": siret,
    "taille": size,
    "nombre": count,
    "pluriel": plural,
    "telephone": phone,
    "telephone_masque": masked,
}
