"""One run: months of history told at once, then a year a day at a time, with workers that die; and what differed."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid5

from contracts.events import delegation
from tests.oracle.ground import Ground
from tests.oracle.telling import HOUR, Telling, adherents, mismatches, ticks
from tests.oracle.world import CAISSE, NAMES, World, world

BEGIN = datetime(2026, 11, 23, HOUR, tzinfo=UTC)
BY_ADHERENT = 50
HISTORY = 6  # months before the first day
ACCOUNT = UUID("01930000-0000-7000-8000-0000000000c1")


@dataclass
class Outcome:
    """What there was, and what differed."""

    sites: int
    months: int
    days: int = 0
    facts: int = 0
    kills: int = 0
    alerts: int = 0
    states: int = 0
    seconds: float = 0.0
    wrong_days: list[str] = field(default_factory=list)
    wrong_states: list[str] = field(default_factory=list)
    swept: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing differed, and the sweep found nothing to correct."""
        return not self.wrong_days and not self.wrong_states and not self.swept

    def __str__(self) -> str:
        head = f"{self.sites} sites × {self.months} months, {self.days} days, {self.facts} facts, {self.kills} kills, "
        head += f"{self.alerts} alerts alive at the end, {self.states} months compared, {self.seconds:.0f} s\n"
        found = f"{len(self.wrong_days)} missed wake-ups or wrong alerts, {len(self.wrong_states)} wrong states, "
        shown = "\n".join([*self.wrong_days[:20], *self.wrong_states[:20]])
        return f"{head}{found}{self.swept} corrected by the sweep\n{shown}".rstrip()


def run(ground: Ground, *, sites: int, months: int, days: int, kills: int, seed: int) -> Outcome:
    """Live `days` days of `sites` sites and compare each of them; kill a worker `kills` times on the way."""
    begun, random = time.monotonic(), Random(seed)
    lived = world(seed, sites, _first(), months, BEGIN)
    telling, outcome = Telling(lived, seed), Outcome(sites, months, days)
    deadly = Counter(random.choices(range(days), k=kills))
    _refer(ground, lived)
    for _ in range(2):
        ground.start()
    for number, tick in enumerate(ticks(BEGIN, days)):
        ground.at(tick)
        for facts in telling.until(tick):
            ground.tell(facts)
        for _ in range(deadly[number]):
            time.sleep(random.random() * 0.3)
            ground.kill(random.randrange(2))
            outcome.kills += 1
        ground.settle()
        wrong = mismatches(lived, ground.dsn.engine, tick)
        outcome.wrong_days += wrong
        if wrong:
            print("\n".join(wrong[:5]), flush=True)
        if number % 30 == 0:
            seconds = time.monotonic() - begun
            print(f"{tick:%Y-%m-%d}: {len(outcome.wrong_days)} differences, {seconds:.0f} s", flush=True)
    outcome.facts, outcome.alerts = telling.told, len(lived.alive(tick))
    _compare_states(ground, lived, tick, outcome)
    outcome.swept = ground.dsn.run_job("sweep")
    outcome.seconds = time.monotonic() - begun
    return outcome


def _first() -> str:
    """The month that the history begins with."""
    number = BEGIN.year * 12 + BEGIN.month - 1 - HISTORY
    return f"{number // 12}-{number % 12 + 1:02d}"


def _refer(ground: Ground, lived: World) -> None:
    """The referential brings the sites, and an account may see them all."""
    for number, sites in enumerate(adherents(lived, BY_ADHERENT)):
        adherent_id = uuid5(NAMES, f"adherent {number}")
        said = {"caisse": CAISSE, "identifiant": f"04{number:05}", "raison_sociale": "DURAND", "siren": "732829320"}
        state = {"adherent_id": adherent_id, **said, "sites": sites}
        ground.dsn.deliver(delegation.ADHERENT_REGISTERED, state, twice=False)
        grant = delegation.DELEGATION_CONFIRMED.load(delegation.DELEGATION_CONFIRMED.example)
        grant["delegation_id"] = uuid5(NAMES, f"delegation {number}")
        grant["adherent"] = {**grant["adherent"], "adherent_id": adherent_id}
        grant["beneficiary"] = {**grant["beneficiary"], "account_id": ACCOUNT}
        ground.dsn.deliver(delegation.DELEGATION_CONFIRMED, grant, twice=False)


def _compare_states(ground: Ground, lived: World, tick: datetime, outcome: Outcome) -> None:
    """Every month of every site as Suivi DSN shows it."""
    expected = lived.states(tick)
    for site in lived.sites:
        for year in sorted({period[:4] for period in site.stories}):
            answer = ground.dsn.get(f"/v1/sites/{site.site_id}/suivi?year={year}&todo=false", as_=ACCOUNT)
            assert answer.status == 200, answer.json
            for line in answer.json["items"]:
                cell = (site.siret, line["periode"])
                if cell in expected:
                    outcome.states += 1
                    if line["state"] != expected[cell]:
                        told = f"{cell}: {line['state']} instead of {expected[cell]} ({lived.name_of(cell)})"
                        outcome.wrong_states.append(told)
