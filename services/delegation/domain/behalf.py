"""On whose behalf somebody acted on the delegations of a company: its own, or its accounting firm's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.words.journal import Behalf
from contracts.words.kinds import Kind


@dataclass(frozen=True)
class Held:
    """A delegation of who acted: its kind, since when it was his, when it was closed."""

    kind: Kind
    since: datetime
    closed_at: datetime | None = None


def acted_for(held: Iterable[Held], at: datetime) -> Behalf | None:
    """Whom the holder of `held` spoke for at `at`: by the delegation that he had then, the latest of several; None
    for who had none. What he closed himself he had until then."""
    had = [one for one in held if one.since <= at and (one.closed_at is None or at <= one.closed_at)]
    if not had:
        return None
    return Behalf.FIRM if max(had, key=lambda one: one.since).kind is Kind.CABINET else Behalf.COMPANY
