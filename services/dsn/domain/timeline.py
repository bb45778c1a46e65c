"""The time-line of a month: what was expected, what came, what the caisse answered, what became of the alerts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from contracts.rules.written import moment
from contracts.words.facts import CrmStatus
from services.dsn.domain import wording
from services.dsn.domain.alerts import Change
from services.dsn.domain.crm import UNDATED, Crm
from services.dsn.domain.crm_returns import Return, worst_first
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
    """One point. `counts` is null for what is no fact; `why` says why a fact does not count. `by`: the account whose
    act it was. `returns`: what an answer says in detail, the worst first."""

    at: datetime | None
    what: What
    title: str
    details: tuple[str, ...] = ()
    counts: bool | None = None
    why: str | None = None
    rule: str | None = None
    by: UUID | None = None
    returns: tuple[Return, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertTurn:
    """A line of an alert's history. `by`: the account that did it; `proof`: the identity of what made it so."""

    at: datetime
    kind: Kind
    change: Change
    reason: str
    rule: str
    resolution: str | None
    cause: str
    by: UUID | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a month. `warnings`: the controls that each deposit failed, by its identity; `returns`: what
    each answer says in detail."""

    counted: Sequence[Fact]
    ignored: Sequence[Ignored]
    warnings: Mapping[str, Collection[str]]
    history: Sequence[AlertTurn]
    returns: Mapping[Crm, Sequence[Return]] = field(default_factory=dict)

    @property
    def facts(self) -> Iterator[Fact]:
        """Every fact, whether it counts or not."""
        yield from self.counted
        yield from (one.fact for one in self.ignored)


def timeline(told: Told, site: SiteLife, period: Period, patience: Patience) -> list[Point]:
    """The points of `period`, oldest first; what nobody dates comes last."""
    points = [
        *(_expected(site, period, patience) if site.expects(period) else ()),
        *(_fact(one, told, period, None) for one in told.counted),
        *(_fact(one.fact, told, period, wording.ignored_for(one.fact, one.why)) for one in told.ignored),
        *(_alert(one, told, period) for one in told.history),
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
            found = worst_first(told.returns.get(fact, ()))
            return Point(at, What.ANSWER, _said(fact), tuple(_about(fact, told)), counts, why, returns=found)
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
        yield f"Arrivée à la caisse le {moment(deposit.received_at)}"
    for code in warnings:
        yield f"À vérifier : {_control(code)}"


def _said(told: Crm) -> str:
    if told.code is None or told.status is CrmStatus.PENDING:
        return f"Réponse de {told.organism} : traitement en cours"
    return f"Réponse de {told.organism} : {wording.ANSWERS[told.code].lower()} (code retour {told.code})"


def _about(answer: Crm, told: Told) -> Iterator[str]:
    """Which deposit an answer is about, and how much it found."""
    flow = (answer.flow_id, answer.flow_rank)
    for fact in told.facts:
        if isinstance(fact, Deposit) and (fact.flow_id, fact.flow_rank) == flow:
            yield f"À propos de la {fact.period.label}, {TYPE_LABELS[fact.type].lower()}, ordre {fact.order}"
    if answer.errors:
        yield f"Anomalies : {answer.errors}"


def _alert(one: AlertTurn, told: Told, period: Period) -> Point:
    title = f"{wording.CHANGES[one.change]} : {one.kind.label}"
    return Point(one.at, What.ALERT, title, tuple(_made_so(one, told, period)), rule=one.rule, by=one.by)


def _made_so(one: AlertTurn, told: Told, period: Period) -> Iterator[str]:
    """Why an alert changed: the proof that ended it, else its reason; the rule; what found it, unless a person did."""
    if one.resolution:
        yield f"Preuve : {wording.RESOLUTIONS.get(one.resolution, one.resolution)}"
        yield from _proof(one.proof, told, period)
    elif one.reason in set(Reason):
        yield f"Motif : {wording.REASONS[Reason(one.reason)]}"
    yield f"Règle {one.rule} : {wording.rule(one.rule)}"
    if one.by is None:
        yield f"Constaté par : {wording.cause(one.cause)}"


def _proof(identity: str | None, told: Told, period: Period) -> Iterator[str]:
    """The fact that is the proof, when it is one of this time-line."""
    for fact in told.facts:
        if identity and not isinstance(fact, Crm) and fact.identity == identity:
            yield f"Pièce : {_fact(fact, told, period, None).title}"
            return
