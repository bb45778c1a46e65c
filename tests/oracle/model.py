"""What a scenario says: facts, each at its instant, and what is alive from when to when because of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MISSING, TO_RECTIFY = "A", "B"
OPEN, IN_CORRECTION = "OPEN", "IN_CORRECTION"
Alert = tuple[str, str]  # status, reason


@dataclass(frozen=True)
class Place:
    """A month of a site: what is expected when. `grace_end` is when it begins to be missing."""

    siret: str
    code: str
    period: str
    due: datetime
    grace_end: datetime
    random: Random


@dataclass(frozen=True)
class Fact:
    """What the caisse's systems tell at `at`, as `POST /v1/facts` takes it."""

    at: datetime
    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """An alert of `kind` that is alive after `begin` and before `end` (null: for ever)."""

    kind: str
    alert: Alert
    begin: datetime
    end: datetime | None = None

    def holds(self, tick: datetime) -> bool:
        """Whether it is alive at `tick`."""
        return self.begin < tick and (self.end is None or tick < self.end)


@dataclass(frozen=True)
class Story:
    """One month as it was lived: what is told, which alerts live when, and the states on Suivi DSN, oldest first."""

    name: str
    facts: Sequence[Fact] = field(default=())
    spans: Sequence[Span] = field(default=())
    states: Sequence[tuple[datetime, str]] = field(default=())

    def alive(self, tick: datetime) -> dict[str, Alert]:
        """The alerts at `tick`, by kind."""
        return {span.kind: span.alert for span in self.spans if span.holds(tick)}

    def state(self, tick: datetime) -> str:
        """The state at `tick`."""
        return [state for since, state in sorted(self.states) if since <= tick][-1]
