"""Trying again what waits in the inbox, one event at a time, each try counted before it is made.

So an event that ends its process, whatever way it came here, ends a few of them and is parked, with its bytes: the
count was written before, by a transaction of its own. Nothing else is in the same try.
"""

from collections.abc import Callable, Sequence

from backbone.events.lanes import Lane
from backbone.messaging import inbox
from backbone.messaging.inbox import Entry
from backbone.messaging.listening import Listening, Outcome
from backbone.messaging.unit_of_work import UnitOfWork

ROUND = 100


class Retrying:
    """The retries of one worker: the lanes take turns, so that none stands behind all that the other has due."""

    def __init__(self, listening: Listening, units: Callable[[], UnitOfWork]) -> None:
        self._listening, self._units = listening, units
        self._interrupted: Entry | None = None
        self._turn = [Lane.URGENT, Lane.BULK]

    def round(self, *, untried: bool = False, most: int = ROUND) -> Outcome:
        """Try what is due, at most `most` events; `untried`: only what was not tried before.

        Raises when the database is away; the try it interrupted is not counted.
        """
        self._take_back()
        outcomes = list[Outcome]()
        while len(outcomes) < most and (outcome := self._one(untried)):
            outcomes.append(outcome)
        return _sum(outcomes)

    def _one(self, untried: bool) -> Outcome | None:
        with self._units() as uow:
            found = (inbox.due(uow.connection, uow.now, lane, untried=untried) for lane in self._turn)
            entry = next((one for one in found if one is not None), None)
            if entry is None:
                return None
            self._turn.reverse()
            spent = entry.attempts >= self._listening.attempts
            outcome = self._listening.give_up(entry, uow) if spent else Outcome()
            if not spent:
                inbox.begin(uow.connection, entry, uow.now, self._listening.retry_base)
            uow.commit()
        return outcome if spent else self._make(entry)

    def _make(self, entry: Entry) -> Outcome:
        self._interrupted = entry
        with self._units() as uow:
            held = inbox.hold(uow.connection, entry)
            outcome = self._listening.try_again(entry, uow) if held else Outcome()
            uow.commit()
        self._interrupted = None
        return outcome

    def _take_back(self) -> None:
        if self._interrupted is None:
            return
        with self._units() as uow:
            inbox.take_back(uow.connection, self._interrupted, uow.now)
            uow.commit()
        self._interrupted = None


def _sum(outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        sum(one.applied for one in outcomes),
        sum(one.repeated for one in outcomes),
        sum(one.failed for one in outcomes),
        sum(one.parked for one in outcomes),
    )
