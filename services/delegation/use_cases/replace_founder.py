"""The founding administrator left, or was dismissed: the caisse that named him names another (G5, T8).

Nobody in the company is above him, so nobody there can. The former one is out at once; the new one is invited, and in
as soon as he proves that mailbox; the other administrators are told; the journal keeps why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import FOUNDER_REPLACED
from contracts.rules.names import tidy_name
from contracts.words.kinds import Kind
from contracts.words.reasons import Closed
from services.delegation.domain.addresses import address, same_address
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.period import Period
from services.delegation.domain.refusals import FirmsPersonRefused, OtherFounderRefused
from services.delegation.steps.announce import person
from services.delegation.steps.bounding import close_with_descendants
from services.delegation.steps.import_founders import open_founder
from services.delegation.storage import accounts, adherents, delegations, founders, referential
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class ReplaceFounder:
    """Which machine client asks, of which adhérent, who is replaced by whom, and why."""

    client_id: str
    caisse: str
    identifiant: str
    former_email: str
    email: str
    nom: str | None
    prenom: str | None
    reason: str


def replace_founder(command: ReplaceFounder, *, uow: UnitOfWork) -> dict[str, Any]:
    """Replace him; nothing changes when the new one is in place already.

    NotFound, OtherFounderRefused when `former_email` is not the founder's, FirmsPersonRefused, AddressRefused.
    """
    adherent_id, day = founders.adherent_of(uow.connection, command.caisse, command.identifiant), paris_day(uow.now)
    named = Beneficiary(address(command.email), None, _tidy(command.nom), _tidy(command.prenom))
    people = accounts.owners(uow.connection, named.email)
    ever = referential.founders(uow.connection, [adherent_id]).get(adherent_id, [])
    live = [one for one in ever if not (one.closed_at or one.refused_at)]
    there = [one for one in live if _is(one.beneficiary, named.email, people)]
    if there:
        return {"delegation_id": str(there[0].id), "replaced": False}
    former = _former(uow, command, adherent_id, ever, live)
    author = Author(f"Caisse ({command.client_id})", reason=command.reason)
    ended = [*live, *_his_own(uow, adherent_id, named, people, day)]
    close_with_descendants(uow, ended, act=Act.REMPLACEMENT, author=author, reason=Closed.REPLACED)
    founders.name_founder(uow.connection, adherent_id, named)
    adherent = adherents.reference(uow.connection, adherent_id)
    opened = open_founder(adherent, named, author, uow)
    _tell(uow, opened, adherent, former, day)
    return {"delegation_id": str(opened.id), "replaced": True}


def _former(
    uow: UnitOfWork, command: ReplaceFounder, adherent_id: UUID, ever: Sequence[Delegation], live: Sequence[Delegation]
) -> Beneficiary:
    """Who is replaced, by the address he has now or by the one that the caisse named; the last one if he gave up."""
    columns = founders.columns_of(uow.connection, adherent_id)
    last = (live or ever)[-1:]
    known = [one.beneficiary for one in last]
    emails = {same_address(columns.founder_email), *(same_address(one.email) for one in known)}
    if same_address(command.former_email.strip()) not in emails:
        raise OtherFounderRefused
    return known[0] if known else Beneficiary(columns.founder_email)


def _is(who: Beneficiary, email: str, people: Sequence[UUID]) -> bool:
    """Whether that is who has `email`, by his address or by his account (K2)."""
    return same_address(who.email) == same_address(email) or who.account_id in people


def _his_own(
    uow: UnitOfWork, adherent_id: UUID, named: Beneficiary, people: Sequence[UUID], day: date
) -> list[Delegation]:
    """What the new one held of the company before: one person holds one delegation of an adhérent (K2)."""
    held = delegations.clashing(uow.connection, adherent_id, named.email, people, Period(day))
    if any(one.of_the_firm for one in held):
        raise FirmsPersonRefused
    return [one for one in held if one.kind is not Kind.FONDATEUR]


def _tell(uow: UnitOfWork, opened: Delegation, adherent: dict[str, Any], former: Beneficiary, day: date) -> None:
    serving = delegations.company_administrators(uow.connection, [opened.adherent_id], day)
    told = {
        "delegation_id": opened.id,
        "adherent": adherent,
        "former": person(replace(opened, beneficiary=former)),
        "founder": person(opened),
        "administrators": [person(one) for one in serving if one.usable_on(day)],
    }
    uow.record(FOUNDER_REPLACED, sequence=opened.sequence, data=told)


def _tidy(name: str | None) -> str | None:
    return tidy_name(name) if name else None
