"""« À revoir »: what a former administrator granted survives him, and those who remain judge it again (C10)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import LIVE
from services.delegation.storage.reviews import granted_by_gone, left_by_grantor
from services.delegation.storage.tables import delegations


def awaits_review(actor: Delegation, day: date) -> sa.ColumnElement[bool]:
    """Live, and granted by somebody who administers the adhérent no more; nothing for the firm's administrators,
    whose delegations are bounded by their parent's."""
    if actor.of_the_firm:
        return sa.false()
    return sa.and_(delegations.c.parent_id.is_(None), LIVE, granted_by_gone(day))


def to_review(connection: Connection, actor: Delegation, shown: Collection[UUID], day: date) -> set[UUID]:
    """Those among `shown`, which `actor` sees, that wait for it."""
    return set() if actor.of_the_firm else left_by_grantor(connection, shown, day)
