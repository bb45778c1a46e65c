"""Sites and the months they live: who declares for ever, who stops, who closes, who leaves; and what is alive when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID, uuid5

from tests.oracle.days import GRACE, OPENING, due, months, plus
from tests.oracle.model import Alert, Fact, Place, Story
from tests.oracle.scenarios import AHEAD, LEAVING, WEIGHTED, nothing
from tools.dsn_synth.identifiers import siren, siret

NAMES = UUID("01930000-0000-7000-8000-00000000000a")
CAISSE, CODE = "IDF", "BTPIDF"
LIVES = ("mixed", "mixed", "mixed", "stops", "closes", "leaves")
Cell = tuple[str, str, str]  # SIRET, month, kind


@dataclass(frozen=True)
class Site:
    """A site, and the story of each month that it is expected to declare."""

    siret: str
    due_day: int
    life: str
    first: str
    last: str | None
    stories: dict[str, Story]

    @property
    def site_id(self) -> UUID:
        """Its id in the referential."""
        return uuid5(NAMES, self.siret)

    def as_plain(self) -> dict[str, object]:
        """As the referential says it."""
        life = {"due_day": self.due_day, "first_period": self.first, "last_period": self.last}
        return {"site_id": self.site_id, "siret": self.siret, "nom": "Siège", **life}


@dataclass(frozen=True)
class World:
    """All sites."""

    sites: Sequence[Site]

    def facts(self) -> list[Fact]:
        """What happens, oldest first."""
        return sorted((fact for _, story in self._stories() for fact in story.facts), key=lambda fact: fact.at)

    def alive(self, tick: datetime) -> dict[Cell, Alert]:
        """Every alert at `tick`."""
        return {
            (site.siret, period, kind): alert
            for site in self.sites
            for period, story in site.stories.items()
            for kind, alert in story.alive(tick).items()
        }

    def states(self, tick: datetime) -> dict[tuple[str, str], str]:
        """The state of each month at `tick`."""
        return {
            (site.siret, period): story.state(tick) for site in self.sites for period, story in site.stories.items()
        }

    def name_of(self, cell: tuple[str, ...]) -> str:
        """The scenario behind a cell, for whoever looks for what went wrong."""
        site = next(site for site in self.sites if site.siret == cell[0])
        story = site.stories.get(cell[1])
        return f"{site.life}: {story.name if story else 'not expected'}"

    def _stories(self) -> Iterator[tuple[str, Story]]:
        return ((period, story) for site in self.sites for period, story in site.stories.items())


def world(seed: int, sites: int, first: str, count: int, opened_at: datetime) -> World:
    """`sites` sites over `count` months from `first`, all of them named to dsn at `opened_at`."""
    random, taken, periods = Random(seed), set[str](), months(first, count)
    return World([_site(Random(random.random()), number, periods, opened_at, taken) for number in range(sites)])


def _site(random: Random, number: int, periods: list[str], opened_at: datetime, taken: set[str]) -> Site:
    life = LIVES[number % len(LIVES)]
    due_day = (5, 15, 20)[number // len(LIVES) % 3]
    turn = random.randint(1, len(periods) - 1)
    while (code := siret(siren(random), 1)) in taken:
        pass  # an establishment is one site's: the service rightly takes no second one at its number
    taken.add(code)
    stories: dict[str, Story] = {}
    for at, period in enumerate(periods):
        end = due(period, due_day)
        grace_end = max(plus(end, GRACE), plus(opened_at, OPENING))
        place = Place(code, CODE, period, end, grace_end, random)
        if life in ("mixed", "closes") or (life == "stops" and at >= turn):
            scenario = random.choices(*map(list, zip(*WEIGHTED, strict=True)))[0] if life != "stops" else nothing
        else:
            scenario = LEAVING if life == "leaves" and at == turn else AHEAD
        if life in ("closes", "leaves") and at > turn:
            break
        stories[period] = scenario(place)
    return Site(code, due_day, life, periods[0], periods[turn] if life == "closes" else None, stories)
