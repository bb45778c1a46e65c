"""A person's own delegations, as « Mes délégations » shows them: what both of its questions share."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import paris_day
from backbone.errors import NotFound
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.own import own_actions
from services.delegation.domain.prolongation import Prolongation
from services.delegation.domain.reminding import Asked
from services.delegation.domain.status import SHOWN, State
from services.delegation.queries.presenting import status_detail
from services.delegation.storage import prolongations, reminders
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import adherents, delegations

WAITS = "Attend la confirmation de l'administrateur"
_COMPANY = (adherents.c.id, adherents.c.raison_sociale, adherents.c.identifiant)


def mine(account_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """The delegations that the account accepted."""
    return (delegations.c.account_id == account_id, delegations.c.completed_at.is_not(None))


def own(connection: Connection, account_id: UUID, delegation_id: UUID) -> Delegation:
    """One of them. NotFound for one that is not the account's (AA22)."""
    found = sa.select(delegations).where(*mine(account_id), delegations.c.id == delegation_id)
    row = connection.execute(found).mappings().one_or_none()
    if row is None:
        raise NotFound
    return delegation_of(row)


def own_items(connection: Connection, held: Sequence[Delegation], now: datetime) -> list[dict[str, Any]]:
    """Each of `held` in its place: of which company, its role, its status in words for its beneficiary, its days."""
    of = {one.adherent_id for one in held}
    rows = connection.execute(sa.select(*_COMPANY).where(adherents.c.id.in_(of))) if held else ()
    ids = [one.id for one in held]
    reminded, wanted = reminders.asked(connection, ids), prolongations.asked(connection, ids)
    companies = {row.id: {"raison_sociale": row.raison_sociale, "identifiant": row.identifiant} for row in rows}
    return [
        {**companies[one.adherent_id], **_item(one, reminded.get(one.id, Asked()), wanted.get(one.id), now)}
        for one in held
    ]


def _item(one: Delegation, reminded: Asked, wanted: Prolongation | None, now: datetime) -> dict[str, Any]:
    day = paris_day(now)
    state = one.state_on(day) or State.TO_CONFIRM
    return {
        "delegation_id": one.id,
        "role": str(one.role),
        "statut": str(SHOWN[state]),
        "statut_detail": WAITS if state is State.TO_CONFIRM else status_detail(one, state),
        "starts_on": one.effective.period.starts_on,
        "ends_on": one.effective.period.ends_on,
        "version": one.sequence,
        "actions": [str(action) for action in own_actions(one, wanted, day)],
        "reminded_at": reminded.at,
        "next_reminder_at": reminded.next_at() if reminded.wait(now) else None,
        "prolongation": asdict(wanted) if wanted and wanted.is_of(one) else None,
    }
