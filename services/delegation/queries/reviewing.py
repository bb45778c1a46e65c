"""« À revoir »: what a former administrator granted survives him, and those who remain judge it again (C10)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import LIVE, lasting
from services.delegation.storage.tables import delegations

_grantor = delegations.alias("grantor")
_OPEN = (delegations.c.parent_id.is_(None), LIVE)


def awaits_review(actor: Delegation, day: date) -> sa.ColumnElement[bool]:
    """Live, and granted by somebody who administers the adhérent no more; nothing for the firm's administrators,
    whose delegations are bounded by their parent's."""
    left = sa.exists().where(_grantor.c.id == delegations.c.grantor_id, _gone(day))
    return sa.false() if actor.of_the_firm else sa.and_(*_OPEN, left)


def to_review(connection: Connection, actor: Delegation, shown: Collection[UUID], day: date) -> set[UUID]:
    """Those among `shown`, which `actor` sees, that wait for it. Each grantor is looked up by its id: as a join, the
    planner would walk all delegations for the few lines of a page."""
    if actor.of_the_firm or not shown:
        return set()
    left = sa.select(_gone(day)).where(_grantor.c.id == delegations.c.grantor_id).scalar_subquery()
    theirs = delegations.c.id.in_(list(shown))
    return set(connection.scalars(sa.select(delegations.c.id).where(theirs, *_OPEN, left)))


def _gone(day: date) -> sa.ColumnElement[bool]:
    return sa.or_(sa.not_(lasting(day, _grantor)), sa.not_(_grantor.c.administrator))
