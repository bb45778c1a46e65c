"""The journal, held against its seals and against what the delegations are today (D18)."""

from datetime import datetime
from itertools import islice

from sqlalchemy.engine import Connection

from backbone.shape.verdict import Verdict
from services.delegation.domain.chain import faults
from services.delegation.storage import seals

MOST = 1000  # faults that are told one by one: who finds that many needs no more


def verify(connection: Connection, now: datetime) -> Verdict:
    """Every chain from its first line to its last; the seals are those that the last check saw, and no line is without
    one since; what was done last to each delegation is in it."""
    known, lines = seals.last_check(connection), seals.count(connection)
    found = list(islice(faults(seals.chains(connection)), MOST))
    if known is not None:
        if lines < known["lines"] or seals.ends_hash(connection, known["at"]) != known["ends"]:
            found.append(f"the seals are not those that the check of {known['at']:%Y-%m-%d %H:%M} saw")
        if left := seals.left(connection, now):
            found.append(f"{left} lines are older than two days and have no seal")
    found += [f"delegation {id}: what was done last to it is not in the journal" for id in seals.behind(connection)]
    return Verdict(f"{lines} sealed lines of the journal, ends {spelled(seals.ends_hash(connection, now))}", found)


def spelled(ends: str) -> str:
    """A hash in groups of sixteen, as logs leave it: what is as long as a token and in one piece is masked there."""
    return " ".join(ends[at : at + 16] for at in range(0, len(ends), 16))
