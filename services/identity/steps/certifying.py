"""The links that certify an address again, and what is said of the accounts that they change (G54)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identifier import ADDRESS_CERTIFICATION_REQUESTED
from contracts.events.identity import ACCOUNT_UPDATED
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.domain.ports import Sealer
from services.identity.domain.recertification import PER_ACCOUNT, Terms
from services.identity.steps import security
from services.identity.steps.links import made
from services.identity.storage import certifications, counters, links


def make_links(rows: Sequence[Any], uow: UnitOfWork, sealer: Sealer, terms: Terms, *, suspended: bool) -> None:
    """A link for each of these accounts, which are held; the former one dies."""
    kept = []
    for row in rows:
        id, link = new_id(), made(Purpose.CERTIFICATION, uow, terms.lifetimes)
        mine = {"certification_id": id, "account_id": row.account_id}
        kept.append({**mine, "token_hash": link.digest, "expires_at": link.until})
        data = {
            "certification_id": id,
            "account_id": row.account_id,
            "email": row.email,
            "prenom": row.prenom,
            "suspended": suspended,
            "ends_at": terms.ends(row.email_certified_at, row.certification_announced_at),
            "expires_at": link.until,
            "sealed": sealer.seal({"token": link.token}),
        }
        uow.record(ADDRESS_CERTIFICATION_REQUESTED, sequence=1, data=data)
    if kept:
        links.add(uow.connection, Purpose.CERTIFICATION, kept, uow.now)
        certifications.note_announced(uow.connection, [row.account_id for row in rows], uow.now)


def tell_certified(changed: Account | None, uow: UnitOfWork) -> None:
    """Tell the other services what the account is now; None: nothing changed."""
    if changed:
        uow.record(ACCOUNT_UPDATED, sequence=changed.version, data=changed.state())
        security.note(security.USER_UPDATED, account=changed.account_id, status=changed.status, certification="email")


def remind_of(account_id: UUID, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link, if it is of use to the account, and not more than a mailbox bears."""
    terms = Terms(uow.now, lifetimes)
    row = certifications.wanting(uow.connection, account_id, terms)
    if row is None:
        return
    if counters.count(uow.connection, "certification", str(account_id), PER_ACCOUNT, uow.now):
        security.note(security.RATE_EXCEEDED, failed=True, account=account_id, purpose="certification")
        return
    make_links([row], uow, sealer, terms, suspended=row.status == Status.DESACTIVE)
