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


def awaits_review(actor: Delegation, day: date) -> sa.ColumnElement[bool]:
    """Live, and granted by somebody who administers the adhérent no more; nothing for the firm's administrators,
    whose delegations are bounded by their parent's."""
    if actor.of_the_firm:
        return sa.false()
    gone = sa.or_(sa.not_(lasting(day, _grantor)), sa.not_(_grantor.c.administrator))
    left = sa.exists().where(_grantor.c.id == delegations.c.grantor_id, gone)
    return sa.and_(delegations.c.parent_id.is_(None), LIVE, left)


def to_review(connection: Connection, actor: Delegation, shown: Collection[UUID], day: date) -> set[UUID]:
    """Those among `shown`, which `actor` sees, that wait for it."""
    if actor.of_the_firm or not shown:
        return set()
    theirs = delegations.c.id.in_(list(shown))
    return set(connection.scalars(sa.select(delegations.c.id).where(theirs, awaits_review(actor, day))))
