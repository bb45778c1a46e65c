"""What to do about a month, and by when: before the due day a replacement, after it the next DSN (docs/dsn.md)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from contracts.rules.written import day, moment
from services.dsn.domain.calendar import PARIS
from services.dsn.domain.month import Month
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife

# How far the next DSN is looked for: further, the site has ended.
_AHEAD = 24


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, in sentences, and the instant it has to be done by; null when there is none, or nothing to do."""

    sentences: tuple[str, ...]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What an advice depends on: a month of a site, at an instant."""

    month: Month
    site: SiteLife
    patience: Patience
    as_of: datetime

    @property
    def name(self) -> str:
        """« DSN Octobre 2026 »."""
        return self.month.period.label

    @property
    def due(self) -> datetime:
        """When its declaration is due."""
        return self.month.due_at

    @property
    def in_time(self) -> bool:
        """Whether a first declaration is still in time."""
        return self.as_of <= self.due

    @property
    def replaced_until(self) -> datetime:
        """Until when a replacement is taken: midnight before the due day, in Paris."""
        return datetime.combine(self.due.astimezone(PARIS).date(), time(0), PARIS).astimezone(self.due.tzinfo)


def advice(month: Month, site: SiteLife, patience: Patience, as_of: datetime) -> Advice:
    """What the declarant of `site` should do about `month` at `as_of`."""
    case = Situation(month, site, patience, as_of)
    if month.alert and month.alert.in_correction:
        return Advice(("Une correction est arrivée : la caisse l'examine. Vous n'avez rien à faire.",))
    return _BY_RULE.get(month.rule, _ask)(case)


def next_due(site: SiteLife, after: datetime, current: Period) -> Period | None:
    """The next month that a declaration of `site` is due for, from `after` on; None when none will be."""
    return next((one for one in _from(current.plus(-2)) if site.expects(one) and site.due_at(one) >= after), None)


def _from(first: Period) -> Iterator[Period]:
    return first.until(first.plus(_AHEAD))


def _nothing(case: Situation) -> Advice:
    return Advice(("Vous n'avez rien à faire.",))


def _declare(case: Situation) -> Advice:
    if case.in_time:
        return Advice((f"Déposez la {case.name} avant le {moment(case.due)}.",), case.due)
    return Advice(
        (
            f"L'échéance du {moment(case.due)} est passée : déposez la {case.name} sans attendre.",
            "Si elle est déjà déposée, vérifiez qu'elle n'est pas un envoi d'essai, que la plateforme ne l'a pas"
            " rejetée et que chaque contrat porte le code de la caisse (S21.G00.40.022), puis écrivez à votre caisse.",
        )
    )


def _wait(case: Situation) -> Advice:
    until = case.site.awaited_until(case.month.period, case.patience)
    return Advice(
        (
            f"Si la {case.name} n'est pas encore déposée, déposez-la sans attendre.",
            f"Si elle l'est, vous n'avez rien à faire : la caisse l'attend jusqu'au {moment(until)}.",
        ),
        until,
    )


def _resend(case: Situation) -> Advice:
    found = "Déposez une déclaration réelle (S10.G00.00.005 à 02) dont les contrats portent le code de la caisse"
    when = f" avant le {moment(case.due)}" if case.in_time else " sans attendre"
    if_there = "Si une déclaration réelle est déjà déposée, ce ne peut être qu'une annule et remplace."
    return Advice((f"{found} (S21.G00.40.022){when}.", if_there), case.due if case.in_time else None)


def _complete(case: Situation) -> Advice:
    when = f" avant le {moment(case.due)}" if case.in_time else " sans attendre"
    return Advice(
        (
            f"Déposez les fractions qui manquent{when}, ou demandez-les à qui établit l'autre partie de la paie.",
            "Toutes doivent annoncer le même nombre de fractions (S20.G00.05.003).",
        ),
        case.due if case.in_time else None,
    )


def _correct(case: Situation) -> Advice:
    """A declaration that is there and is not right."""
    if case.as_of < case.replaced_until:
        eve = day(case.replaced_until - timedelta(days=1))
        sentence = f"Déposez une DSN annule et remplace, jusqu'au {eve} à minuit : elle est refusée ensuite."
        return Advice((sentence,), case.replaced_until)
    following = _next_after(case)
    online = (
        "Certaines corrections se font aussi dans l'Espace sécurisé de votre caisse ; en cas de doute, écrivez-lui."
    )
    if following is None:
        return Advice(("L'échéance est passée et aucune DSN ne suit : écrivez à votre caisse.", online))
    due = case.site.due_at(following)
    return Advice(
        (
            "L'échéance est passée : une DSN annule et remplace serait refusée.",
            f"Corrigez dans la {following.label}, à déposer avant le {moment(due)}, en rattachant la correction à"
            f" {case.month.period.name} {case.month.period.year} (S21.G00.78.002 et S21.G00.78.003).",
            online,
        ),
        due,
    )


def _next_after(case: Situation) -> Period | None:
    later = _from(case.month.period.plus(1))
    current = next_due(case.site, case.as_of, Period.of(case.as_of.astimezone(PARIS).date()))
    return max(current, next(later)) if current else None


def _processed(case: Situation) -> Advice:
    return Advice(("Vous n'avez rien à faire : la caisse traite la déclaration.",))


def _failed(case: Situation) -> Advice:
    return Advice(("Écrivez à votre caisse : elle vous dira s'il faut déposer de nouveau la déclaration.",))


def _ask(case: Situation) -> Advice:
    return Advice(("Écrivez à votre caisse.",))


_BY_RULE: dict[str, Callable[[Situation], Advice]] = {
    "R0": _nothing,
    "R1": _nothing,
    "R2": _declare,
    "R3": _wait,
    "R4": _declare,
    "R5": _declare,
    "R6": _resend,
    "R7": _complete,
    "R8": _failed,
    "R9": _declare,
    "R10": _processed,
    "R11": _correct,
    "R12": _correct,
    "R13": _correct,
    "R14": _nothing,
    "R15": _nothing,
    "R16": _nothing,
}
