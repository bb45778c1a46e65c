"""An administrator asks about a bounded number of addresses and days an hour (M6): nobody mails the world in his name,
and nobody learns by asking again and again what he may not see (K10).

What is asked is counted in a unit of its own, before anything is looked at that the answer could tell: a refusal, which
undoes all else, does not undo its own count. The caisse's import is not an administrator.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backbone.errors import retry_after
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.rules.written import hour
from contracts.words.messages import M6
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.pace import Pace
from services.delegation.domain.refusals import TooManyHiddenClashesRefused, TooManyNewAddressesRefused
from services.delegation.settings import Settings
from services.delegation.storage import newcomers


@dataclass(frozen=True)
class Forgive:
    """What `actor` asked at that instant, and what was counted as refused, was not."""

    actor: UUID
    at: datetime


def count_asking(uow: UnitOfWork, actor: Delegation, email: str | None, settings: Settings) -> Forgive | None:
    """Count that `actor` asks for days of somebody, at the address `email` when he may be new; what forgives that.

    Who may not see all (the firm's) is counted as refused for what he may not see, until that is forgiven: of many at
    once, none passes. TooManyHiddenClashesRefused, TooManyNewAddressesRefused: 429 with its time.
    """
    account_id = actor.beneficiary.account_id
    if account_id is None:
        return None
    pace = newcomers.held(uow.connection, account_id).still(uow.now)
    if actor.of_the_firm:
        _ensure_may_ask(pace, settings.hidden_clashes_per_hour, uow.now)
        pace = pace.refused(uow.now)
    if email is not None:
        pace = _with_new(uow, actor, email, pace, settings.new_addresses_per_hour)
    newcomers.keep(uow.connection, account_id, pace)
    return Forgive(account_id, uow.now) if actor.of_the_firm else None


def _ensure_may_ask(pace: Pace, most: int, now: datetime) -> None:
    pause = pace.wait_for_refusal(most, now)
    if pause:
        raise TooManyHiddenClashesRefused(
            f"{M6.sentence.removesuffix('.')} : vous le pourrez à {hour(_minute_after(now + pause))}.",
            headers=retry_after(pause),
        )


def _with_new(uow: UnitOfWork, actor: Delegation, email: str, pace: Pace, most: int) -> Pace:
    address = digest(same_address(email))
    # The same one again, within the hour, is the one that was counted: his password was asked for meanwhile.
    if address in pace.tried or newcomers.is_known(uow.connection, actor, email):
        return pace
    pause = pace.wait_for_new(most, uow.now)
    if pause:
        raise TooManyNewAddressesRefused(
            f"{M6.sentence} Vous avez demandé des droits pour {most} nouvelles adresses en"
            f" une heure : la prochaine pourra l'être à {hour(_minute_after(uow.now + pause))}.",
            headers=retry_after(pause),
        )
    return pace.tries(address, uow.now)


def _minute_after(at: datetime) -> datetime:
    """The first whole minute that is not too early."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)
