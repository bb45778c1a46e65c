"""What a person opens in a space, told to delegation once a day, so that the tiles follow (G69, docs/decisions/0050).

Which days this process told is kept in its memory: another process may tell the same once more, which changes nothing.
"""

import logging
from collections.abc import Iterable
from typing import Protocol, cast

from flask import current_app

from backbone.rights.uses import Told
from gateway.clients import clients
from gateway.clients.delegation import Tier
from gateway.clients.problem import Problem
from gateway.kit.today import today

log = logging.getLogger(__name__)


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
