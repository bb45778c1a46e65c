"""Links that invite somebody (G40–G43): made, made again when asked, never more than a mailbox bears.

Whether the mailbox has an account already changes the words of its mail, and nothing that anybody else is told (K14).

Over the limits the former link goes on living, and the new one leaves by itself when it may (`invite_waiting`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import INVITATION_ISSUED
from contracts.words.statuses import WaitsFor
from services.identity.domain.account import Account
from services.identity.domain.invitation import REMEMBERED, Sent, pause, share_of
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.domain.ports import Sealer
from services.identity.steps import security
from services.identity.steps.links import Made, made
from services.identity.steps.standing import Stand, tell
from services.identity.storage import invitations


@dataclass(frozen=True)
class New:
    """A link to be made: for which delegation, for whose mailbox, out of whose share."""

    row: Any
    account: Account
    share: str


def issue(
    rows: Sequence[Any], held: Mapping[UUID, Account], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes
) -> None:
    """A new link for each of these delegations, the former one dies. Over the limits none is made: it waits.

    `held` are their accounts, locked: two that invite the same mailbox count one after the other.
    """
    allowed, stands = _within_limits(rows, uow)
    invitations.supersede(uow.connection, [row.delegation_id for row in allowed], uow.now)
    links = [New(row, held[row.account_id], share_of(row.parent_id)) for row in allowed]
    made = send(links, uow=uow, sealer=sealer, lifetimes=lifetimes)
    tell([*(Stand(row, link) for row, link in zip(allowed, made, strict=True)), *stands], uow=uow)


def send(links: Sequence[New], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> Sequence[Mapping[str, Any]]:
    """Make and keep these links, and have them mailed; what is kept of each, in order."""
    new = [(one, new_id(), made(Purpose.INVITATION, uow, lifetimes)) for one in links]
    kept = [_row(one, id, link) | {"issued_at": uow.now} for one, id, link in new]
    invitations.add(uow.connection, kept)
    for one, id, link in new:
        data = {
            "invitation_id": id,
            "delegation_id": one.row.delegation_id,
            "email": one.account.email,
            "adherent": one.row.adherent,
            "expires_at": link.until,
            "sealed": sealer.seal({"token": link.token}),
            "already_known": one.account.known,
            **{name: getattr(one.row, name) for name in ("kind", "starts_on", "nom", "prenom")},
        }
        uow.record(INVITATION_ISSUED, sequence=1, data=data)
    return kept


def _within_limits(rows: Sequence[Any], uow: UnitOfWork) -> tuple[list[Any], list[Stand]]:
    sent = invitations.sent_since(uow.connection, {row.account_id for row in rows}, uow.now - REMEMBERED)
    allowed, waiting = [], []
    for row in rows:
        share = share_of(row.parent_id)
        delay = pause(row.account_id, row.adherent_id, sent, uow.now, share)
        if not delay:
            sent.append(Sent(row.account_id, row.adherent_id, uow.now, share))
            allowed.append(row)
        else:
            security.note(security.RATE_EXCEEDED, failed=True, delegation=row.delegation_id, account=row.account_id)
            waiting.append(Stand(row, next_at=uow.now + delay, waits_for=WaitsFor.LIMITE))
    return allowed, waiting


def _row(one: New, id: UUID, link: Made) -> dict[str, Any]:
    same = {name: getattr(one.row, name) for name in ("delegation_id", "account_id", "adherent_id")}
    return {**same, "invitation_id": id, "token_hash": link.digest, "expires_at": link.until, "share": one.share}
