"""The sites that the person of this page entered last, on this browser: they stand above a long list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from gateway.clients import clients
from gateway.clients.problem import unless
from gateway.kit.memory import remembered


def recent(mine: Sequence[Any]) -> list[Any]:
    """The sites entered last. One that is not among those just told to be `mine` is asked of delegation again, and is
    not shown when it is not mine any more."""
    known: dict[UUID, Any] = {one.site_id: one for one in mine}
    for site in remembered().sites:
        if site not in known:
            with unless(403, 404):
                known[site] = clients().delegation.site(site)
    return [known[site] for site in remembered().sites if site in known]
