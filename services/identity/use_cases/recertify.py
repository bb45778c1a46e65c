"""Certifying an address again (G54): told ahead, suspended when its time is over, active again from a mail's link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from backbone.shape.aside import Rows, in_batches
from contracts.events.identifier import ADDRESS_CERTIFICATION_REQUESTED
from contracts.events.identity import ACCOUNT_UPDATED
from services.identity.domain.account import Account, Proof, Status
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.domain.recertification import PER_ACCOUNT, Terms
from services.identity.domain.refusals import LinkDead
from services.identity.steps import security
from services.identity.storage import accounts, certifications, counters
from services.identity.use_cases.end_sessions import EndOthers, end_others

BATCH = 200


@in_lane(Lane.BULK)
def recertify(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Suspend those whose time is over, tell those whose time comes, with a link each; how many got one."""

    def suspend(over: Sequence[Any], uow: UnitOfWork) -> int:
        for row in over:
            _suspend(row.account_id, uow)
        _issue(over, uow, sealer, Terms(uow.now, lifetimes), suspended=True)
        return len(over)

    def tell(due: Sequence[Any], uow: UnitOfWork) -> int:
        _issue(due, uow, sealer, Terms(uow.now, lifetimes), suspended=False)
        return len(due)

    def of(read: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
        return lambda uow, limit, beside: read(uow.connection, Terms(uow.now, lifetimes), limit, beside)

    over = Rows("recertify", of(certifications.to_suspend), suspend, attrgetter("account_id"))
    due = Rows("recertify", of(certifications.to_announce), tell, attrgetter("account_id"))
    return sum(in_batches(rows, units=units, batch=BATCH) for rows in (over, due))


@dataclass(frozen=True)
class CertifyAgain:
    """The link of such a mail, used by its reader."""

    token: str

    def __repr__(self) -> str:
        return "CertifyAgain(***)"


def certify_again(command: CertifyAgain, *, uow: UnitOfWork) -> None:
    """The address is its owner's still: its time starts anew, and a suspended account is active. LinkDead."""
    found = certifications.live(uow.connection, digest(command.token), uow.now)
    account = accounts.lock(uow.connection, found.account_id) if found else None
    used = account and certifications.consume(uow.connection, digest(command.token), uow.now)
    if account is None or not used:
        security.note(security.TOKEN_REUSE, failed=True, purpose="certification")
        raise LinkDead
    values = {"status": Status.ACTIF, "email_certified_at": uow.now}
    _announce(accounts.change(uow.connection, account.account_id, **values), uow)
    accounts.prove(uow.connection, [account.account_id], Proof.RECERTIFICATION, uow.now)


@dataclass(frozen=True)
class RenewCertification:
    """The holder of a dead link asked for a new one (`renew_links`)."""

    token_hash: str


def renew_certification(command: RenewCertification, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """The same mailbox gets it, if it is of use to its account."""
    found = certifications.known(uow.connection, command.token_hash)
    if found:
        remind(Remind(found.account_id), uow=uow, sealer=sealer, lifetimes=lifetimes)


@dataclass(frozen=True)
class Remind:
    """Somebody proved to know the account: its password, its mailbox."""

    account_id: UUID


def remind(command: Remind, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link, if it is of use to the account, and not more than a mailbox bears."""
    terms = Terms(uow.now, lifetimes)
    row = certifications.wanting(uow.connection, command.account_id, terms)
    if row is None:
        return
    if counters.count(uow.connection, "certification", str(command.account_id), PER_ACCOUNT, uow.now):
        security.note(security.RATE_EXCEEDED, failed=True, account=command.account_id, purpose="certification")
        return
    _issue([row], uow, sealer, terms, suspended=row.status == Status.DESACTIVE)


def _suspend(account_id: UUID, uow: UnitOfWork) -> None:
    end_others(EndOthers(account_id), uow=uow)
    _announce(accounts.change(uow.connection, account_id, status=Status.DESACTIVE), uow)


def _issue(rows: Sequence[Any], uow: UnitOfWork, sealer: Sealer, terms: Terms, *, suspended: bool) -> None:
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


def _announce(changed: Account | None, uow: UnitOfWork) -> None:
    if changed:
        uow.record(ACCOUNT_UPDATED, sequence=changed.version, data=changed.state())
        security.note(security.USER_UPDATED, account=changed.account_id, status=changed.status, certification="email")
