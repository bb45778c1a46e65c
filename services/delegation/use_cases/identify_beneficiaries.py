"""Identity says whose account a delegation is for: the founder is in at once, anyone else waits (G51, G52).

Only an account that proved the very address asked, and has it still, is taken: a claim is not a proof, whoever makes
it, and a proof is one until its person leaves the address (K1). What is said of an account here is word of it like its
own events, which may be here before: the newest counts.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_COMPLETED, DELEGATION_CONFIRMED
from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.doubles import is_own, same_days
from services.delegation.domain.status import State
from services.delegation.steps.announce import announce, person, with_administrators
from services.delegation.steps.end_doubles import end_doubles, end_left
from services.delegation.steps.following import follow
from services.delegation.steps.import_founders import open_founder
from services.delegation.storage import accounts, adherents, delegations
from services.delegation.storage.journal import REFERENTIAL, Act

security = logging.getLogger("security")


@dataclass(frozen=True)
class Identified:
    """One delegation and its account; the address of `who` is the one he proved, as `version` of the account had it (0
    from an identity that did not say), said in `epoch`."""

    delegation_id: UUID
    who: Beneficiary
    already_known: bool
    version: int = 0
    epoch: int = 0


def identify_beneficiaries(identified: Sequence[Identified], *, uow: UnitOfWork) -> None:
    """Mark all of them completed, in a handful of statements. What is over or already completed stays as it is; what
    was asked of another address goes on waiting, counted and logged (K1); what its account has left since is ended, and
    its address awaited again if it is the founder's; a person's second one is ended (K2)."""
    day = paris_day(uow.now)
    follow([_told(one) for one in identified], uow=uow)
    people = accounts.beneficiaries(uow.connection, [one.who.account_id for one in identified])
    found = _waiting(uow, [one.delegation_id for one in identified], day)
    known = _proved(identified, found)
    # Of an account that identity does not know any more, after a restore, nothing is taken.
    theirs = {id: people[whose] for id, one in known.items() if (whose := one.who.account_id) and whose in people}
    _leave([one for one in found if one.id in theirs and not one.asked_of(theirs[one.id].email)], known, uow)
    there = [one for one in found if one.id in theirs and one.asked_of(theirs[one.id].email)]
    waiting, ended = _one_a_person(uow, there, known, day)
    end_doubles(ended, uow=uow)
    completed = [one.identified(_shown(one, theirs[one.id], known[one.id]), uow.now, day) for one in waiting]
    delegations.save(uow.connection, completed, act=Act.IDENTIFICATION, author=None, at=uow.now)
    concerned = adherents.references(uow.connection, {one.adherent_id for one in completed})
    _welcome_founders(uow, [one for one in completed if one.kind is Kind.FONDATEUR], concerned, day)
    asked = [one for one in completed if one.kind is not Kind.FONDATEUR]
    _ask_administrators(uow, asked, known, concerned, day)


def _told(one: Identified) -> dict[str, Any]:
    """What it says of the account."""
    return {"epoch": one.epoch, "sequence": one.version, **asdict(one.who)}


def _waiting(uow: UnitOfWork, ids: Sequence[UUID], day: date) -> list[Delegation]:
    """Those that still wait, read again once their adhérents are held."""
    found = delegations.by_ids(uow.connection, ids).values()
    delegations.lock(uow.connection, {one.adherent_id for one in found})
    held = delegations.by_ids(uow.connection, ids).values()
    return [one for one in held if one.state_on(day) is State.INVITED]


def _proved(identified: Sequence[Identified], waiting: Sequence[Delegation]) -> dict[UUID, Identified]:
    """The identifications whose account proved the address that was asked; the others are told to who watches."""
    asked = {one.id: one for one in waiting}
    proved: dict[UUID, Identified] = {}
    for one in identified:
        target = asked.get(one.delegation_id)
        if target and target.asked_of(one.who.email):
            proved[target.id] = one
        elif target:
            _note("authz_fail", target, one)
    return proved


def _note(what: str, target: Delegation, refused: Identified) -> None:
    security.warning(what, extra={"delegation": str(target.id), "account": str(refused.who.account_id)})


def _leave(left: Sequence[Delegation], known: Mapping[UUID, Identified], uow: UnitOfWork) -> None:
    """Word of these comes too late. Identity has answered for them: nobody else would be invited to what the company
    must ask for again, or the caisse, which nobody would tell: its founders are awaited again."""
    for one in left:
        _note("authz_late", one, known[one.id])
    end_left(left, uow=uow)
    founders = [one for one in left if one.kind is Kind.FONDATEUR]
    concerned = adherents.references(uow.connection, {one.adherent_id for one in founders})
    for one in founders:
        open_founder(concerned[one.adherent_id], one.beneficiary, REFERENTIAL, uow)


def _one_a_person(
    uow: UnitOfWork, waiting: Sequence[Delegation], known: dict[UUID, Identified], day: date
) -> tuple[list[Delegation], list[Delegation]]:
    """Those that may be their person's, and those to end. Whom the caisse names keeps that, and loses what he had."""
    people = {one.id: known[one.id].who.account_id for one in waiting}
    theirs = [id for id in people.values() if id]
    held = delegations.held_by(uow.connection, theirs, {one.adherent_id for one in waiting}, day)
    has = [(one.beneficiary.account_id, one) for one in held]
    grantors = delegations.by_ids(uow.connection, [one.grantor_id for one in waiting if one.grantor_id])
    kept, ended = [], []
    for one in waiting:
        doubles = same_days(one, [other for who, other in has if who == people[one.id]])
        grantor = grantors.get(one.grantor_id) if one.grantor_id else None
        if one.kind is not Kind.FONDATEUR and (doubles or is_own(one, people[one.id], grantor)):
            ended.append(one)
        else:
            has.append((people[one.id], one))
            kept.append(one)
            ended += doubles
    return kept, ended


def _shown(one: Delegation, who: Beneficiary, told: Identified) -> Beneficiary:
    """Whom lists and pages show from now on: the person, who accepted (K14), at the address that was asked, whatever
    his account has by now (K1). The caisse names its founders, and knows them. Whom an identity of the version before
    identified without an act of his has no name before the company confirms (decision 23)."""
    if one.kind is Kind.FONDATEUR:
        return who
    asked = one.beneficiary.email
    by_itself = told.already_known and not told.version
    return Beneficiary(asked, who.account_id) if by_itself else replace(who, email=asked)


def _welcome_founders(
    uow: UnitOfWork, founders: Sequence[Delegation], concerned: dict[UUID, dict[str, Any]], day: date
) -> None:
    """No second confirmation for the Administrateur Entreprise: the caisse itself named him (G5)."""
    confirmed = [founder.confirmed(uow.now, day) for founder in founders]
    delegations.save(uow.connection, confirmed, act=Act.CONFIRMATION, author=None, at=uow.now)
    for founder in confirmed:
        announce(uow, DELEGATION_CONFIRMED, founder, concerned[founder.adherent_id])


def _ask_administrators(
    uow: UnitOfWork,
    completed: Sequence[Delegation],
    known: dict[UUID, Identified],
    concerned: dict[UUID, dict[str, Any]],
    day: date,
) -> None:
    """Each who may confirm is named in the event, so that the notification service can write to him; so is the
    beneficiary, for his own mail (T1), at the address that was asked."""
    for one, administrators in with_administrators(uow, completed, day):
        announce(
            uow,
            DELEGATION_COMPLETED,
            one,
            concerned[one.adherent_id],
            administrators=[person(admin) for admin in administrators],
            already_known=known[one.id].already_known,
        )
