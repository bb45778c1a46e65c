"""SMS codes: salted hashes, one live per account, and tries counted by the statement that allows them (C5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.domain.certification import TRIES
from services.identity.storage.tables import mobile_codes

LIVE = mobile_codes.c.ended_at.is_(None)


def add(connection: Connection, row: dict[str, Any], now: datetime) -> None:
    """Keep a new code; the former one of the account dies."""
    end(connection, row["account_id"], now)
    connection.execute(sa.insert(mobile_codes).values(**row, tries=0, issued_at=now))


def end(connection: Connection, account_id: UUID, now: datetime) -> None:
    """Kill the live code of an account."""
    mine = mobile_codes.c.account_id == account_id
    connection.execute(sa.update(mobile_codes).where(LIVE, mine).values(ended_at=now))


def take_try(connection: Connection, account_id: UUID, now: datetime, link: str | None = None) -> Any:
    """Use one try of the live code, bound to `link` or to none: its row, or None when there is none, or none left.
    Parallel tries wait here."""
    statement = (
        sa.update(mobile_codes)
        .where(
            LIVE,
            mobile_codes.c.account_id == account_id,
            mobile_codes.c.link.is_(None) if link is None else mobile_codes.c.link == link,
            mobile_codes.c.expires_at > now,
            mobile_codes.c.tries < TRIES,
        )
        .values(tries=mobile_codes.c.tries + 1)
        .returning(
            mobile_codes.c.code_id,
            mobile_codes.c.number,
            mobile_codes.c.code_hash,
            (TRIES - mobile_codes.c.tries).label("left"),
        )
    )
    return connection.execute(statement).first()


def prove(connection: Connection, code_id: UUID, now: datetime) -> None:
    """The code came back by its link, which is used up: its number is certified for that link."""
    mine = mobile_codes.c.code_id == code_id
    connection.execute(sa.update(mobile_codes).where(mine).values(ended_at=now, right_at=now))


def proved(connection: Connection, link: str) -> str | None:
    """The number that was certified last by that link; None when none was."""
    query = sa.select(mobile_codes.c.number).where(mobile_codes.c.link == link, mobile_codes.c.right_at.is_not(None))
    return connection.execute(query.order_by(mobile_codes.c.right_at.desc()).limit(1)).scalar_one_or_none()
