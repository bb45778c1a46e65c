"""The steps of every act that a clash may refuse: count and commit that it is asked, then judge it (K10, M6)."""

from collections.abc import Callable
from typing import Any

from backbone.web import perform, repeated
from services.delegation.domain.refusals import AddressNotAvailableRefused
from services.delegation.steps.pacing import Forgive
from services.delegation.use_cases.forgive import forgive


def counted(admit: Callable[..., Any], act: Callable[..., Any], command: Any) -> Any:
    """What `act` answers, once `admit` counted that it is asked. Raises what both do.

    What counts as refused is forgiven but for the refusal that is computed on what the actor may not see. A repeat of
    what was answered is given its answer, and counts for nothing.
    """
    if repeated():
        return perform(act, command)
    asked: Forgive | None = perform(admit, command, idempotent=False)
    try:
        return perform(act, command)
    except AddressNotAvailableRefused:
        asked = None
        raise
    finally:
        if asked:
            perform(forgive, asked, idempotent=False)
