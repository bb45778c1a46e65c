"""One soak: what runs, what befalls it, and the end."""

import itertools
import math
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from backbone.clock import SystemClock
from backbone.events.lanes import Lane
from backbone.ids import new_id
from backbone.messaging import inbox, outbox
from tests.bus.soak.books import Books, nobody_holds, put_aside
from tests.bus.soak.ground import Ground
from tests.bus.soak.poison import KINDS, UNFRAMED, Poisoner, healthy
from tests.bus.soak.times import Asker, Times
from tests.support.drill.cards import DONE
from tests.support.drill.service import BULK
from tests.support.ports import eventually, free_port, patience
from tests.support.processes import Process
from tests.support.stage import Driver, Stage

DRIVERS = 4
DEATHS = 4  # in a row, of every consumer: one more than makes suspects of what they had in hand
BURST = 200  # events in each lane
AHEAD, BEHIND = 3600, -7200  # seconds
HOURS = timedelta(hours=2)
LINES = [(line, how) for line in ("broker", "database") for how in ("cut", "swallow", "drip")]
SLOW = (UNFRAMED, "ends its process", "cannot be handled")  # kinds that take their tries: they come first


class Limited(Driver):
    """A driver that takes its next number from a common counter and ends with it."""

    def __init__(self, stage: Stage, port: int, numbers: "itertools.count[int]", last: int):
        self._numbers, self._last = numbers, last
        super().__init__(stage, port, "soak")

    def run(self) -> None:
        """Post until the numbers are used up."""
        while (number := next(self._numbers)) < self._last:
            self.settle(f"soak-{number}{'' if number % 4 else BULK}", str(new_id()))


class Soak:
    """One run on a ground. `rounds`: how often each kind of poison, bad line and death comes; `spread`: the seconds in
    which things fall due; `pace`: those from one fault to the next, on average; `drill`: DRILL_* of the workers."""

    def __init__(
        self,
        ground: Ground,
        commands: int,
        kills: int,
        seed: int,
        *,
        rounds: int = 1,
        spread: float = 60,
        pace: float = 0.4,
        **drill: object,
    ):
        self.ground, self.commands, self.kills, self.seed, self.rounds = ground, commands, kills, seed, rounds
        self.random, self.done, self.deaths = random.Random(seed), Counter[str](), Counter[str]()
        self.poisoner, self.times = Poisoner(ground), Times(ground, spread / 40)
        self._ahead, self._heal_at, self.pace = AHEAD, math.inf, pace
        self.ports = {"api": free_port(), "wrong api": free_port()}
        self.starts = self._starts(drill)
        self.running: dict[str, Process] = {}

    def _starts(self, drill: dict[str, object]) -> dict[str, Callable[[], Process]]:
        """How each process is started: three of them on one machine whose clock is wrong, three on bad lines."""

        def worker(name: str, **special: object) -> Callable[[], Process]:
            return lambda: self.ground.worker(name, wait=False, **drill, **special)

        def wrong(name: str) -> Callable[[], Process]:
            return lambda: self.ground.worker(name, wait=False, **drill, ahead=self._ahead)

        def api(name: str, special: Callable[[], dict[str, object]]) -> Callable[[], Process]:
            return lambda: self.ground.api(wait=False, port=self.ports[name], **special())[0]

        return {
            "api": api("api", lambda: {"lined": True}),
            "relay": worker("maker"),
            "relay 2": worker("maker", lined=True),
            "worker": worker("taker"),
            "worker 2": worker("taker", lined=True),
            "wrong api": api("wrong api", lambda: {"ahead": self._ahead}),
            "wrong relay": wrong("maker"),
            "wrong worker": wrong("taker"),
        }

    def run(self) -> Books:
        """Commands and faults until both are done; then heal, wait for quiet, and balance."""
        begun = time.monotonic()
        self.running = {name: start() for name, start in self.starts.items()}
        eventually(lambda: all(one.status() for one in self.running.values()), limit=120, what="not all answer")
        numbers = itertools.count()
        drivers = [Limited(self.ground, self.ports["api"], numbers, self.commands) for _ in range(DRIVERS)]
        asker = Asker(*self.ports.values())
        for act in self._plan():
            self._note(f"{act.func.__name__.strip('_')} {' '.join(map(str, act.args))}")
            act()
            self._pause(self.pace * self.random.uniform(0.25, 1.75))
        self._heal()
        self._until(lambda: not any(driver.is_alive() for driver in drivers), 600, "the commands do not end")
        self._until(lambda: self.times.over() and self.ground.still(), 180, "not quiet")
        asker.stop()
        return self._balance(asker, time.monotonic() - begun)

    # what befalls it

    def _plan(self) -> list[partial[None]]:
        """Everything that will happen, in an order that the seed gives; first the poison that takes its time."""

        def times(count: int, act: Callable[..., None], *words: object) -> list[partial[None]]:
            return [partial(act, *words)] * count

        first = [one for kind in SLOW for one in times(self.rounds, self._poison, kind)]
        rest = [one for kind in KINDS if kind not in SLOW for one in times(self.rounds, self._poison, kind)]
        rest += [one for line, how in LINES for one in times(self.rounds, self._worsen, line, how)]
        rest += times(self.rounds, self._slay) + times(self.rounds, self._put_off) + times(self.kills, self._strike)
        self.random.shuffle(rest)
        rest.insert(len(rest) // 2, partial(self._turn_back))
        return first + rest

    def _strike(self) -> None:
        """Kill one of all. Servers are rarer victims than processes: a broker takes ten seconds to come back."""
        draw, kills = self.random.random(), self.ground.ledger.kills
        if draw < 0.03 or not self.done["kill broker"] and kills > self.kills // 4:
            self.ground.kill_broker()
            self.ground.rabbitmq.start()
            self.done["kill broker"] += 1
            return
        if draw < 0.12 or not self.done["kill database"] and kills > self.kills // 8:
            self.ground.postgres.kill9()
            self.ground.postgres.start()
            self.done["kill database"] += 1
        else:
            victim = self.random.choice(list(self.starts))
            self._restart(victim)
            self.done["kill process"] += 1
        self.ground.ledger.kills += 1

    def _poison(self, kind: str) -> None:
        self.poisoner.send(kind)
        self.done[f"poison {kind}"] += 1

    def _worsen(self, line: str, how: str) -> None:
        """Make a line bad, for some seconds."""
        self._heal()
        getattr(self.ground.lines[line], how)()
        self._heal_at = time.monotonic() + self.random.uniform(2, 6)
        self.done[f"line {line} {how}"] += 1

    def _slay(self) -> None:
        """Every consumer dies with its prefetch in hand, again and again."""
        takers = [name for name in self.starts if "worker" in name]
        for lane in Lane:
            burst = (f"burst-{lane}-{self.done['slay']}-{n}" for n in range(BURST))
            self.ground.write(burst, batch=BURST, lane=lane)
        for _ in range(DEATHS):
            end = time.monotonic() + 3 * patience()
            while time.monotonic() < end and not list(self.ground.folder.glob("handling.*")):
                self._tend()
                time.sleep(0.002)
            for name in takers:
                self._restart(name)
                self.deaths["with the prefetch in hand"] += 1
        self.done["slay"] += 1

    def _put_off(self) -> None:
        """A clock that was wrong has put off what waits: a retry, an event on its way out."""
        one = healthy(f"put-off-{self.done['put off']}")
        with self.ground.unit("maker") as uow:
            outbox.write(uow.connection, [outbox.Row(one.id, DONE.type, one.headers, one.body.decode(), uow.now)])
            kept = sa.update(outbox.table()).where(outbox.table().c.id == one.id)
            uow.connection.execute(kept.values(attempts=1, next_attempt_at=uow.now + HOURS))
            uow.commit()
        self.ground.ledger.settle(f"put-off-{self.done['put off']}", "ok")
        with self.ground.unit("taker") as uow:
            waits = sa.update(inbox.table()).where(inbox.table().c.next_attempt_at.is_not(None))
            uow.connection.execute(waits.values(next_attempt_at=uow.now + HOURS))
            uow.commit()
        self.done["put off"] += 1

    def _turn_back(self) -> None:
        """The wrong clock is wrong the other way from now on."""
        self._ahead = BEHIND
        for name in (name for name in self.starts if name.startswith("wrong")):
            self._restart(name)
        self.done["clock turned back"] += 1

    # what holds it up

    def _note(self, what: str) -> None:
        """For whoever looks for what went wrong."""
        with (self.ground.folder / "acts.log").open("a") as log:
            log.write(f"{SystemClock().now().isoformat()} {what}\n")

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._tend()
            time.sleep(0.05)

    def _until(self, condition: Callable[[], bool], limit: float, what: str) -> None:
        def tended() -> bool:
            self._tend()
            return condition()

        eventually(tended, limit=limit, every=0.1, what=what, state=self.ground.state)

    def _tend(self) -> None:
        """What a supervisor does: start again what has died; and lines that heal by themselves."""
        if time.monotonic() > self._heal_at:
            self._heal()
        for name, process in self.running.items():
            if not process.running():
                self.deaths["by themselves"] += 1
                self._restart(name)

    def _heal(self) -> None:
        self._heal_at = math.inf
        for line in self.ground.lines.values():
            line.heal()

    def _restart(self, name: str) -> None:
        process = self.running[name]
        process.kill9()
        (self.ground.folder / f"handling.{process.pid}").unlink(missing_ok=True)
        self.running[name] = self.starts[name]()

    # the end

    def _balance(self, asker: Asker, seconds: float) -> Books:
        residue, complaints = put_aside(self.ground, self.poisoner)
        verdict = self.ground.ledger.compare(self.ground.effects(), residue)
        complaints += self.times.complaints() + asker.complaints()
        for process in self.running.values():
            process.kill9()
        complaints += nobody_holds(self.ground)
        return Books(verdict, self._story(asker, seconds), complaints)

    def _story(self, asker: Asker, seconds: float) -> str:
        """In one sentence."""
        words = {what: sum(n for act, n in self.done.items() if act.startswith(what)) for what in ("poison", "line")}
        logs = "".join(log.read_text(errors="replace") for log in self.ground.folder.glob("taker*.log"))
        return (
            f"{len(self.ground.ledger.ok)} commands under {self.ground.ledger.kills} kills "
            f"({self.done['kill broker']} of the broker, {self.done['kill database']} of the database), "
            f"{words['poison']} poisons of {len(KINDS)} kinds, {self.deaths['with the prefetch in hand']} consumers "
            f"dead with their prefetch in hand ({logs.count('came back again and again')} batches of suspects) and "
            f"{self.deaths['by themselves']} by a poison, {words['line']} bad lines, a clock an hour ahead and two "
            f"behind ({asker.answers.total()} questions about links), seed {self.seed}, {seconds:.0f} s"
        )
