"""Certifying addresses again (G54): whose time comes, and who was told."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.shape.aside import without
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.identifier import Ended
from services.identity.domain.link import Purpose
from services.identity.domain.recertification import Terms
from services.identity.storage.accounts import COLUMNS
from services.identity.storage.links import KEPT
from services.identity.storage.tables import accounts, certifications, identifier_changes

LINKS = KEPT[Purpose.CERTIFICATION]
TOLD = accounts.c.certification_announced_at > accounts.c.email_certified_at
DUE_COLUMNS = [*COLUMNS, accounts.c.email_certified_at, accounts.c.certification_announced_at]


def to_suspend(connection: Connection, terms: Terms, limit: int, beside: Collection[UUID]) -> list[Any]:
    """Active accounts whose time is over and who were told in time, held; those another process holds are skipped."""
    told = sa.and_(TOLD, accounts.c.certification_announced_at <= terms.told)
    over = (accounts.c.email_certified_at <= terms.to_suspend, told, without(accounts.c.account_id, beside))
    return _due(connection, limit, *over)


def to_announce(connection: Connection, terms: Terms, limit: int, beside: Collection[UUID]) -> list[Any]:
    """Active accounts whose time comes and who have no link that works, held."""
    usable = sa.exists().where(certifications.c.account_id == accounts.c.account_id, LINKS.acting(terms.now))
    comes = (accounts.c.email_certified_at <= terms.to_announce, ~usable, without(accounts.c.account_id, beside))
    return _due(connection, limit, *comes)


def wanting(connection: Connection, account_id: UUID, terms: Terms) -> Any:
    """The account, held, if a link is of use to it: disabled for want of one and nothing else, or its time comes."""
    not_over = sa.or_(identifier_changes.c.ended_at.is_(None), identifier_changes.c.ended_by == Ended.TAKEN)
    waits = sa.exists().where(identifier_changes.c.account_id == accounts.c.account_id, not_over)
    disabled = sa.and_(accounts.c.status == Status.DESACTIVE, ~waits)
    due = sa.and_(accounts.c.status == Status.ACTIF, accounts.c.email_certified_at <= terms.to_announce)
    query = sa.select(*DUE_COLUMNS).where(accounts.c.account_id == account_id, sa.or_(disabled, due))
    return connection.execute(query.with_for_update()).first()


def note_announced(connection: Connection, account_ids: Iterable[UUID], now: datetime) -> None:
    """They are told; the first time since their last proof counts."""
    first = sa.and_(accounts.c.account_id.in_(list(account_ids)), sa.func.coalesce(TOLD, sa.false()).is_(sa.false()))
    connection.execute(sa.update(accounts).where(first).values(certification_announced_at=now))


def _due(connection: Connection, limit: int, *conditions: Any) -> list[Any]:
    query = sa.select(*DUE_COLUMNS).where(accounts.c.status == Status.ACTIF, *conditions)
    oldest = query.order_by(accounts.c.email_certified_at, accounts.c.account_id).limit(limit)
    return list(connection.execute(oldest.with_for_update(skip_locked=True)))
