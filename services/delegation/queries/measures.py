"""What an operator watches: whether the journal says what it said when it was written."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.engine import Connection

from backbone.shape.measures import Measure
from services.delegation.storage import seals


def measures(connection: Connection, _now: datetime) -> Iterator[Measure]:
    """What the last verification found; nothing before the first one."""
    if found := seals.last_check(connection):
        text = "Faults that the last verification of the journal found."
        yield Measure("espace_delegation_journal_faults", text, {(): found["faults"]})
