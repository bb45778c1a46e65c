"""What a person opens in a space, told to delegation once a day, so that the tiles follow (G69, docs/decisions/0050).

Which days this process told is kept in its memory: another process may tell the same once more, which changes nothing.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Protocol, cast
from uuid import UUID

from flask import current_app

from gateway.clients import clients
from gateway.clients.delegation import Tier
from gateway.clients.problem import Problem
from gateway.kit.today import today

log = logging.getLogger(__name__)
REMEMBERED = 20_000  # persons, each with a company and a function: some 4 MB


class Told:
    """Who was told to have used what, on which day."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._days: OrderedDict[tuple[UUID, str], date] = OrderedDict()
        self._most, self._lock = most, Lock()

    def news(self, who: UUID, codes: Iterable[str], day: date) -> list[str]:
        """Those of `codes` that were not told of `who` that day; from now on they are."""
        with self._lock:
            found = [code for code in codes if self._days.get((who, code)) != day]
            for code in found:
                self._days[who, code] = day
                self._days.move_to_end((who, code))
            while len(self._days) > self._most:
                self._days.popitem(last=False)
        return found


class Visited(Protocol):
    """A space, as far as it is counted."""

    @property
    def tier(self) -> Tier:
        """Whose it is."""


def note_uses(space: Visited, codes: Iterable[str]) -> None:
    """The person opened these here. A page is never worse for it: what is not told is not counted, and is not told
    again that day."""
    who = space.tier.access.delegation_id
    news = told().news(who, codes, today()) if who else []
    if not news:
        return
    try:
        clients().delegation.use(space.tier.adherent_id, news)
    except Problem as problem:
        log.warning("uses not counted: %s", problem)


def told() -> Told:
    """What this process told."""
    return cast(Told, current_app.extensions["told"])
