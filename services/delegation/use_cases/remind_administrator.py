"""Who waits for a confirmation reminds an administrator of it, once in two days, another one each time (G52)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backbone.errors import retry_after
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.reminding import CONFIRMATION_AWAITED
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.refusals import NobodyToAskRefused, RemindedLatelyRefused
from services.delegation.domain.reminding import Asked
from services.delegation.steps.announce import announce, person, with_administrators
from services.delegation.steps.holding import decide_own
from services.delegation.storage import adherents, reminders


@dataclass(frozen=True)
class RemindAdministrator:
    """Of which delegation, and whose it is."""

    actor: UUID | None
    delegation_id: UUID


def remind_administrator(command: RemindAdministrator, *, uow: UnitOfWork) -> None:
    """Have one administrator written to: first who granted it, then whoever was there last, the next one each time.
    NotFound, NotToConfirmRefused, NobodyToAskRefused, 429 with its time within two days."""
    decision = decide_own(uow, command.actor, command.delegation_id)
    mine = decision.target
    mine.ensure_to_confirm(decision.day)
    known = reminders.asked(uow.connection, [mine.id]).get(mine.id, Asked())
    if pause := known.wait(uow.now):
        raise RemindedLatelyRefused(headers=retry_after(pause))
    ((_, serving),) = with_administrators(uow, [mine], decision.day)
    by_account = {one.beneficiary.account_id: one for one in _best_first(uow, mine, serving)}
    accounts = [one for one in by_account if one]
    if not accounts:
        raise NobodyToAskRefused
    chosen = known.whom(accounts)
    reminders.keep_asked(uow.connection, mine.id, Asked(uow.now, (*known.of, chosen)))
    told = {"administrators": [person(by_account[chosen])], "by_beneficiary": True, "reminded_at": uow.now}
    announce(uow, CONFIRMATION_AWAITED, mine, adherents.reference(uow.connection, mine.adherent_id), **told)


def _best_first(uow: UnitOfWork, mine: Delegation, serving: Sequence[Delegation]) -> list[Delegation]:
    accounts = [one.beneficiary.account_id for one in serving if one.beneficiary.account_id]
    seen = reminders.last_seen(uow.connection, mine.adherent_id, accounts)

    def rank(one: Delegation) -> tuple[bool, int, UUID]:
        account = one.beneficiary.account_id
        last = seen.get(account, date.min) if account else date.min
        return (one.id != mine.grantor_id, -last.toordinal(), one.id)

    return sorted(serving, key=rank)
