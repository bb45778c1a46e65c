"""The judge: what is left where, when all is quiet."""

from collections import Counter
from dataclasses import dataclass, field

import pika

from tests.bus.soak.ground import Ground
from tests.bus.soak.poison import Poisoner
from tests.support.depths import depths
from tests.support.ledger import Verdict
from tests.support.ports import eventually

ENDED = "worker_ended"  # what a kill in the middle of a try leaves of any reason


@dataclass
class Books:
    """What the run did, and what is wrong with it."""

    verdict: Verdict
    story: str
    complaints: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing is wrong."""
        return self.verdict.clean and not self.complaints

    def __str__(self) -> str:
        return "; ".join([f"{self.story}: {self.verdict}", *self.complaints])


def put_aside(ground: Ground, poisoner: Poisoner) -> tuple[int, list[str]]:
    """How many lie where nothing should (a residue), and what is wrong: every poison is parked with its reason, or a
    dead letter, once; nothing else is."""
    found = [(bytes(body), str(error)) for body, error in ground.ask("taker", PARKED)]
    found += [(body, "dead") for body in dead_letters(ground)]
    times = Counter(body for body, _ in found)
    strange = [f"{body[:200]!r} ({reason})" for body, reason in found if body not in poisoner.parked]
    wrong = [
        f"{poisoner.parked[body][0]} has the reason {reason}"
        for body, reason in found
        if body in poisoner.parked and not reason.startswith((poisoner.parked[body][1], ENDED, "dead"))
    ]
    missing = [kind for body, (kind, _) in poisoner.parked.items() if not times[body]]
    doubled = [kind for body, (kind, _) in poisoner.parked.items() if times[body] > 1]
    unsent = {id: str(error) for id, error in ground.ask("maker", "SELECT id, error FROM outbox_parked")}
    wrong += [f"{id} was not put aside on its way out" for id in poisoner.unsent.keys() - unsent.keys()]
    wrong += [f"{id} left aside: {reason}" for id, reason in unsent.items() if id not in poisoner.unsent]
    complaints = [
        f"{what}: {', '.join(those[:5])} ({len(those)})"
        for what, those in {"strange": strange, "wrong": wrong, "missing": missing, "doubled": doubled}.items()
        if those
    ]
    return len(found) - len(times) + len(strange), complaints


PARKED = "SELECT body, error FROM inbox WHERE parked_at IS NOT NULL"


def dead_letters(ground: Ground) -> list[bytes]:
    """The bodies of what met the broker's last net."""
    bodies = []
    with pika.BlockingConnection(pika.URLParameters(ground.broker)) as connection:
        channel = connection.channel()
        for queue in (name for name in depths(ground.rabbitmq.ctl, ground.vhost) if name.endswith(".dead")):
            while (got := channel.basic_get(queue, auto_ack=True))[0] is not None:
                bodies.append(bytes(got[2]))
    return bodies


def nobody_holds(ground: Ground) -> list[str]:
    """What the dead still hold: leaderships and transactions of processes that are no more."""
    names = f"SELECT oid FROM pg_database WHERE datname LIKE '%{ground.vhost}'"
    held = f"pg_locks WHERE locktype = 'advisory' AND database IN ({names})"
    open_ = f"pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datid IN ({names})"
    try:
        eventually(lambda: not ground.count("maker", held) and not ground.count("maker", open_), limit=20, every=0.5)
    except AssertionError:
        return [f"{ground.count('maker', held)} leases, {ground.count('maker', open_)} transactions stay open"]
    return []
