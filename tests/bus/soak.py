"""The soak: commands by HTTP while APIs, workers, broker and database are killed at random; then the books.

`python -m tests.bus.soak` is the long one (20 000 commands, 200 kills, at most 15 minutes); a short one is a test.
"""

import argparse
import itertools
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from backbone.ids import new_id
from tests.support.ledger import Verdict
from tests.support.ports import free_port
from tests.support.postgres import start_postgres
from tests.support.processes import Process, Zygote
from tests.support.rabbitmq import start_rabbitmq
from tests.support.stage import Driver, Stage

DRIVERS = 4


class Limited(Driver):
    """A driver that takes its next number from a common counter and ends with it."""

    def __init__(self, stage: Stage, port: int, numbers: "itertools.count[int]", last: int):
        self._numbers, self._last = numbers, last
        super().__init__(stage, port, "soak")

    def run(self) -> None:
        """Post until the numbers are used up."""
        while (number := next(self._numbers)) < self._last:
            self.settle(f"soak-{number}", str(new_id()))


class Soak:
    """One run on a stage."""

    def __init__(self, stage: Stage, commands: int, kills: int, seed: int):
        self.stage, self.commands, self.wanted = stage, commands, kills
        self.random, self.killed = random.Random(seed), Counter[str]()
        self.port = free_port()
        self.starts: dict[str, Callable[[], Process]] = {
            "api": lambda: stage.api(wait=False, port=self.port)[0],
            "relay": lambda: stage.worker("maker", wait=False),
            "relay 2": lambda: stage.worker("maker", wait=False),
            "worker": lambda: stage.worker("taker", wait=False),
            "worker 2": lambda: stage.worker("taker", wait=False),
        }

    def run(self) -> Verdict:
        """Commands and kills until both are done; then heal, wait for quiet, and balance."""
        stage = self.stage
        running = {name: start() for name, start in self.starts.items()}
        for process in running.values():
            process.wait_ready(120)
        numbers = itertools.count()
        drivers = [Limited(stage, self.port, numbers, self.commands) for _ in range(DRIVERS)]
        while stage.ledger.kills < self.wanted:
            self._strike(running, self._victim())
            time.sleep(self.random.uniform(0.1, 0.8))
        for driver in drivers:
            driver.join(600)
        stage.quiet(120)
        return stage.verdict()

    def _victim(self) -> str:
        """Servers are rarer victims than processes: a broker takes ten seconds to come back."""
        draw = self.random.random()
        if draw < 0.03 or not self.killed["broker"] and self.stage.ledger.kills > self.wanted // 4:
            return "broker"
        if draw < 0.12 or not self.killed["database"] and self.stage.ledger.kills > self.wanted // 8:
            return "database"
        return self.random.choice(list(self.starts))

    def _strike(self, running: dict[str, Process], victim: str) -> None:
        if victim == "broker":
            self.stage.kill_broker()
            self.stage.rabbitmq.start()
        elif victim == "database":
            self.stage.postgres.kill9()
            self.stage.postgres.start()
            self.stage.ledger.kills += 1
        else:
            running[victim].kill9()
            running[victim] = self.starts[victim]()
            self.stage.ledger.kills += 1
        self.killed[victim] += 1


def main() -> None:
    """Run one soak on servers of its own and say what the books say."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--commands", type=int, default=20_000)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    given = words.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    postgres, rabbitmq, zygote = start_postgres(folder / "postgres"), start_rabbitmq(folder / "rabbitmq"), Zygote()
    begun, stage = time.monotonic(), Stage(postgres, rabbitmq, zygote, folder)
    try:
        soak = Soak(stage, given.commands, given.kills, given.seed)
        verdict = soak.run()
        stage.ledger.enough(kills=given.kills, operations=given.commands)
        print(f"{len(stage.ledger.ok)} commands, {stage.ledger.kills} kills {dict(soak.killed)}, seed {given.seed}")
        print(f"{verdict}, {time.monotonic() - begun:.0f} s, {threading.active_count()} threads")
        sys.exit(0 if verdict.clean else 1)
    finally:
        stage.close()
        zygote.close()
        rabbitmq.close()
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
