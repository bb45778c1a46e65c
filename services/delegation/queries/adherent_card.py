"""The adhérent as its administrators see it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from contracts.words.kinds import Kind
from services.delegation.domain.authority import may_see
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.status import SHOWN, State
from services.delegation.storage.delegations import administrator, lasting
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import adherents, delegations

STATES = (State.IN_FORCE, State.SUSPENDED, State.COMING, State.TO_CONFIRM, State.INVITED)


def adherent_card(connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID) -> dict[str, Any]:
    """Who the company is, its accounting firm, and where what it delegated to it stands (G10, G21, G22)."""
    day = paris_day(clock.now())
    actor = administrator(connection, account_id, adherent_id, day)
    row = connection.execute(sa.select(adherents).where(adherents.c.id == adherent_id)).mappings().one()
    found = _to_firm(connection, adherent_id, day)
    seen = [one for one in found if may_see(actor, one, ())]
    firm = {"nom": row["cabinet_nom"], "email": row["cabinet_email"] or None}
    return {
        "adherent_id": adherent_id,
        **{name: row[name] for name in ("identifiant", "raison_sociale", "siren", "caisse")},
        "cabinet_comptable": firm if firm["nom"] else None,
        "cabinet_delegated": bool(found),
        "cabinet_delegation": _standing(min(seen, key=lambda one: _rank(one, day)), day) if seen else None,
    }


def _to_firm(connection: Connection, adherent_id: UUID, day: date) -> list[Delegation]:
    """What the company itself delegated to a firm and is not over."""
    query = sa.select(delegations).where(
        delegations.c.adherent_id == adherent_id,
        delegations.c.kind == str(Kind.CABINET),
        delegations.c.parent_id.is_(None),
        lasting(day),
    )
    return [delegation_of(row) for row in connection.execute(query).mappings()]


def _rank(one: Delegation, day: date) -> tuple[int, datetime]:
    """In force before suspended before to come before pending; of several, the one that was asked first."""
    return STATES.index(one.state_on(day) or State.INVITED), one.opened_at


def _standing(one: Delegation, day: date) -> dict[str, Any]:
    """Where it stands, and since when: asked, accepted, or the first day of its rights."""
    state, period, facts = one.state_on(day) or State.INVITED, one.effective.period, one.facts
    since = {State.INVITED: facts.opened_on, State.TO_CONFIRM: facts.completed_on}.get(state, period.starts_on)
    if state is State.IN_FORCE and facts.confirmed_on:
        since = max(period.starts_on, facts.confirmed_on)
    return {
        "delegation_id": one.id,
        "statut": str(SHOWN[state]),
        "a_confirmer": state is State.TO_CONFIRM,
        "depuis": since,
        "ends_on": period.ends_on,
    }
