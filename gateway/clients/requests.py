"""What a page sends to a service: one shape a body, filled by the form that asks for it (`gateway/kit/forms.py`).

The names are the service's own; `tests/contract/test_gateway.py` compares each with the route that takes it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from gateway.clients.review_answer import ReviewAnswer


@dataclass(frozen=True)
class PasswordChange:
    """« Modifier mot de passe » (AA15)."""

    mot_de_passe_actuel: str
    mot_de_passe: str
    confirmation: str


@dataclass(frozen=True)
class PasswordReset:
    """The new password, twice (G57)."""

    mot_de_passe: str
    confirmation: str


@dataclass(frozen=True)
class IdentifierWanted:
    """« Modifier identifiant » (G75)."""

    email: str
    mot_de_passe_actuel: str


@dataclass(frozen=True)
class ContactChange:
    """« Modifier contact » (G74); a number is an international one."""

    nom: str
    prenom: str
    telephone_fixe: str | None
    telephone_mobile: str | None


@dataclass(frozen=True)
class NewAccount:
    """What the account of an invited person is made of (G45–G49)."""

    mot_de_passe: str
    confirmation: str
    nom: str
    prenom: str
    telephone_fixe: str | None
    telephone_mobile: str | None
    newsletter: bool


@dataclass(frozen=True)
class Granted:
    """The rights of a delegation (G27–G39); a function that is not named gives none."""

    administrator: bool
    colleges: list[str]
    rights: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a delegation grants beside its rights, which are `Granted`: sent like this, and answered like this.

    From when, until when; None: no end.
    """

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class NewDelegation(Terms):
    """For whom, as what (G24–G26); its rights are `Granted`."""

    email: str
    kind: str | None


@dataclass(frozen=True)
class Closing:
    """The last day of a delegation (T7)."""

    ends_on: date


@dataclass(frozen=True)
class Refusal:
    """Why a delegation is refused; « » says nothing (G52)."""

    reason: str


@dataclass(frozen=True)
class ProlongationWanted:
    """The last day that the beneficiary of a delegation wishes."""

    wanted_on: date


@dataclass(frozen=True)
class ProlongationRefusal:
    """Why these days are refused; « » says nothing."""

    reason: str


@dataclass(frozen=True)
class BeneficiaryFilters:
    """What « Liste des bénéficiaires » is narrowed to (G13–G17); None or nothing: not by that."""

    role: str | None
    nom: str
    statut: str | None
    date_effet: date | None
    date_fin: date | None
    courriel: str
    exclure_inactifs: bool = True
    a_revoir: bool = False


@dataclass(frozen=True)
class JournalFilters:
    """What « Historique » is narrowed to (D18); None or nothing: not by that."""

    personne: str
    acte: str | None
    du: date | None
    au: date | None


@dataclass(frozen=True)
class PastFilters:
    """« Qui pouvait quoi »: on which day, whom (nothing: everybody), known up to which instant (None: now)."""

    jour: date | None
    personne: str
    connu: datetime | None


@dataclass(frozen=True)
class ReviewAnswers:
    """The answers of one form, all of which are done, or none."""

    answers: list[ReviewAnswer]


@dataclass(frozen=True)
class ReviewFilters:
    """What the review is narrowed to: what waits for it alone, or everything."""

    a_revoir: bool = False


@dataclass(frozen=True)
class Letter:
    """What one writes to the caisse (G82–G86)."""

    objet: str
    message: str
    consentement: bool


@dataclass(frozen=True)
class DraftWords:
    """What one is writing to the caisse, and has not sent."""

    objet: str
    message: str


@dataclass(frozen=True)
class PreferencesWanted:
    """How often one wants to be written to, about each subject (G48, G78)."""

    alertes_dsn: str
    avis_documents: str
    nouvelles_caisse: str


@dataclass(frozen=True)
class AttestationLookup:
    """What is read on an attestation, for who verifies it."""

    number: str
    siren: str
