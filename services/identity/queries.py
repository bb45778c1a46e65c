"""What can be asked of identity: plain SELECTs."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from backbone.secrets import digest
from services.identity.domain.account import Status
from services.identity.domain.address import fold
from services.identity.domain.invitation import accepts_by
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import LinkDead, SessionDead
from services.identity.storage import certifications, delegations, identifiers, invitations, resets, sessions
from services.identity.storage.accounts import COLUMNS
from services.identity.storage.tables import accounts


def account(connection: Connection, *, account_id: UUID, lifetimes: Lifetimes) -> dict[str, Any]:
    """« Connexion et contact » (G73), until when the address is certified (G54). NotFound when it is not there."""
    query = select(*COLUMNS, accounts.c.email_certified_at, accounts.c.newsletter)
    row = connection.execute(query.where(accounts.c.account_id == account_id)).first()
    if row is None:
        raise NotFound
    until = row.email_certified_at + lifetimes.certification if row.email_certified_at else None
    return {**row._mapping, "certified_until": until}


def invitation(connection: Connection, *, token: str, clock: Clock) -> dict[str, Any]:
    """What the page behind a link shows before anything is typed (G44). Nothing is consumed. LinkDead (M3)."""
    row = invitations.live(connection, digest(token), clock.now())
    if row is None:
        raise LinkDead
    return {**row._mapping, "accepts_by": accepts_by(Status(row.status))}


def to_accept(
    connection: Connection, *, account_id: UUID, page: int, page_size: int, clock: Clock
) -> tuple[list[dict[str, Any]], int]:
    """A page of the delegations that wait until this account accepts them (T1), and how many there are."""
    day = paris_day(clock.now())
    rows, total = delegations.to_accept(connection, account_id, day, page=page, page_size=page_size)
    return [dict(row._mapping) for row in rows], total


def reset(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """Whose password the link replaces. Nothing is consumed. LinkDead (M3)."""
    row = resets.live(connection, digest(token), clock.now())
    if row is None:
        raise LinkDead
    return {"email": row.email}


def address_to_prove(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """The new address behind a link, and nothing of whose it becomes: a mistyped one has a stranger for a reader.

    Nothing is consumed. LinkDead (M3).
    """
    found = identifiers.to_prove(connection, digest(token), clock.now())
    if found is None:
        raise LinkDead
    return {"email": found.new_email}


def identifier_asked(connection: Connection, *, session: str, email: str) -> None:
    """Nothing, if that session asked for `email` as its identifiant, and ended by it: a form that is sent twice is told
    what the first one did (C3). SessionDead for every other session."""
    if not identifiers.asked_by(connection, digest(session), fold(email)):
        raise SessionDead


def change_to_undo(connection: Connection, *, token: str, clock: Clock) -> dict[str, Any]:
    """The two addresses of a change, and whether the new one is proved. Nothing is consumed. LinkDead (M3)."""
    found = identifiers.to_undo(connection, digest(token), clock.now())
    if found is None:
        raise LinkDead
    return {"email": found.old_email, "new_email": found.new_email, "proved": found.proved_at is not None}


def address_to_certify(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """The address that the link certifies again. Nothing is consumed. LinkDead (M3)."""
    row = certifications.live(connection, digest(token), clock.now())
    if row is None:
        raise LinkDead
    return {"email": row.email}


def live_sessions(
    connection: Connection,
    *,
    account_id: UUID,
    current: UUID | None,
    page: int,
    page_size: int,
    clock: Clock,
    lifetimes: Lifetimes,
) -> tuple[list[dict[str, Any]], int]:
    """A page of one's own sessions, and how many there are (ASVS 7.5.2)."""
    rows, total = sessions.of_account(connection, account_id, clock.now(), lifetimes, page=page, page_size=page_size)
    return [{**row._mapping, "current": row.session_id == current} for row in rows], total
