"""The time-line of a month: what was expected, what came, what the caisse answered, what became of the alerts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from contracts.words.facts import CrmStatus
from services.dsn.domain import wording
from services.dsn.domain.alerts import Change
from services.dsn.domain.crm import UNDATED, Crm
from services.dsn.domain.deposit import SUBSTITUTION, TYPE_LABELS, Deposit
from services.dsn.domain.facts import Fact, Failure, Ignored, Rectification, RefusedPiece
from services.dsn.domain.messages import Kind
from services.dsn.domain.month import Reason
from services.dsn.domain.neodes.faults import CONTROLS
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife

_LAST = datetime(9999, 1, 1, tzinfo=UTC)


class What(StrEnum):
    """What stands at a point of the time-line."""

    DUE = "ECHEANCE"
    AWAITED = "FIN_DU_DELAI"
    DEPOSIT = "DEPOT"
    REFUSED = "REFUS"
    ANSWER = "REPONSE"
    FAILURE = "ECHEC"
    RECTIFICATION = "RECTIFICATION"
    ALERT = "ALERTE"


@dataclass(frozen=True, slots=True)
class Point:
    """One point. `counts` is null for what is no fact; `why` says why a fact does not count."""

    at: datetime | None
    what: What
    title: str
    details: tuple[str, ...] = ()
    counts: bool | None = None
    why: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class AlertTurn:
    """A line of an alert's history."""

    at: datetime
    kind: Kind
    change: Change
    reason: str
    rule: str
    resolution: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a month. `warnings`: the controls that each deposit failed, by its identity."""

    counted: Sequence[Fact]
    ignored: Sequence[Ignored]
    warnings: Mapping[str, Collection[str]]
    history: Sequence[AlertTurn]


def timeline(told: Told, site: SiteLife, period: Period, patience: Patience) -> list[Point]:
    """The points of `period`, oldest first; what nobody dates comes last."""
    points = [
        *(_expected(site, period, patience) if site.expects(period) else ()),
        *(_fact(one, told, period, None) for one in told.counted),
        *(_fact(one.fact, told, period, wording.ignored_for(one.fact, one.why)) for one in told.ignored),
        *(_alert(one) for one in told.history),
    ]
    return sorted(points, key=lambda one: one.at or _LAST)


def _expected(site: SiteLife, period: Period, patience: Patience) -> Iterator[Point]:
    yield Point(site.due_at(period), What.DUE, f"Échéance de la {period.label}")
    end = "Fin du délai de réception : sans déclaration, une alerte est ouverte"
    yield Point(site.awaited_until(period, patience), What.AWAITED, end)


def _fact(fact: Fact, told: Told, period: Period, why: str | None) -> Point:
    """A fact, as one sentence and its details."""
    counts = why is None
    match fact:
        case Deposit():
            details = tuple(_details(fact, told.warnings.get(fact.identity, ())))
            return Point(fact.deposited_at or fact.received_at, What.DEPOSIT, _name(fact, period), details, counts, why)
        case Crm():
            at = None if fact.published_at == UNDATED else fact.published_at
            return Point(at, What.ANSWER, _said(fact), tuple(_about(fact, told)), counts, why)
        case RefusedPiece():
            title = f"Fichier refusé, ligne {fact.line} : {_control(fact.code)}"
            return Point(fact.deposited_at or fact.received_at, What.REFUSED, title, (), counts, why)
        case Failure():
            return Point(fact.failed_at, What.FAILURE, "La caisse n'a pas pu traiter le fichier", (), counts, why)
        case Rectification():
            title = f"Rectification validée : {wording.ORIGINS[fact.origin]}"
            return Point(fact.validated_at, What.RECTIFICATION, title, (), counts, why)


def _control(code: str) -> str:
    return CONTROLS[code].detail if code in CONTROLS else code


def _name(deposit: Deposit, period: Period) -> str:
    kind = TYPE_LABELS[deposit.type].lower()
    fraction = f", fraction {deposit.fraction}/{deposit.fractions}" if deposit.fractions > 1 else ""
    if deposit.period != period:
        return f"Correction reçue dans la {deposit.period.label} : {kind}{fraction}, ordre {deposit.order}"
    what = wording.NATURES.get(deposit.nature, "Signalement reçu")
    return f"{what} : {kind}{fraction}, ordre {deposit.order}"


def _details(deposit: Deposit, warnings: Collection[str]) -> Iterator[str]:
    if deposit.corrections or deposit.nature == SUBSTITUTION:
        kind = "substitution" if deposit.nature == SUBSTITUTION else "avec des corrections de mois antérieurs"
        yield f"{deposit.period.label}, {kind}"
    if deposit.declarant:
        yield f"Déclarant : SIRET {deposit.declarant}"
    yield f"Effectif déclaré : {deposit.individuals}"
    if deposit.deposited_at is None:
        yield "Le fichier ne dit pas quand il a été déposé."
    if deposit.received_at:
        yield f"Arrivée à la caisse le {wording.hour(deposit.received_at)}"
    for code in warnings:
        yield f"À vérifier : {_control(code)}"


def _said(told: Crm) -> str:
    if told.code is None or told.status is CrmStatus.PENDING:
        return f"Réponse de {told.organism} : traitement en cours"
    return f"Réponse de {told.organism} : {wording.ANSWERS[told.code].lower()} (code retour {told.code})"


def _about(answer: Crm, told: Told) -> Iterator[str]:
    """Which deposit an answer is about, and how much it found."""
    flow = (answer.flow_id, answer.flow_rank)
    for fact in (*told.counted, *(one.fact for one in told.ignored)):
        if isinstance(fact, Deposit) and (fact.flow_id, fact.flow_rank) == flow:
            yield f"À propos de la {fact.period.label}, {TYPE_LABELS[fact.type].lower()}, ordre {fact.order}"
    if answer.errors:
        yield f"Anomalies : {answer.errors}"


def _alert(one: AlertTurn) -> Point:
    details = []
    if one.resolution:
        details.append(f"Preuve : {wording.RESOLUTIONS.get(one.resolution, one.resolution)}")
    elif one.reason in set(Reason):
        details.append(f"Motif : {wording.REASONS[Reason(one.reason)]}")
    details += [f"Règle {one.rule} : {wording.rule(one.rule)}", f"Constaté par : {wording.cause(one.cause)}"]
    title = f"{wording.CHANGES[one.change]} : {one.kind.label}"
    return Point(one.at, What.ALERT, title, tuple(details), rule=one.rule)
