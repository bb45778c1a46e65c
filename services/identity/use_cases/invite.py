"""Links that invite to complete an account (G40–G43): made, made again when asked, never more than a mailbox bears.

Over the limits the former link goes on living, and the new one leaves by itself when it may (`invite_waiting`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.secrets import digest, new_token
from backbone.unit_of_work import UnitOfWork
from contracts.identity import INVITATION_ISSUED
from services.identity.domain.account import Account
from services.identity.domain.invitation import (
    FORGETFUL,
    REMEMBERED,
    RENEWABLE,
    Ended,
    Sent,
    WaitsFor,
    pause,
    share_of,
)
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage import accounts, delegations, invitations
from services.identity.use_cases import security
from services.identity.use_cases.ports import Sealer
from services.identity.use_cases.standing import Stand, tell


@dataclass(frozen=True)
class InviteAgain:
    """Administrators want new links for these pending delegations."""

    delegation_ids: Sequence[UUID]


def invite_again(command: InviteAgain, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link for each that still waits. One that is not here yet gets its first link when it arrives."""
    held = accounts.lock_many(
        uow.connection, {row.account_id for row in delegations.pending(uow.connection, command.delegation_ids)}
    )
    # Read again once the accounts are held: a link may have been made meanwhile, or the account completed.
    rows = delegations.pending(uow.connection, command.delegation_ids)
    unknown = [row for row in rows if row.account_id in held and not held[row.account_id].known]
    issue(unknown, held, uow=uow, sealer=sealer, lifetimes=lifetimes)


@dataclass(frozen=True)
class RenewInvitation:
    """The holder of a dead link asked for a new one (`renew_links`)."""

    token_hash: str


def renew_invitation(command: RenewInvitation, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """The same mailbox gets it, if the link was ever ours and its delegation still waits."""
    found = invitations.known(uow.connection, command.token_hash)
    if found and found.ended_by in RENEWABLE:
        again = InviteAgain([found.delegation_id])
        invite_again(again, uow=uow, sealer=sealer, lifetimes=lifetimes)


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
