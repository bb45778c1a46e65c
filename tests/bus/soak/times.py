"""What has its time: links that are live or dead, things that fall due. One wrong clock may end or revive none."""

import json
import threading
import urllib.request
from collections import Counter
from contextlib import suppress

from tests.bus.soak.ground import Ground
from tests.support.processes import NO_ANSWER

NEAR, FAR = 40, 10
LINKS = {"live": "40 minutes", "dead": "-30 minutes"}  # both within the error of the wrong clock


class Times:
    """The dates in the maker's database, by that database's clock. `NEAR` things fall due during the run, one every
    `every` seconds; `FAR` ones 40 minutes later."""

    def __init__(self, ground: Ground, every: float) -> None:
        self._ground = ground
        with ground.postgres.connect(ground.names["maker"]) as connection:
            due = "INSERT INTO dues SELECT 'due-{0}-' || n, now() + {1} FROM generate_series(1, {2}) n"
            connection.execute(due.format("near", f"n * interval '{every} seconds'", NEAR))  # type: ignore[arg-type]
            connection.execute(due.format("far", "n * interval '1 second' + interval '40 minutes'", FAR))  # type: ignore[arg-type]
            for code, until in LINKS.items():
                connection.execute("INSERT INTO links VALUES (%s, now() + %s::interval)", (code, until))
        for number in range(1, NEAR + 1):
            ground.ledger.settle(f"due-near-{number}", "ok")

    def over(self) -> bool:
        """Whether all that falls due during the run was closed."""
        return self._ground.count("maker", "dues WHERE closed_at IS NULL") <= FAR

    def complaints(self) -> list[str]:
        """What was closed that is not due, or before its time."""
        too_early = "dues WHERE closed_at < due_at OR closed_at IS NOT NULL AND name LIKE 'due-far%'"
        early = self._ground.count("maker", too_early)
        return [f"{early} things closed before their time"] if early else []


class Asker(threading.Thread):
    """Asks APIs what the links are worth, again and again."""

    def __init__(self, *ports: int) -> None:
        super().__init__(daemon=True)
        self._ports, self._over = ports, threading.Event()
        self.answers = Counter[tuple[str, bool]]()
        self.start()

    def run(self) -> None:
        """Ask, count, go on; an API that is away says nothing."""
        while not self._over.wait(0.1):
            for port in self._ports:
                for code in LINKS:
                    with suppress(*NO_ANSWER):
                        url = f"http://127.0.0.1:{port}/v1/links/{code}"
                        with urllib.request.urlopen(url, timeout=5) as answer:
                            self.answers[code, bool(json.load(answer)["live"])] += 1

    def stop(self) -> None:
        """No more."""
        self._over.set()
        self.join(30)

    def complaints(self) -> list[str]:
        """Links that were ended or revived."""
        wrong = {"ended": self.answers["live", False], "revived": self.answers["dead", True]}
        return [f"{count} links {what}" for what, count in wrong.items() if count] + [
            f"nobody said that a link is {code}" for code in LINKS if not self.answers[code, code == "live"]
        ]
