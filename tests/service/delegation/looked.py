"""What is looked at after each step of a story, beside the model (`lived.py`), and where the story is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from hypothesis.stateful import RuleBasedStateMachine, invariant

from services.delegation.storage.tables import delegations, journal, journal_seals
from tests.service.delegation.ground import Ground
from tests.service.delegation.lived import DAY, FOREVER, STRENGTH, Held, Model, Worth
from tests.service.delegation.world import Company, World

FOUNDER = "patron1@example.com"
PEOPLE = ("adjoint", "petite", "chef", "cabinet", "commis", "stagiaire")
MAILBOXES = tuple(f"{one}@example.com" for one in PEOPLE)


class Looked(RuleBasedStateMachine):
    """A company, its model, and that they are alike."""

    ground: Ground
    tried: Counter[str]
    seen: tuple[Any, ...] = ()
    looks = 0
    company: Company
    world: World
    model: Model

    @property
    def today(self) -> date:
        return _day(self.ground.clock.now())

    @property
    def turns(self) -> set[date]:
        """Today, and each day on which something begins or is over."""
        worths = [self.model.worth(one) for one in self.model.held.values()]
        return {self.today, *(one.starts for one in worths), *(one.last + DAY for one in worths if one.last < FOREVER)}

    def rows(self) -> dict[str, Mapping[str, Any]]:
        """The delegations as they are stored."""
        with self.ground.under.engine.connect() as connection:
            query = sa.select(delegations).where(delegations.c.adherent_id == self.company.id)
            return {str(one["id"]): {**one, "id": str(one["id"])} for one in connection.execute(query).mappings()}

    # what is looked at

    def accepted(self, what: str, status: int) -> bool:
        """Whether it was; what is refused says nothing to anybody."""
        assert status < 300 or 400 <= status < 500, status
        self.tried[f"{what} {'yes' if status < 300 else 'no'}"] += 1
        if status >= 300:
            self.announced([])
        return status < 300

    def administrator(self, who: str) -> Held:
        """What `who` acts by: he must administer the company today."""
        actor = self.model.holder(who, self.today)
        assert actor and self.model.worth(actor).administrator, f"{who} does not administer the company"
        return actor

    def manager(self, who: str, target: Held) -> Held:
        """The same, who must see `target` and may touch it: nobody the founder's, but himself."""
        actor = self.administrator(who)
        assert self.model.sees(actor, target) and (target.kind != "fondateur" or target == actor)
        return actor

    def owns(self, actor: Held, granted: Worth) -> None:
        """Nobody gives more than he has; the date d'effet alone may be before his own."""
        mine = self.model.worth(actor)
        assert not granted.exceeds(replace(mine, starts=min(mine.starts, granted.starts)))

    def both(self, actor: Held, one: Held) -> tuple[str, dict[str, str]]:
        """Who did it, as its beneficiary may read him, and who else is told."""
        return self.model.author(actor, one), self.model.told(actor, one, self.today)

    def announced(self, expected: list[Any]) -> None:
        """That this was announced, all of it and nothing else, since the last look."""
        said = [_said(event.type.removesuffix(".v1"), event.data) for event in self.ground.under.recorded()]
        self.ground.under.clear()
        lacking, beside = [one for one in expected if one not in said], [one for one in said if one not in expected]
        assert not lacking and not beside and len(said) == len(expected), f"not told: {lacking}; told beside: {beside}"

    @invariant()
    def it_is_what_the_model_says(self) -> None:
        """Each is stored with what it is worth, and the day of each thing that happened."""
        stored = {id: (_worth(row), *_days(row)) for id, row in self.rows().items()}
        model = self.model
        assert stored == {
            one.id: (model.worth(one), one.opened, one.completed, one.confirmed, one.refused, one.closed)
            for one in model.held.values()
        }

    @invariant()
    def nothing_is_wrong(self) -> None:
        """C10, M7 and K2, on today and on each day on which something begins or ends."""
        assert not list(self.model.faults(self.today, sorted(self.turns)))

    @invariant()
    def lists_say_what_the_facts_say(self) -> None:
        """Each line's status, or the lines that its filter finds, in turn; and who may enter. Looked at when something
        happened since the last look."""
        seen, self.seen = self.seen, (self.today, *self.model.held.values())
        if seen == self.seen:
            return
        self.looks += 1
        day, held, number = self.today, self.model.held.values(), self.looks
        serving = self.world.account(self.model.own_administrators(day)[0].email)
        asked = (None, "Actif", "En attente", "Inactif", "Suspendue", "À venir")[number % 6]
        lines = self.company.list(f"page_size=100&statut={asked or ''}", as_=serving).json["items"]
        said = {one["delegation_id"]: one["statut"] for one in lines}
        statuses = {one.id: self.model.status(one, day) for one in held}
        assert said == {id: status for id, status in statuses.items() if asked in (None, status)}
        who = MAILBOXES[number % len(MAILBOXES)]
        assert bool(self.company.sites_of(self.world.account(who))) is bool(self.model.holder(who, day))

    def teardown(self) -> None:
        """The journal, each line of it sealed, verifies; it has a line for each version of each delegation."""
        self.ground.under.run_job("seal_journal")
        verifies = self.ground.under.service.verifies
        assert verifies is not None
        with self.ground.under.unit() as uow:
            assert not list(verifies(uow.connection, uow.now).faults)
            lines = uow.connection.execute(sa.select(journal.c.delegation_id, journal.c.sequence)).all()
            sealed = uow.connection.scalar(sa.select(sa.func.count()).select_from(journal_seals))
        assert sealed == len(lines)
        versions = {(id, n + 1) for id, row in self.rows().items() for n in range(row["sequence"])}
        assert sorted((str(id), n) for id, n in lines) == sorted(versions)


def _worth(row: Mapping[str, Any]) -> Worth:
    rights = {code: STRENGTH[level] for code, level in row["rights"].items()}
    return Worth(row["starts_on"], row["last_day"], row["administrator"], frozenset(row["colleges"]), rights)


def _days(row: Mapping[str, Any]) -> Iterator[date | None]:
    for name in ("opened_at", "completed_at", "confirmed_at", "refused_at", "closed_at"):
        yield _day(row[name]) if row[name] else None


def _day(instant: datetime) -> date:
    """The day in Paris, found without the service's own word for it."""
    return instant.astimezone(ZoneInfo("Europe/Paris")).date()


def _said(type: str, data: Mapping[str, Any]) -> tuple[Any, ...]:
    """An event as the model says it: what happened to which, and whom it names."""
    what, id = type.removeprefix("delegation."), str(data["delegation_id"])
    told = {one["email"]: one.get("author") for one in data.get("told", ())}
    assert len(told) == len(data.get("told", ()))
    if what == "opened":
        return (what, id)
    if what == "completed":
        return (what, id, sorted(one["email"] for one in data["administrators"]))
    if what == "started" or data.get("reason") == "echeance":
        reason = (data["reason"],) if what == "closed" else ()
        return (what, id, *reason, sorted(told))
    if what in ("confirmed", "refused"):
        return (what, id, data["author"], told)
    return (what, id, data["cause" if what == "changed" else "reason"], data["author"], told, data.get("below", 0))
