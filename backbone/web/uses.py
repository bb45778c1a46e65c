"""A route that reads tells that a right was used, once a day for each person and place (docs/decisions/0064)."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.rights.uses import Told
from backbone.web.commands import perform, service

log = logging.getLogger(__name__)


def note_use(use_case: Callable[..., Any], command: Any, *, who: UUID, place: UUID) -> None:
    """Perform `use_case(command)` unless this process has for that person and place today: all that another request of
    the day costs is that look. Nobody's reading is worse for it: what fails is a line in the log, and is not tried
    again that day."""
    if not service().port(Told).news(who, [str(place)], paris_day(service().clock.now())):
        return
    try:
        perform(use_case, command, idempotent=False)
    except Exception as error:
        log.warning("use not counted: %s", type(error).__name__)
