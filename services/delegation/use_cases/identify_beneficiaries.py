"""Identity says whose account a delegation is for: the founder is in at once, anyone else waits (G51, G52).

Only an account that proved the very address asked is taken: a claim is not a proof, whoever makes it (K1).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.unit_of_work import UnitOfWork
from contracts.delegation import DELEGATION_COMPLETED, DELEGATION_CONFIRMED
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.doubles import is_own, same_days
from services.delegation.domain.roles import Kind
from services.delegation.domain.status import State
from services.delegation.storage import accounts, adherents, delegations
from services.delegation.storage.journal import Act
from services.delegation.use_cases.announce import announce, person, with_administrators
from services.delegation.use_cases.end_doubles import end_doubles

security = logging.getLogger("security")


@dataclass(frozen=True)
class Identified:
    """One delegation and its account; the address of `who` is the one he proved."""

    delegation_id: UUID
    who: Beneficiary
    already_known: bool


def identify_beneficiaries(identified: Sequence[Identified], *, uow: UnitOfWork) -> None:
    """Mark all of them completed, in a handful of statements. What is over or already completed stays as it is; what
    was asked of another address goes on waiting, counted and logged (K1); a person's second one is ended (K2)."""
    day = paris_day(uow.now)
    found = _waiting(uow, [one.delegation_id for one in identified], day)
    known = _proved(identified, found)
    waiting, ended = _one_a_person(uow, [one for one in found if one.id in known], known, day)
    end_doubles(ended, uow=uow)
    people = _current(uow, [known[one.id] for one in waiting])
    completed = [one.identified(_shown(one, known[one.id], people[one.id]), uow.now, day) for one in waiting]
    delegations.save(uow.connection, completed, act=Act.IDENTIFICATION, author=None, at=uow.now)
    concerned = adherents.references(uow.connection, {one.adherent_id for one in completed})
    _welcome_founders(uow, [one for one in completed if one.kind is Kind.FONDATEUR], concerned, day)
    asked = [one for one in completed if one.kind is not Kind.FONDATEUR]
    _ask_administrators(uow, asked, known, people, concerned, day)


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
            security.warning("authz_fail", extra={"delegation": str(target.id), "account": str(one.who.account_id)})
    return proved


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


def _current(uow: UnitOfWork, identified: Sequence[Identified]) -> dict[UUID, Beneficiary]:
    """Who each is now: the account may have been renamed by an event that overtook this one."""
    now = accounts.beneficiaries(uow.connection, [one.who.account_id for one in identified])
    return {one.delegation_id: now.get(one.who.account_id or one.delegation_id, one.who) for one in identified}


def _shown(one: Delegation, told: Identified, who: Beneficiary) -> Beneficiary:
    """Whom lists and pages show: the address that was asked, whatever his account has by now (K1), and no name yet if
    he had his account before (K14). The caisse names its founders, and knows them."""
    if one.kind is Kind.FONDATEUR:
        return who
    asked = one.beneficiary.email
    return who.unnamed(asked) if told.already_known else replace(who, email=asked)


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
    people: dict[UUID, Beneficiary],
    concerned: dict[UUID, dict[str, Any]],
    day: date,
) -> None:
    """Each who may confirm is named in the event, so that the notification service can write to him; so is the
    beneficiary, for his own mail (T1), at the address that was asked: another one that his account has, because word of
    it overtook this or is still to come, is not theirs to read before one of them confirms (K1)."""
    for one, administrators in with_administrators(uow.connection, completed, day):
        announce(
            uow,
            DELEGATION_COMPLETED,
            replace(one, beneficiary=replace(people[one.id], email=one.beneficiary.email)),
            concerned[one.adherent_id],
            administrators=[person(admin) for admin in administrators],
            already_known=known[one.id].already_known,
        )
