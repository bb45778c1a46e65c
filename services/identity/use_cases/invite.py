"""Links that invite somebody (G40–G43): made, made again when asked, never more than a mailbox bears.

Whether the mailbox has an account already changes the words of its mail, and nothing that anybody else is told (K14).

Over the limits the former link goes on living, and the new one leaves by itself when it may (`invite_waiting`).
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.secrets import digest, new_token
from backbone.unit_of_work import UnitOfWork
from contracts.identity import INVITATION_ISSUED
from services.identity.domain.account import Account
from services.identity.domain.invitation import FORGETFUL, REMEMBERED, Ended, Sent, WaitsFor, pause, share_of
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage import invitations
from services.identity.use_cases import security
from services.identity.use_cases.ports import Sealer
from services.identity.use_cases.standing import Stand, tell


def issue(
    rows: Sequence[Any],
    held: Mapping[UUID, Account],
    *,
    uow: UnitOfWork,
    sealer: Sealer,
    lifetimes: Lifetimes,
    forgetful: bool = False,
) -> None:
    """A new link for each of these delegations, the former one dies. Over the limits none is made: it waits; or, asked
    for by whoever says that he forgot his password (`forgetful`), it is as if nobody had asked.

    `held` are their accounts, locked: two that invite the same mailbox count one after the other.
    """
    shares = {row.delegation_id: FORGETFUL if forgetful else share_of(row.parent_id) for row in rows}
    allowed, stands = _within_limits(rows, shares, uow)
    made = [(new_id(), row, new_token()) for row in allowed]
    until = uow.now + lifetimes.invitation
    invitations.end(uow.connection, [row.delegation_id for _, row, _ in made], Ended.SUPERSEDED, uow.now)
    kept = [
        _link(id, row, token) | {"share": shares[row.delegation_id], "issued_at": uow.now, "expires_at": until}
        for id, row, token in made
    ]
    invitations.add(uow.connection, kept)
    for id, row, token in made:
        data = {
            "invitation_id": id,
            "delegation_id": row.delegation_id,
            "email": held[row.account_id].email,
            "adherent": row.adherent,
            "expires_at": until,
            "sealed": sealer.seal({"token": token}),
            "already_known": held[row.account_id].known,
        }
        uow.record(INVITATION_ISSUED, sequence=1, data=data)
    stands += [Stand(row, link) for row, link in zip(allowed, kept, strict=True)]
    tell(stands, uow=uow)


def _within_limits(rows: Sequence[Any], shares: Mapping[UUID, str], uow: UnitOfWork) -> tuple[list[Any], list[Stand]]:
    sent = invitations.sent_since(uow.connection, {row.account_id for row in rows}, uow.now - REMEMBERED)
    allowed, waiting = [], []
    for row in rows:
        share = shares[row.delegation_id]
        delay = pause(row.account_id, row.adherent_id, sent, uow.now, share)
        if not delay:
            sent.append(Sent(row.account_id, row.adherent_id, uow.now, share))
            allowed.append(row)
        else:
            security.note(security.RATE_EXCEEDED, failed=True, delegation=row.delegation_id, account=row.account_id)
            if share != FORGETFUL:
                waiting.append(Stand(row, next_at=uow.now + delay, waits_for=WaitsFor.LIMITE))
    return allowed, waiting


def _link(id: UUID, row: Any, token: str) -> dict[str, Any]:
    same = {"delegation_id": row.delegation_id, "account_id": row.account_id, "adherent_id": row.adherent_id}
    return {**same, "invitation_id": id, "token_hash": digest(token)}
