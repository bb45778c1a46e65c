"""The links that certify an address again, and what is said of the accounts that they change (G54)."""

from collections.abc import Sequence
from typing import Any

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from contracts.events.identifier import ADDRESS_CERTIFICATION_REQUESTED
from contracts.events.identity import ACCOUNT_UPDATED
from services.identity.domain.account import Account
from services.identity.domain.ports import Sealer
from services.identity.domain.recertification import Terms
from services.identity.steps import security
from services.identity.storage import certifications


def make_links(rows: Sequence[Any], uow: UnitOfWork, sealer: Sealer, terms: Terms, *, suspended: bool) -> None:
    """A link for each of these accounts, which are held; the former one dies."""
    until, links = uow.now + terms.lifetimes.certification_link, []
    for row in rows:
        id, token = new_id(), new_token()
        link = {"certification_id": id, "account_id": row.account_id, "token_hash": digest(token)}
        links.append({**link, "expires_at": until})
        data = {
            "certification_id": id,
            "account_id": row.account_id,
            "email": row.email,
            "prenom": row.prenom,
            "suspended": suspended,
            "ends_at": terms.ends(row.email_certified_at, row.certification_announced_at),
            "expires_at": until,
            "sealed": sealer.seal({"token": token}),
        }
        uow.record(ADDRESS_CERTIFICATION_REQUESTED, sequence=1, data=data)
    if links:
        certifications.add(uow.connection, links, uow.now)
        certifications.note_announced(uow.connection, [row.account_id for row in rows], uow.now)


def tell_certified(changed: Account | None, uow: UnitOfWork) -> None:
    """Tell the other services what the account is now; None: nothing changed."""
    if changed:
        uow.record(ACCOUNT_UPDATED, sequence=changed.version, data=changed.state())
        security.note(security.USER_UPDATED, account=changed.account_id, status=changed.status, certification="email")
