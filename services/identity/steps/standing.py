"""Telling delegation where its invitations stand: which link was made, and when the next leaves by itself (K6).

K6: a status says what happened, not what was ordered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.invitation import INVITATION_STANDING
from contracts.words.statuses import WaitsFor
from services.identity.storage import delegations, invitations

LINK = ("invitation_id", "issued_at", "expires_at", "opened_at")


@dataclass(frozen=True)
class Stand:
    """Where one delegation `row` stands: `link` was just made or opened, or the next one waits until `next_at`."""

    row: Any
    link: Mapping[str, Any] | None = None
    next_at: datetime | None = None
    waits_for: WaitsFor | None = None


def tell(stands: Sequence[Stand], *, uow: UnitOfWork) -> None:
    """Keep and record them, each once: what waits already, and goes on waiting for the same moment, is not news."""
    news = [one for one in stands if one.link or (one.row.next_at, one.row.waits_for) != (one.next_at, one.waits_for)]
    waiting = [one.row.delegation_id for one in news if not one.link]
    links = invitations.newest(uow.connection, waiting) if waiting else {}
    delegations.stand(uow.connection, [_kept(one) for one in news])
    for one in news:
        link = one.link or _plain(links.get(one.row.delegation_id))
        data = {
            "delegation_id": one.row.delegation_id,
            "email": one.row.email,
            **{name: link.get(name) for name in LINK},
            "next_at": one.next_at,
            "waits_for": one.waits_for,
        }
        uow.record(INVITATION_STANDING, sequence=one.row.standings + 1, data=data)


def tell_opened(rows: Sequence[Any], *, uow: UnitOfWork) -> None:
    """The newest link of each of these delegations was opened; what waits goes on waiting."""
    links = invitations.newest(uow.connection, [row.delegation_id for row in rows])
    tell([Stand(row, _plain(links.get(row.delegation_id)), row.next_at, row.waits_for) for row in rows], uow=uow)


def _kept(one: Stand) -> dict[str, Any]:
    return {
        "delegation_id": one.row.delegation_id,
        "next_at": one.next_at,
        "waits_for": one.waits_for,
        "standings": one.row.standings + 1,
    }


def _plain(row: Any) -> Mapping[str, Any]:
    return {name: getattr(row, name, None) for name in LINK}
